"""Writes to the rota: patterns, the shifts that they generate, and who is on them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Membership, Team, User
from audit import operations as audit
from common.errors import Invalid, Refusal
from handover.due import operations as due
from handover.due.models import Rule
from handover.events import Event
from handover.shifts import absence, calendar, marks, permissions
from handover.shifts.changes import lock_rota, roster_changes
from handover.shifts.ends import owe_ends
from handover.shifts.models import Rostering, Shift, ShiftPattern

AHEAD = timedelta(days=14)


@transaction.atomic
def add_pattern(
    *,
    team: Team,
    by: User,
    at: datetime,
    name: str,
    starts: time,
    ends: time,
    weekdays: Collection[int],
    crew: Collection[User] = (),
    first_day: date | None = None,
) -> ShiftPattern:
    """A shift that repeats, from ``first_day`` (included) on; its shifts of the next 14 days exist at once.

    Without ``first_day`` it begins with the one that runs now, which may have started on the day before, or else the next.
    """
    permissions.check_plan(by, team.pk)
    _check_days(weekdays)
    ids = _members(team, crew)
    pattern = ShiftPattern.objects.create(
        team=team, name=name, starts=starts, ends=ends, weekdays=sorted(weekdays), first_day=first_day or team.local(at).date() - timedelta(days=1)
    )
    pattern.crew.set(ids)
    with roster_changes(team_id=team.pk, by=by, at=at):
        made = _generate(pattern, at)
    data = {"crew": sorted(ids), "shifts": [shift.pk for shift in made]}
    audit.record(Event.PATTERN_ADDED, actor=by, subject=pattern, team_id=team.pk, at=at, data=data)
    return pattern


@transaction.atomic
def change_pattern(
    *, pattern: ShiftPattern, by: User, at: datetime, name: str, starts: time, ends: time, weekdays: Collection[int], crew: Collection[User]
) -> ShiftPattern:
    """Change a pattern, and with it the shifts that have not begun; those that something refers to keep their times.

    Only who joins or leaves the usual crew is put on or taken off, so that what was changed by hand for one shift stays.
    """
    permissions.check_plan(by, pattern.team_id)
    _check_days(weekdays)
    with roster_changes(team_id=pattern.team_id, by=by, at=at):
        pattern = _lock(pattern)
        ids, before = _members(pattern.team, crew), set(pattern.crew.values_list("pk", flat=True))
        pattern.name, pattern.starts, pattern.ends, pattern.weekdays = name, starts, ends, sorted(weekdays)
        pattern.save(update_fields=["name", "starts", "ends", "weekdays"])
        pattern.crew.set(ids)
        gone = _replan(pattern, joined=ids - before, left=before - ids, at=at)
        made = _generate(pattern, at)
        data = {"crew": sorted(ids), "shifts": [shift.pk for shift in made], "gone": gone}
        audit.record(Event.PATTERN_CHANGED, actor=by, subject=pattern, team_id=pattern.team_id, at=at, data=data)
    return pattern


@transaction.atomic
def end_pattern(*, pattern: ShiftPattern, by: User, at: datetime) -> None:
    """No more shifts from this pattern; those to come that nothing refers to go. Ending it twice changes nothing."""
    permissions.check_plan(by, pattern.team_id)
    with roster_changes(team_id=pattern.team_id, by=by, at=at):
        pattern = _lock(pattern)
        if pattern.ended_at:
            return
        pattern.ended_at = at
        pattern.save(update_fields=["ended_at"])
        gone = _drop(pattern.shifts.filter(starts_at__gt=at, **UNUSED), at)
        audit.record(Event.PATTERN_ENDED, actor=by, subject=pattern, team_id=pattern.team_id, at=at, data={"gone": gone})


@transaction.atomic
def generate(pattern: ShiftPattern, *, at: datetime, until: date | None = None) -> list[Shift]:
    """By rule: make the shifts of ``pattern`` up to ``until`` (included; default: 14 days ahead) that are missing, with its crew on them.

    Running it again makes nothing twice, also while a lead changes the pattern.
    """
    lock_rota(pattern.team_id)
    pattern = _lock(pattern)
    made = [] if pattern.ended_at else _generate(pattern, at, until)
    if made:
        data = {"rule": "shifts.generate", "shifts": [shift.pk for shift in made]}
        audit.record(Event.SHIFTS_MADE, actor=None, subject=pattern, team_id=pattern.team_id, at=at, data=data)
    return made


def generate_all(*, at: datetime) -> int:
    """Keep every team's shifts 14 days ahead; return how many were made."""
    patterns = ShiftPattern.objects.current().select_related("team").order_by("pk")
    behind = [pattern for pattern in patterns if pattern.generated_until is None or pattern.generated_until < _last_day(pattern, at)]
    return sum(len(generate(pattern, at=at)) for pattern in behind)


@transaction.atomic
def set_crew(*, shift: Shift, by: User, at: datetime, colleagues: Collection[User]) -> None:
    """These colleagues, and no others, are on the shift."""
    permissions.check_plan(by, shift.team_id)
    with roster_changes(team_id=shift.team_id, by=by, at=at):
        shift = Shift.objects.select_for_update(of=("self",)).select_related("team").get(pk=shift.pk)
        if shift.ends_at <= at:
            raise Refusal("This shift is over.", possible="Who was on it stays as it was.")
        wanted = _members(shift.team, colleagues)
        before = set(shift.rosterings.effective().values_list("colleague_id", flat=True))
        on, off = sorted(wanted - before), sorted(before - wanted)
        if not (on or off):
            return
        absence.check_present(shift, on)
        marks.take_off(shift.rosterings.filter(colleague_id__in=off).select_related("shift"), at=at)
        for colleague_id in on:
            marks.put_on(shift, colleague_id, at=at)
        audit.record(Event.ROSTERED, actor=by, subject=shift, team_id=shift.team_id, at=at, data={"on": on, "off": off})


# --- What the above is made of ------------------------------------------------------------------------------------------

UNUSED = {"items_offered__isnull": True, "nothing_said__isnull": True}
"""Shifts that nothing refers to."""


def _lock(pattern: ShiftPattern) -> ShiftPattern:
    return ShiftPattern.objects.select_for_update(of=("self",)).select_related("team").get(pk=pattern.pk)


def _check_days(weekdays: Collection[int]) -> None:
    if not weekdays:
        raise Invalid("Choose at least one day of the week.", field="weekdays")


def _members(team: Team, people: Collection[User]) -> set[int]:
    """Their ids, if all are colleagues of the team now."""
    ids = {user.pk for user in people}
    if ids - _current(team, ids):
        raise Invalid("Only colleagues of the team are rostered.", possible="Invite them first.", field="crew")
    return ids


def _current(team: Team, ids: Collection[int]) -> set[int]:
    """Those of these people who are colleagues of the team now."""
    current = Membership.objects.current().filter(team=team, user__in=ids, user__is_active=True, user__kind="person")
    return set(current.values_list("user_id", flat=True))


def _last_day(pattern: ShiftPattern, at: datetime) -> date:
    return min(pattern.team.local(at).date() + AHEAD, pattern.last_day or date.max)


def _generate(pattern: ShiftPattern, at: datetime, until: date | None = None) -> list[Shift]:
    """Make the shifts that are missing. Begins a day back, so that one which is running now exists, and makes none that is over."""
    last = min(until, pattern.last_day or date.max) if until else _last_day(pattern, at)
    first = max(pattern.first_day, pattern.team.local(at).date() - timedelta(days=1))
    there = set(pattern.shifts.filter(local_date__gte=first).values_list("local_date", flat=True))
    new = []
    for day in calendar.days(first, last, pattern.weekdays):
        times = calendar.span(day, pattern.starts, pattern.ends, pattern.team.tz)
        if day not in there and times and times[1] > at:
            new.append(Shift(team=pattern.team, pattern=pattern, name=pattern.name, local_date=day, starts_at=times[0], ends_at=times[1]))
    made = Shift.objects.bulk_create(new)
    owe_ends(made, at=at)
    crew = sorted(_current(pattern.team, pattern.crew.values_list("pk", flat=True))) if made else []
    _roster([(shift, colleague_id) for shift in made for colleague_id in crew], at)
    pattern.generated_until = max(last, pattern.generated_until or last)
    pattern.save(update_fields=["generated_until"])
    return made


def _replan(pattern: ShiftPattern, *, joined: set[int], left: set[int], at: datetime) -> list[int]:
    """Bring the shifts that have not begun up to date; return the ids of those that are no more."""
    future = list(pattern.shifts.select_for_update().filter(starts_at__gt=at))
    unused = set(pattern.shifts.filter(starts_at__gt=at, **UNUSED).values_list("pk", flat=True))
    gone, kept = [], []
    for shift in future:
        on_that_day = shift.local_date.isoweekday() in pattern.weekdays
        times = calendar.span(shift.local_date, pattern.starts, pattern.ends, pattern.team.tz) if on_that_day else None
        if shift.pk not in unused:
            kept.append(shift)
        elif times is None or times[1] <= at:
            gone.append(shift)
        else:
            shift.name, (shift.starts_at, shift.ends_at) = pattern.name, times
            kept.append(shift)
    Shift.objects.bulk_update(kept, ["name", "starts_at", "ends_at"])
    due.cancel(*kept, rules=[Rule.NOTHING_OFFERED], at=at)
    owe_ends(kept, at=at)
    Rostering.objects.filter(shift__in=kept, colleague_id__in=left).delete()
    Rostering.objects.bulk_create([Rostering(shift=shift, colleague_id=pk) for shift in kept for pk in sorted(joined)], ignore_conflicts=True)
    marks.remind(((one.shift, one.colleague_id) for one in Rostering.objects.effective().filter(shift__in=kept).select_related("shift")), at)
    absence.settle(kept, at=at)
    return _drop(pattern.shifts.filter(pk__in=[shift.pk for shift in gone]), at)


def _drop(shifts: QuerySet[Shift], at: datetime) -> list[int]:
    """Remove shifts with who is on them and what they owe; return their ids."""
    found = list(shifts)
    due.cancel(*found, at=at)
    ids = [shift.pk for shift in found]
    Shift.objects.filter(pk__in=ids).delete()
    return ids


def _roster(pairs: list[tuple[Shift, int]], at: datetime) -> None:
    """Put colleagues on shifts that were just made; who is away then is marked so."""
    Rostering.objects.bulk_create(Rostering(shift=shift, colleague_id=colleague_id) for shift, colleague_id in pairs)
    marks.remind(pairs, at)
    absence.settle([shift for shift, _ in pairs], at=at)
