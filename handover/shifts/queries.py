"""Who is on, who is next, and whom to tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import Membership, User
from accounts.models.teams import Level
from common.prepared import prepared
from handover.due.limits import STAND_IN_SHIFT
from handover.shifts.absence_models import Absence
from handover.shifts.models import Rostering, Shift, is_on

AHEAD = timedelta(days=8)
BEHIND = timedelta(hours=16)
WHO_IS_ON = Prefetch("rosterings", Rostering.objects.effective().select_related("colleague", "replaces").order_by("colleague__display_name", "pk"))
"""For lists of shifts: ``shift.rosterings.all()`` are then those who really are on."""
AFTERWARDS = timedelta(hours=3)


@dataclass(frozen=True)
class Slot:
    """A shift as a page or a rule needs it, with the ids of those who are on: at the moment asked for, or at its start where that is to come."""

    id: int
    ref: str
    name: str
    starts_at: datetime
    ends_at: datetime
    crew: frozenset[int] = field(default_factory=frozenset)

    def runs(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at


@dataclass(frozen=True)
class Timetable:
    """A team's shifts around a moment, read once and asked many times. Sorted by start."""

    team_id: int
    slots: tuple[Slot, ...]
    at: datetime

    @property
    def is_empty(self) -> bool:
        """True for a team without a rota: then nobody is kept from receiving because of shifts."""
        return not self.slots

    def by_id(self, shift_id: int | None) -> Slot | None:
        return next((slot for slot in self.slots if slot.id == shift_id), None)

    def running(self, at: datetime) -> Slot | None:
        """The team's shift at ``at``; where two overlap, the one that started last."""
        return next((slot for slot in reversed(self.slots) if slot.runs(at)), None)

    def of(self, colleague_id: int, at: datetime) -> Slot | None:
        """The shift that a colleague is on at ``at``."""
        return next((slot for slot in self.slots if slot.runs(at) and colleague_id in slot.crew), None)

    def next_of(self, colleague_id: int, after: datetime) -> Slot | None:
        """A colleague's next shift that starts after ``after`` (not included)."""
        return next((slot for slot in self.slots if slot.starts_at > after and colleague_id in slot.crew), None)

    def outgoing(self, colleague_id: int, at: datetime) -> Slot | None:
        """The shift that ``colleague_id`` hands over from: their own, also just after its end, else the team's running one."""
        return self.of(colleague_id, at) or self.just_left(colleague_id, at) or self.running(at)

    def just_left(self, colleague_id: int, at: datetime) -> Slot | None:
        """The shift of a colleague that ended less than three hours ago: what they still hold passes on as at its end."""
        over = [slot for slot in self.slots if colleague_id in slot.crew and slot.ends_at <= at < slot.ends_at + AFTERWARDS]
        return max(over, key=lambda slot: slot.ends_at, default=None)

    def incoming(self, outgoing: Slot | None, at: datetime) -> Slot | None:
        """The shift that runs at the outgoing one's end, else the next to start; without an outgoing one, the next to start."""
        end = outgoing.ends_at if outgoing else at
        others = [slot for slot in self.slots if slot != outgoing]
        overlapping = [slot for slot in others if slot.runs(end) and (outgoing is None or slot.starts_at > outgoing.starts_at)]
        later = [slot for slot in others if slot.starts_at >= end]
        return next(iter(overlapping or later), None)

    def target(self, giver_id: int, at: datetime, *, during: bool) -> Slot | None:
        """The shift that receives from ``giver_id``: the running one *during* a shift, else the incoming one."""
        return self.running(at) if during else self.incoming(self.outgoing(giver_id, at), at)

    def end_of_incoming(self, colleague_id: int, at: datetime) -> datetime:
        """When the shift after ``colleague_id``'s ends; without a rota, 8 hours after ``at``."""
        incoming = self.incoming(self.outgoing(colleague_id, at), at)
        return incoming.ends_at if incoming else at + STAND_IN_SHIFT

    def end_of_shift(self, colleague_id: int, at: datetime) -> datetime:
        """When the colleague's own shift ends: the one they are on, else their next; without either, 8 hours after ``at``."""
        slot = self.of(colleague_id, at) or self.next_of(colleague_id, at)
        return slot.ends_at if slot else at + STAND_IN_SHIFT

    def next_start(self, colleague_id: int, at: datetime) -> datetime:
        """When a colleague's next shift starts; without one in the rota, 8 hours after ``at``."""
        slot = self.next_of(colleague_id, at)
        return slot.starts_at if slot else at + STAND_IN_SHIFT


def timetable(team_id: int, at: datetime) -> Timetable:
    """The team's shifts from 16 hours before ``at`` to eight days after it, in one statement."""
    rows = _shifts(team_id, at - BEHIND, at + AHEAD, at)
    return Timetable(team_id, tuple(Slot(pk, ref, name, starts, ends, frozenset(crew)) for pk, ref, name, starts, ends, crew in rows), at)


@prepared
def _shifts(team_id: int, since: datetime, until: datetime, at: datetime) -> Any:
    is_there = Q(rosterings__isnull=False) & is_on(at, prefix="rosterings__", shift="")
    crew = ArrayAgg("rosterings__colleague_id", filter=is_there, default=[])
    shifts = Shift.objects.filter(team_id=team_id, ends_at__gt=since, starts_at__lt=until).annotate(crew=crew)
    return shifts.order_by("starts_at", "pk").values_list("pk", "ref", "name", "starts_at", "ends_at", "crew")


def on_duty(team_ids: Collection[int], at: datetime) -> dict[int, list[int]]:
    """Ids of the colleagues on a running shift, per team; where a team has no rota or nobody is on, all its members who are not away."""
    found: dict[int, list[int]] = {team_id: [] for team_id in team_ids}
    rostered = Rostering.objects.effective(at).filter(shift__team_id__in=team_ids, shift__starts_at__lte=at, shift__ends_at__gt=at, colleague__is_active=True)
    for team_id, colleague_id in rostered.values_list("shift__team_id", "colleague_id").distinct():
        found[team_id].append(colleague_id)
    empty = [team_id for team_id, people in found.items() if not people]
    if empty:
        members = Membership.objects.current().filter(team_id__in=empty, user__is_active=True, user__kind="person")
        everybody = list(members.annotate(away=is_away(at)).values_list("team_id", "user_id", "away"))
        for team_id in empty:
            found[team_id] = _present(everybody, team_id)
    return found


def leads_to_tell(team_ids: Collection[int], at: datetime) -> dict[int, list[int]]:
    """Ids of those who are told what is late, per team: leads on shift, else all leads of the team who are not away, else administrators."""
    found: dict[int, list[int]] = {team_id: [] for team_id in team_ids}
    leads = Membership.objects.current().filter(team_id__in=team_ids, level=Level.LEAD, user__is_active=True)
    on_shift = Rostering.objects.effective(at).filter(shift__starts_at__lte=at, shift__ends_at__gt=at)
    rows = list(leads.annotate(away=is_away(at)).values_list("team_id", "user_id", "away"))
    on = (
        set(on_shift.filter(shift__team_id__in=team_ids, colleague_id__in=[user for _, user, _ in rows]).values_list("shift__team_id", "colleague_id"))
        if rows
        else set()
    )
    for team_id in found:
        found[team_id] = [user for team, user, _ in rows if team == team_id and (team, user) in on] or _present(rows, team_id)
    if any(not people for people in found.values()):
        administrators = list(User.objects.persons().filter(is_administrator=True).values_list("pk", flat=True))
        found = {team_id: people or administrators for team_id, people in found.items()}
    return found


def lead_ids(team_id: int, at: datetime) -> list[int]:
    """``leads_to_tell`` for one team."""
    return leads_to_tell([team_id], at)[team_id]


def is_away(at: datetime) -> Exists:
    """Whether the colleague of a membership is away from its team at ``at``."""
    return Exists(Absence.objects.at(at).filter(team=OuterRef("team"), colleague=OuterRef("user")))


def _present(rows: Iterable[tuple[int, int, bool]], team_id: int) -> list[int]:
    """Those of a team who are not away; all of them where everybody is, for somebody has to hear of it."""
    here = [(user, away) for team, user, away in rows if team == team_id]
    return [user for user, away in here if not away] or [user for user, _ in here]
