"""Who may take one action now: job role, shift, membership and absence judged; who knows it first; with the reasons of those who may not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from handover.actions.models import Action
from handover.agreements.queries import in_force_for_many
from handover.handovers.handing_queries import holding
from handover.handovers.involved_queries import involved
from handover.handovers.models import When
from handover.shifts.eligibility import candidates, wanted
from handover.shifts.queries import Slot, timetable
from handover.shifts.receiving_queries import receiving_slot


@dataclass(frozen=True)
class OneTaker:
    """A colleague of the receiving team. ``knows``: why they know it, or empty."""

    user: User
    roles: tuple[str, ...]
    holds: int
    knows: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Takers:
    slot: Slot | None
    people: tuple[OneTaker, ...]


def takers_of(action: Action, *, when: str, at: datetime) -> Takers:
    """Everybody in the receiving team but the holder: who may first, of them who knows it, then who holds least."""
    during = when == When.IN_SHIFT
    version = in_force_for_many([action.service_id], "during" if during else "between").get(action.service_id) if action.service_id else None
    team_id = version.to_team_id if version and version.to_team_id else action.team_id
    giver_id = action.responsible_id or 0
    table = timetable(team_id, at)
    own = table if team_id == action.team_id else timetable(action.team_id, at)
    slot = receiving_slot(own, table, giver_id=giver_id, at=at, during=during)
    want = wanted(team_id=action.team_id, version=version, slot=slot, table=table)
    found = candidates(want, giver_id=giver_id, table=table)
    holds, knows = holding(one.user.pk for one in found), involved([action], at=at)
    people = [
        OneTaker(one.user, tuple(filter(None, one.roles.split(", "))), holds.get(one.user.pk, 0), knows.get(one.user.pk, ""), one.reasons) for one in found
    ]
    return Takers(slot, tuple(sorted(people, key=lambda one: (bool(one.reasons), not one.knows, one.holds, one.user.display_name, one.user.pk))))
