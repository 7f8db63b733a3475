"""How a place in a team, and where somebody's work went, look in answers of the REST API."""

from typing import Any

from rest_framework import serializers

from accounts.models import Level, User
from accounts.rows import PersonRow, TeamName
from audit.models import Event as TrailEvent
from common.rows import Row
from handover.events import Event
from handover.leaving.queries import Went

HOW = {Event.LEFT_TEAM: "left", Event.WENT: "gone_home"}


class MembershipRow(Row):
    """Somebody's place in a team."""

    id = serializers.IntegerField()
    team = TeamName()
    colleague = PersonRow(source="user")
    level = serializers.ChoiceField(choices=Level.choices)
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True, help_text="Null: they belong to it now.")


class WentHeld(Row):
    """An action that they held, or offered."""

    action = serializers.CharField()
    to = PersonRow(allow_null=True, help_text="Null: the team pool.")


class WentWatched(Row):
    """An item that they had passed on."""

    item = serializers.CharField()
    to = PersonRow(allow_null=True)


class WentRow(Row):
    """Where the work went, as far as you may see it."""

    how = serializers.ChoiceField(choices=[*HOW.values()])
    at = serializers.DateTimeField()
    held = WentHeld(many=True)
    returned = serializers.ListField(child=serializers.CharField(), help_text="Items that had waited for them: declined, back with their givers.")
    watched = WentWatched(many=True, help_text="Who sees through what they had passed on.")
    shifts = serializers.IntegerField(help_text="From how many shifts to come they were taken off.")


class MembershipWhole(MembershipRow):
    """A place in a team; with where the work went, for whom it is about and the leads, else null. Null as well where nobody went."""

    went = WentRow(allow_null=True)


def how(event: TrailEvent, went: Went) -> dict[str, Any]:
    return {
        "how": HOW[Event(event.kind)],
        "at": event.at,
        "held": [{"action": action.ref, "to": _person(to)} for action, to in went.held],
        "returned": [item.ref for item in went.returned],
        "watched": [{"item": item.ref, "to": _person(to)} for item, to in went.watched],
        "shifts": went.shifts,
    }


def _person(user: User | None) -> dict[str, Any] | None:
    return PersonRow.of(user) if user else None
