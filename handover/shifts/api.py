"""Shifts by the REST API. Leads plan them on the pages; that there is nothing to hand over can be said here."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, SinceFilters, door
from accounts.models import User
from accounts.rows import PersonRow
from audit.queries import touched
from common.api import CleanTextField
from common.bodies import Body, IdField, InstantField, VisibleField
from handover import moves
from handover.board.whole import whole_handover
from handover.board.whole_rows import PartRow, shown
from handover.shifts import cover_operations, operations, permissions
from handover.shifts.models import Rostering, Shift, ShiftPattern
from handover.shifts.rows import ShiftRow, ShiftWhole


def colleagues(user: User) -> Any:
    return User.objects.visible_to(user).persons()


class ShiftFilters(SinceFilters):
    team = IdField(required=False)
    colleague = IdField(required=False, help_text="Only shifts with this colleague on.")
    running_at = InstantField(required=False, help_text="Only shifts on at this instant: the start counts, the end does not.")
    since = InstantField(required=False, help_text="Only shifts that end after this instant.")
    until = InstantField(required=False, help_text="Only shifts that start before this instant.")


class LeaveBody(Body):
    reason = CleanTextField(max_length=300, required=False, allow_blank=True, help_text="Needed where something urgent is not accepted.")


class RemindBody(Body):
    colleague = VisibleField(colleagues, help_text="The id of a colleague on the shift.")


class CoverBody(Body):
    colleague = VisibleField(colleagues, help_text="The id of who is off, or away.")
    stand_in = VisibleField(colleagues, help_text="The id of who comes instead.")


class CrewBody(Body):
    colleagues = serializers.ListField(
        child=VisibleField(colleagues), allow_empty=True, max_length=200, help_text="Ids of everybody who is on; whoever is not named goes off."
    )


class ShiftViewSet(Listed, Doors):
    """The teams' working periods."""

    queryset = Shift.objects.all()
    row, whole, filters, id_name = ShiftRow, ShiftWhole, ShiftFilters, "shift_id"
    sort, sort_descending = "starts_at", False

    @extend_schema(parameters=[ShiftFilters], responses=ShiftRow(many=True))
    def list(self, request: Request) -> Any:
        """Shifts of the teams that you see, the earliest first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[Shift], **wanted: Any) -> QuerySet[Shift]:
        changed: int | None = wanted.pop("updated_since", None)
        moments: dict[str, datetime] = {name: wanted.pop(name) for name in ("running_at", "since", "until") if name in wanted}
        if colleague := wanted.pop("colleague", None):
            wanted["rosterings__in"] = Rostering.objects.effective().filter(colleague=colleague)
        rows = rows.filter(**wanted)
        if "running_at" in moments:
            rows = rows.filter(starts_at__lte=moments["running_at"], ends_at__gt=moments["running_at"])
        if "since" in moments:
            rows = rows.filter(ends_at__gt=moments["since"])
        if "until" in moments:
            rows = rows.filter(starts_at__lt=moments["until"])
        if not changed:
            return rows
        teams = self.request.user.team_ids()
        return rows.filter(Q(pk__in=touched(Shift, changed, teams)) | Q(pattern__in=touched(ShiftPattern, changed, teams)))

    @extend_schema(responses=ShiftWhole)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One shift with the colleagues on it."""
        pk = self.found()
        crew = User.objects.filter(rosterings__in=Rostering.objects.effective().filter(shift=pk)).order_by("display_name", "pk")
        return Response({**ShiftRow.one_of(Shift.objects, pk=pk), "colleagues": PersonRow.all_of(crew)})

    @door(answers=ShiftRow)
    def nothing_to_hand_over(self, request: Request, ref: str) -> Response:
        """You were on this shift, and nothing is to be handed over from it."""
        return self.make(moves.nothing_to_hand_over)

    @door(CrewBody, answers=ShiftRow)
    def crew(self, request: Request, ref: str) -> Response:
        """Say who is on this shift, as a lead. Everybody whose shifts change is told once."""
        found = Shift.objects.select_related("team").get(pk=self.found())
        permissions.check_plan(request.user, found.team_id)
        operations.set_crew(shift=found, by=request.user, at=timezone.now(), **self.words(CrewBody))
        return self.answer(found.pk)

    @door(LeaveBody, answers=ShiftRow)
    def leave(self, request: Request, ref: str) -> Response:
        """You go home from this shift. With urgent actions that nobody has accepted, say why: the lead is told."""
        return self.make(moves.leave)

    @door(RemindBody, answers=ShiftRow)
    def remind(self, request: Request, ref: str) -> Response:
        """Remind a colleague of this shift to hand over, as a lead."""
        return self.make(moves.remind_to_hand_over)

    @door(CoverBody, answers=ShiftRow)
    def cover(self, request: Request, ref: str) -> Response:
        """Put somebody else on this shift for somebody, as a lead. Both are told."""
        return self.make(cover_operations.cover)

    @extend_schema(responses=PartRow(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def handover(self, request: Request, ref: str) -> Response:
        """The whole handover of this shift: what each colleague on it holds, has prepared, offered and had accepted."""
        return Response(shown(whole_handover(Shift.objects.get(pk=self.found()))))
