"""Follow-ups by the REST API."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, SinceFilters, door
from common.api import CleanTextField
from common.bodies import Body, ChoiceField, IdField, InstantField, RefField, YesNoField
from handover import moves
from handover.followups.models import Decision, FollowUp
from handover.followups.rows import FollowUpRow
from handover.followups.touched import actions_touched


class FollowUpDecision(Body):
    """What happens next. A new time lies ahead, and the customer was told."""

    decision = ChoiceField(choices=Decision.choices)
    words = CleanTextField(max_length=4_000, lines=True, required=False, allow_blank=True)
    new_time = InstantField(required=False, allow_null=True)
    customer_told = YesNoField(required=False)


class FollowUpFilters(SinceFilters):
    team = IdField(required=False, help_text="The giver's team.")
    owed_by = IdField(required=False)
    decided = YesNoField(required=False)
    action = RefField(required=False)


class FollowUpViewSet(Listed, Doors):
    """Follow-ups: what is owed, and decided, where an action could not be completed."""

    queryset = FollowUp.objects.all()
    row, id_name = FollowUpRow, "follow_up_id"
    filters, sort = FollowUpFilters, "owed_at"

    @extend_schema(parameters=[FollowUpFilters], responses=FollowUpRow(many=True))
    def list(self, request: Request) -> Any:
        """Follow-ups of what your teams gave and hold, the latest first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[FollowUp], **wanted: Any) -> QuerySet[FollowUp]:
        since, decided, action = (wanted.pop(name, None) for name in ("updated_since", "decided", "action"))
        rows = rows.filter(**wanted, **({"action__ref": action} if action else {}))
        if decided is not None:
            rows = rows.filter(decided_at__isnull=not decided)
        return rows.filter(action__in=actions_touched(since, self.request.user.team_ids())) if since else rows

    @extend_schema(responses=FollowUpRow)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One follow-up."""
        return self.answer(self.found())

    @door(FollowUpDecision, answers=FollowUpRow)
    def decide(self, request: Request, ref: str) -> Response:
        """Decide it: take it back, pass it on again, agree a new time with the customer, or escalate to a lead."""
        return self.make(moves.decide)
