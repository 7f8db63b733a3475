"""Completion checks by the REST API."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, SinceFilters, door
from common.api import CleanTextField
from common.bodies import Body, ChoiceField, IdField, InstantField, RefField, YesNoField
from handover import moves
from handover.checks.models import Check
from handover.checks.rows import CheckRow
from handover.checks.states import UNANSWERED, Outcome, State
from handover.followups.touched import actions_touched


class CheckQuestion(Body):
    question = CleanTextField(max_length=4_000, lines=True, required=False, allow_blank=True)


class CheckAnswer(Body):
    """How it went. *Partly* and *not yet* name the next check; *unable* needs words."""

    outcome = ChoiceField(choices=Outcome.choices)
    words = CleanTextField(max_length=4_000, lines=True, required=False, allow_blank=True)
    next_at = InstantField(required=False, allow_null=True, help_text="When to check next: ahead, and at most the end of the incoming shift.")
    by_word_of_mouth = YesNoField(required=False, help_text="You write down an answer that you heard.")


class CheckFilters(SinceFilters):
    team = IdField(required=False, help_text="The giver's team.")
    giver = IdField(required=False)
    state = ChoiceField(choices=[("open", "set or asked"), *State.choices], required=False)
    action = RefField(required=False)
    item = RefField(required=False)


class CheckViewSet(Listed, Doors):
    """Completion checks: was it completed?"""

    queryset = Check.objects.all()
    row, id_name = CheckRow, "check_id"
    filters, sort = CheckFilters, "due_at"

    @extend_schema(parameters=[CheckFilters], responses=CheckRow(many=True))
    def list(self, request: Request) -> Any:
        """Checks of what your teams gave and hold, the latest first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[Check], **wanted: Any) -> QuerySet[Check]:
        since, state = (wanted.pop(name, None) for name in ("updated_since", "state"))
        rows = rows.filter(**{f"{name}__ref" if name in ("action", "item") else name: value for name, value in wanted.items()})
        if state:
            rows = rows.filter(state__in=UNANSWERED) if state == "open" else rows.filter(state=state)
        return rows.filter(action__in=actions_touched(since, self.request.user.team_ids())) if since else rows

    @extend_schema(responses=CheckRow)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One completion check."""
        return self.answer(self.found())

    @door(CheckQuestion, answers=CheckRow, scope="offer")
    def ask(self, request: Request, ref: str) -> Response:
        """Ask now, earlier than agreed."""
        return self.make(moves.ask_now)

    @door(CheckAnswer, answers=CheckRow, path="answer")
    def answer_it(self, request: Request, ref: str) -> Response:
        """Say how it went. One answer settles every open check of the action, and each giver is told."""
        return self.make(moves.answer)
