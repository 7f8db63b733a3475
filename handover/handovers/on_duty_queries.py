"""Who is on now and who is next, as a page or another system asks: with job roles, until when, what they hold, and where nobody is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from accounts.models import Membership, Team, User
from common import moments
from handover.agreements.models import AgreementVersion
from handover.handovers.handing_queries import holding
from handover.shifts.models import Away, How, Rostering
from handover.shifts.queries import Slot, Timetable, timetable

AHEAD = timedelta(days=7)
MOST_GAPS = 6
CAME = {How.COVER: "covers for", How.SWAP: "swapped with", How.STAND_IN: "stands in for"}
WENT = {Away.ABSENCE: "Away", Away.COVERED: "Covered", Away.SWAPPED: "Swapped"}


@dataclass(frozen=True)
class OnDuty:
    """A colleague on a shift. ``came``: for whom, where they were not planned; ``away_from``: when they leave early."""

    user: User
    roles: tuple[str, ...]
    holds: int
    how: str
    replaces: User | None
    since: datetime | None
    away_from: datetime | None

    @property
    def came(self) -> str:
        return f"{CAME[How(self.how)]} {self.replaces.display_name}" if self.how in CAME and self.replaces else ""


@dataclass(frozen=True)
class OffDuty:
    """A colleague who was planned for a shift and is not on it."""

    user: User
    why: str
    since: datetime | None


@dataclass(frozen=True)
class Crew:
    slot: Slot
    people: tuple[OnDuty, ...]
    off: tuple[OffDuty, ...]


@dataclass(frozen=True)
class Duty:
    has_rota: bool
    now: tuple[Crew, ...]
    following: Crew | None
    gaps: tuple[str, ...] = field(default=())


def duty(team: Team, at: datetime, table: Timetable | None = None) -> Duty:
    """Everything about now and next; the number of statements does not depend on how many are on."""
    table = table or timetable(team.pk, at)
    running = [slot for slot in table.slots if slot.runs(at)]
    following = table.incoming(table.running(at), at)
    shown = [*running, *([following] if following and following not in running else [])]
    crews = _crews(team, shown, at)
    now, after = crews[: len(running)], crews[len(running) :]
    return Duty(not table.is_empty, tuple(now), after[0] if after else None, tuple(_gaps(team, table, now, at)))


def _crews(team: Team, slots: list[Slot], at: datetime) -> list[Crew]:
    ids = [slot.id for slot in slots]
    lines = list(Rostering.objects.filter(shift__in=ids).select_related("colleague", "replaces").order_by("colleague__display_name", "pk"))
    people = {line.colleague_id for line in lines}
    memberships = Membership.objects.current().filter(team=team, user__in=people).prefetch_related("job_roles")
    roles = {one.user_id: tuple(role.name for role in one.job_roles.all()) for one in memberships}
    holds = holding(people)
    crews = []
    for slot in slots:
        here = [line for line in lines if line.shift_id == slot.id]
        on = [
            OnDuty(
                line.colleague,
                roles.get(line.colleague_id, ()),
                holds.get(line.colleague_id, 0),
                line.how,
                line.replaces,
                line.marked_at if line.how in CAME else None,
                line.away_from if line.away else None,
            )
            for line in here
            if line.colleague_id in slot.crew
        ]
        off = [OffDuty(line.colleague, WENT[Away(line.away)], line.marked_at) for line in here if line.colleague_id not in slot.crew and line.away]
        crews.append(Crew(slot, tuple(on), tuple(off)))
    return crews


def _gaps(team: Team, table: Timetable, now: list[Crew], at: datetime) -> list[str]:
    """Where nobody is on within seven days, and which job roles that agreements name nobody on now has."""
    if table.is_empty:
        return []
    nobody = not any(crew.people for crew in now)
    found = ["Nobody is on now."] if nobody else []
    if not nobody:
        on_now = {role for crew in now for person in crew.people for role in person.roles}
        named = AgreementVersion.objects.filter(state="in_force", agreement__team=team, receiving_roles__team=team)
        wanted = sorted(set(named.values_list("receiving_roles__name", flat=True)) - on_now)
        found += [f"Nobody on now is {role}: an agreement names this job role." for role in wanted]
    ahead = [slot for slot in table.slots if slot.ends_at > at and slot.starts_at < at + AHEAD]
    empty = [slot for slot in ahead if not slot.crew and not (nobody and slot.runs(at))]
    found += [f"Nobody is on {slot.name}, {moments.day(slot.starts_at, at, team.tz)}." for slot in empty]
    found += [f"No shift from {moments.clock(end, at, team.tz)} to {moments.clock(start, at, team.tz)}." for end, start in _holes(ahead)]
    return found[:MOST_GAPS]


def _holes(slots: list[Slot]) -> list[tuple[datetime, datetime]]:
    """Times between shifts in which none runs."""
    found, until = [], slots[0].ends_at if slots else None
    for _, slot in pairwise(slots):
        if until and slot.starts_at > until:
            found.append((until, slot.starts_at))
        until = max(until, slot.ends_at) if until else slot.ends_at
    return found
