"""Improvements by the REST API. Reading only: people propose, agree and judge."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, SinceFilters
from audit.queries import touched
from common.bodies import IdField
from reviews.improvements import effects
from reviews.improvements.effects import Effect, Window
from reviews.improvements.models import Consent, Improvement, Judgement
from reviews.improvements.rows import ConsentRow, ImprovementRow, ImprovementWhole, JudgementRow
from reviews.improvements.states import State
from reviews.sharing.measuring import Measured


class ImprovementFilters(SinceFilters):
    team = IdField(required=False)
    state = serializers.ChoiceField(choices=State.choices, required=False)


class ImprovementViewSet(Listed, Doors):
    """What teams agree to change, and what it did."""

    http_method_names = ("get", "head", "options")
    queryset = Improvement.objects.all()
    row, whole, id_name = ImprovementRow, ImprovementWhole, "improvement_id"
    filters, sort = ImprovementFilters, "created_at"

    @extend_schema(parameters=[ImprovementFilters], responses=ImprovementRow(many=True))
    def list(self, request: Request) -> Any:
        """Your teams' improvements, the latest first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[Improvement], **wanted: Any) -> QuerySet[Improvement]:
        since = wanted.pop("updated_since", None)
        rows = rows.filter(**wanted)
        return rows.filter(pk__in=touched(Improvement, since, self.request.user.team_ids())) if since else rows

    @extend_schema(responses=ImprovementWhole)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One improvement with who agrees, its effect as of now, and the verdicts, the earliest first."""
        found = self.found()
        shown = ImprovementRow.one_of(Improvement.objects, pk=found)
        consents = ConsentRow.all_of(Consent.objects.filter(improvement=found))
        judgements = JudgementRow.all_of(Judgement.objects.filter(improvement=found))
        return Response({**shown, "consents": consents, "effect": effect_of(found), "judgements": judgements})


def effect_of(improvement_id: int) -> dict[str, Any] | None:
    """As it is now, or as it was when it was judged."""
    improvement = Improvement.objects.select_related("team").get(pk=improvement_id)
    if improvement.done_on is None:
        return None
    last = improvement.judgements.last() if improvement.state == State.JUDGED else None
    today = improvement.team.local(timezone.now()).date()
    effect = effects.from_data(last.measured) if last else effects.measure(improvement, today=today)
    return {"before": side(effect.before), "after": side(effect.after), "method": effect.method, **sizes(effect)}


def side(window: Window) -> dict[str, Any]:
    kept = Measured() if window.measured.hidden else window.measured
    numbers = {"value": window.measured.share, "numerator": kept.numerator, "denominator": kept.denominator}
    if window.measured.hidden:
        numbers = dict.fromkeys(numbers)
    return {"since": window.since, "until": window.until, **numbers}


def sizes(effect: Effect) -> dict[str, float | None]:
    one = effect.difference
    if one is None:
        return {"difference": None, "low": None, "high": None}
    return {"difference": one.rose, "low": one.low if effect.method else None, "high": one.high if effect.method else None}
