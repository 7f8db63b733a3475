"""The sharing figures by the REST API. Reading only."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Team, User
from common.bodies import Filters, VisibleField
from common.rows import Row
from reviews.sharing.chart_queries import visible_marks
from reviews.sharing.charts import all_figures
from reviews.sharing.dashboard_queries import Shown
from reviews.sharing.forms import ScopeForm
from reviews.sharing.measuring import Measured, Scope, marks


def teams(user: User) -> Any:
    return Team.objects.visible_to(user)


class FigureFilters(Filters):
    """Which handovers: those of the last four weeks, where nothing else is asked for."""

    team = VisibleField(teams, required=False, help_text="Needed by whoever sees several teams.")
    since = serializers.DateField(required=False, help_text="The first day, on the giving team's calendar.")
    until = serializers.DateField(required=False, help_text="The last day, included. Without it: today.")
    service = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    point = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    agreement = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    when = serializers.ChoiceField(choices=["in_shift", "end_of_shift"], required=False)


class FigureRow(Row):
    """One figure with its rule. Groups under 5 are hidden: value, numerator and denominator are then null."""

    name = serializers.CharField()
    label = serializers.CharField()
    rule = serializers.CharField()
    unit = serializers.ChoiceField(choices=["share", "minutes", "number", "count"])
    value = serializers.FloatField(allow_null=True)
    numerator = serializers.FloatField(allow_null=True)
    denominator = serializers.FloatField(allow_null=True)


class PairRow(Row):
    """Handovers from one shift to another; pairs under 5 are left out."""

    from_shift = serializers.CharField(allow_blank=True)
    to_shift = serializers.CharField(allow_blank=True)
    handovers = serializers.IntegerField()
    in_time = serializers.FloatField(allow_null=True)


class SharingRow(Row):
    """How a team shares its work in a period."""

    since = serializers.DateField()
    until = serializers.DateField(help_text="Included.")
    figures = FigureRow(many=True)
    pairs = PairRow(many=True)


class SharingView(APIView):
    """How work is shared."""

    metadata_class = None

    @extend_schema(operation_id="sharing_retrieve", parameters=[FigureFilters], responses=SharingRow)
    def get(self, request: Request) -> Response:
        """Every figure of a team in a period, and which shifts hand to which."""
        sent = FigureFilters(data=request.query_params, context={"request": request})
        sent.is_valid(raise_exception=True)
        team = sent.validated_data.get("team") or only_team(request)
        at = timezone.now()
        form = ScopeForm({**request.query_params.dict(), "weeks": ""}, team=team, today=team.local(at).date())
        form.full_clean()
        if form.errors:
            raise serializers.ValidationError({field: [str(one) for one in errors] for field, errors in form.errors.items()})
        return Response(shown(team, form.scope, at))


def only_team(request: Request) -> Team:
    """The one team that is meant where none is named: an integration's own, or the one that a person looks at."""
    team: Team | None = getattr(request, "team", None)
    if team is None:
        raise serializers.ValidationError({"team": ["Say which team this is about."]})
    return team


def shown(team: Team, scope: Scope, at: Any) -> dict[str, Any]:
    figures = [figure(one) for one in all_figures(team, scope, at)]
    pairs = visible_marks(marks(scope, "pair_shift"), most=1_000)
    return {
        "since": scope.since,
        "until": scope.last,
        "figures": figures,
        "pairs": [{"from_shift": one.a, "to_shift": one.b, "handovers": int(one.measured.denominator), "in_time": one.measured.share} for one in pairs],
    }


def figure(one: Shown) -> dict[str, Any]:
    kept = Measured() if one.measured.hidden else one.measured
    numbers = {"value": one.measured.share, "numerator": kept.numerator, "denominator": kept.denominator}
    if one.measured.hidden:
        numbers = dict.fromkeys(numbers)
    return {"name": one.figure.name, "label": one.figure.label, "rule": one.figure.rule, "unit": one.figure.unit, **numbers}
