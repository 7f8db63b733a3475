"""Writes that plan single shifts by hand: put people on many shifts at once, add a shift, change its times, take it out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from django.db import transaction

from accounts.models import Team, User
from audit import operations as audit
from common.errors import Invalid, Refusal
from handover.events import Event
from handover.shifts import absence, calendar, generating, marks, permissions
from handover.shifts.changes import roster_changes
from handover.shifts.ends import owe_ends
from handover.shifts.models import Rostering, Shift
from handover.shifts.pattern_models import PatternException
from handover.shifts.references import referred_to

Pairs = Collection[tuple[int, int]]
"""Ids of a shift and of a colleague."""


@transaction.atomic
def roster(*, team: Team, by: User, at: datetime, on: Pairs = (), off: Pairs = ()) -> int:
    """Put colleagues on shifts and take others off, all or nothing; return how many lines changed. Who is on already stays."""
    permissions.check_plan(by, team.pk)
    on, off = set(on) - set(off), set(off) - set(on)
    with roster_changes(team_id=team.pk, by=by, at=at):
        ids = {shift_id for shift_id, _ in on | off}
        shifts = {shift.pk: shift for shift in Shift.objects.select_for_update().filter(team=team, pk__in=ids).order_by("pk")}
        people = {colleague_id for _, colleague_id in on}
        if ids - shifts.keys():
            raise Refusal("A shift of this week was taken out meanwhile.", possible="Look at the week again.")
        if people - generating.current(team, people):
            raise Invalid("Only colleagues of the team are rostered.", possible="Invite them first.")
        if any(shift.ends_at <= at for shift in shifts.values()):
            raise Refusal("A shift that you changed is over.", possible="Who was on it stays as it was. Change the others.")
        there = set(Rostering.objects.effective().filter(shift__in=ids).values_list("shift_id", "colleague_id"))
        return sum(_roster_one(shift, _of(shift, on - there), _of(shift, off & there), by=by, at=at) for shift in shifts.values())


def _of(shift: Shift, pairs: Iterable[tuple[int, int]]) -> list[int]:
    return sorted(colleague_id for shift_id, colleague_id in pairs if shift_id == shift.pk)


def _roster_one(shift: Shift, on: list[int], off: list[int], *, by: User, at: datetime) -> int:
    if not (on or off):
        return 0
    absence.check_present(shift, on)
    marks.take_off(shift.rosterings.filter(colleague_id__in=off).select_related("shift"), at=at)
    for colleague_id in on:
        marks.put_on(shift, colleague_id, at=at)
    audit.record(Event.ROSTERED, actor=by, subject=shift, team_id=shift.team_id, at=at, data={"on": on, "off": off})
    return len(on) + len(off)


@transaction.atomic
def add_shift(*, team: Team, by: User, at: datetime, name: str, day: date, starts: time, ends: time, crew: Collection[User] = ()) -> Shift:
    """One shift planned by hand, that no pattern makes. The same one twice is refused."""
    permissions.check_plan(by, team.pk)
    times = _times(team, day, starts, ends)
    if times[1] <= at:
        raise Invalid("This shift would be over already.", possible="Choose a day to come.", field="day")
    ids = {user.pk for user in crew}
    with roster_changes(team_id=team.pk, by=by, at=at):
        if ids - generating.current(team, ids):
            raise Invalid("Only colleagues of the team are rostered.", possible="Invite them first.", field="crew")
        if twin := Shift.objects.filter(team=team, name__iexact=name, starts_at=times[0]).first():
            raise Invalid(f"There is a shift {twin.name} at this time already ({twin.ref}).", possible="Put people on that one.", field="name")
        shift = Shift.objects.create(team=team, name=name, local_date=day, starts_at=times[0], ends_at=times[1])
        owe_ends([shift], at=at)
        absence.check_present(shift, sorted(ids))
        generating.roster([(shift, pk) for pk in sorted(ids)], at)
        audit.record(Event.SHIFT_ADDED, actor=by, subject=shift, team_id=team.pk, at=at, data={"crew": sorted(ids)})
    return shift


@transaction.atomic
def change_times(*, shift: Shift, by: User, at: datetime, starts: time, ends: time) -> Shift:
    """Another start and end of one shift that has not begun, on the same day; its pattern keeps an exception for it."""
    permissions.check_plan(by, shift.team_id)
    with roster_changes(team_id=shift.team_id, by=by, at=at):
        shift = _free(shift, "keeps its times", at=at)
        times = _times(shift.team, shift.local_date, starts, ends)
        if times == (shift.starts_at, shift.ends_at):
            return shift
        if times[1] <= at:
            raise Invalid("It would be over already.", possible="Choose a later end.", field="ends")
        before = {"starts_at": shift.starts_at.isoformat(), "ends_at": shift.ends_at.isoformat()}
        keep_exception(shift, starts, ends)
        shift.starts_at, shift.ends_at = times
        generating.update_times([shift], ["starts_at", "ends_at"], at=at)
        generating.remind_anew([shift], at=at)
        audit.record(Event.SHIFT_CHANGED, actor=by, subject=shift, team_id=shift.team_id, at=at, data=before)
    return shift


@transaction.atomic
def drop_shift(*, shift: Shift, by: User, at: datetime) -> None:
    """Take one shift that has not begun out of the rota; its pattern keeps an exception, so that it is not made again."""
    permissions.check_plan(by, shift.team_id)
    with roster_changes(team_id=shift.team_id, by=by, at=at):
        if not Shift.objects.filter(pk=shift.pk).exists():
            return
        shift = _free(shift, "cannot be taken out", at=at)
        crew = sorted(shift.rosterings.values_list("colleague_id", flat=True))
        keep_exception(shift, None, None)
        audit.record(Event.SHIFT_DROPPED, actor=by, subject=shift, team_id=shift.team_id, at=at, data={"crew": crew, "date": shift.local_date.isoformat()})
        generating.drop([shift], at=at)


def _free(shift: Shift, then: str, *, at: datetime) -> Shift:
    """The shift, locked, if it is still to come and nothing refers to it."""
    if shift.pattern is not None:
        generating.lock(shift.pattern)
    shift = Shift.objects.select_for_update(of=("self",)).select_related("team", "pattern__team").get(pk=shift.pk)
    if shift.starts_at <= at:
        raise Refusal(f"{shift.name} has begun.", possible="Change who is on, or plan another shift.")
    if why := referred_to([shift.pk]).get(shift.pk):
        raise Refusal(f"{shift.name} {then}: {why}.", possible="Withdraw what was offered, or plan another shift beside it.")
    return shift


def _times(team: Team, day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    if starts == ends:
        raise Invalid("It starts and ends at the same time.", possible="Plan two shifts for a whole day.", field="ends")
    times = calendar.span(day, starts, ends, team.tz)
    if times is None:
        raise Invalid("The clocks go forward then: this shift would be over before it begins.", possible="Choose other times.", field="starts")
    return times


def keep_exception(shift: Shift, starts: time | None, ends: time | None) -> None:
    """Let the shift's pattern know that this day is other than usual."""
    if shift.pattern is not None:
        days = {"first_day": shift.local_date, "last_day": shift.local_date}
        PatternException.objects.filter(pattern=shift.pattern, **days).delete()
        PatternException.objects.create(pattern=shift.pattern, starts=starts, ends=ends, why="Changed for this day", **days)
