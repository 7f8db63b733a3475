"""The incoming brief by the REST API: what waits, what is promised, what changed since."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors
from accounts.models import Team, User
from accounts.rows import PersonRow, TeamName
from common.bodies import Filters, IdField, InstantField
from common.rows import Row
from handover.actions.rows import ActionName
from handover.board.brief_changes import LOOKS
from handover.board.brief_queries import Brief, ChangedAction, brief
from handover.shifts.queries import Slot, timetable
from handover.shifts.rows import ShiftName


class BriefFilters(Filters):
    team = IdField(required=False, help_text="Without it: the token's team, else the first of yours by name.")
    since = InstantField(required=False, help_text="Without it: the end of your last shift, else when you were last active, else a day ago.")


class OnShift(ShiftName):
    """A shift with the names of who is on it."""

    colleagues = serializers.ListField(child=serializers.CharField())


class PromiseRow(Row):
    """Something promised, or to be asked about, in the next hours."""

    at = serializers.DateTimeField()
    is_check = serializers.BooleanField(help_text="True: completion is asked; false: promised to the customer.")
    action = ActionName()
    responsible = PersonRow(allow_null=True, help_text="Null: it lies in the team pool.")


class ChangeRow(Row):
    """One thing that somebody else, or a rule, did."""

    what = serializers.ChoiceField(choices=sorted(LOOKS))
    at = serializers.DateTimeField()
    by = PersonRow(allow_null=True, help_text="Null: a rule.")
    to = serializers.CharField(allow_blank=True, help_text="“you”, or a colleague's name.")
    detail = serializers.CharField(allow_blank=True)
    until = serializers.DateTimeField(allow_null=True, help_text="The time promised anew.")
    words = serializers.CharField(allow_blank=True)


class ChangedRow(Row):
    """An action, and all that changed with it, the newest first."""

    action = ActionName()
    responsible = PersonRow(allow_null=True)
    important = serializers.BooleanField()
    changes = ChangeRow(many=True)


@extend_schema_serializer(many=False)
class BriefRow(Row):
    """What somebody who starts a shift should know."""

    team = TeamName()
    since = serializers.DateTimeField()
    last_shift = serializers.CharField(allow_blank=True, help_text="Whose end that was; empty where it was none.")
    until = serializers.DateTimeField(help_text="Promises and checks up to here.")
    waiting = ActionName(many=True, help_text="To be accepted by you; see items for more.")
    promises = PromiseRow(many=True)
    changed = ChangedRow(many=True, help_text="Important ones first, of these the newest; at most 300.")
    shift_notes = serializers.ListField(child=serializers.CharField(), help_text="References; see shift-notes for more.")
    on_now = OnShift(many=True)
    on_next = OnShift(allow_null=True)


class BriefViewSet(Doors):
    """The brief of whoever asks."""

    queryset = Team.objects.none()
    row = BriefRow

    @extend_schema(parameters=[BriefFilters], responses=BriefRow)
    def list(self, request: Request) -> Response:
        """What waits, what is promised in the next hours, and what changed since you were last on."""
        sent = BriefFilters(data=request.query_params, context={"request": request})
        sent.is_valid(raise_exception=True)
        team, at = self.team_of(request, sent.validated_data.get("team")), timezone.now()
        made = brief(request.user, team, at, table=timetable(team.pk, at), since=sent.validated_data.get("since"), everything=True)
        return Response(as_row(made, team))

    def team_of(self, request: Request, team_id: int | None) -> Team:
        teams = Team.objects.visible_to(request.user).order_by("source", "name")
        own = getattr(request, "team", None)
        found = teams.filter(pk=team_id).first() if team_id else own or teams.first()
        if found is None:
            raise Http404
        return found


def as_row(made: Brief, team: Team) -> dict[str, Any]:
    return {
        "team": {"id": team.pk, "name": team.name},
        "since": made.since.at,
        "last_shift": made.since.shift,
        "until": made.until,
        "waiting": [{"ref": row["ref"], "title": row["title"]} for row in made.waiting],
        "promises": [
            {"at": one.at, "is_check": one.check, "action": _named(one.action), "responsible": _person(one.action.responsible)} for one in made.promises
        ],
        "changed": [_changed(one) for one in made.changed],
        "shift_notes": [note.ref for note in made.notes],
        "on_now": [_shift(slot, names) for slot, names in made.on_now],
        "on_next": _shift(*made.on_next) if made.on_next else None,
    }


def _changed(one: ChangedAction) -> dict[str, Any]:
    changes = [
        {
            "what": said["change"].what,
            "at": said["change"].at,
            "by": _person(said["by"]),
            "to": said["to"],
            "detail": said["change"].detail or said["change"].look.word,
            "until": said["until"],
            "words": said["words"],
        }
        for said in one.changes
    ]
    return {"action": _named(one.action), "responsible": _person(one.action.responsible), "important": one.group.is_important, "changes": changes}


def _named(action: Any) -> dict[str, str]:
    return {"ref": action.ref, "title": action.title}


def _person(user: User | None) -> dict[str, Any] | None:
    return {"id": user.pk, "name": user.display_name} if user else None


def _shift(slot: Slot, names: list[str]) -> dict[str, Any]:
    return {"ref": slot.ref, "name": slot.name, "starts_at": slot.starts_at, "ends_at": slot.ends_at, "colleagues": names}
