"""Writes to the rota: patterns, the shifts that they generate, and who is on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction

from accounts.models import Team, User
from audit import operations as audit
from common.errors import Invalid, Refusal
from handover.events import Event
from handover.shifts import absence, generating, marks, permissions
from handover.shifts.changes import lock_rota, roster_changes
from handover.shifts.models import OnHolidays, Shift, ShiftPattern
from handover.shifts.pattern_models import MOST_WEEKS, PatternWeek
from handover.shifts.references import referred_to

AHEAD = generating.AHEAD
Rotation = Sequence[tuple[Collection[int], Collection[User]]]
"""The weeks of a rotation: for each its weekdays, and who is on besides the usual crew."""


@transaction.atomic
def add_pattern(
    *,
    team: Team,
    by: User,
    at: datetime,
    name: str,
    starts: time,
    ends: time,
    weekdays: Collection[int] = (),
    crew: Collection[User] = (),
    first_day: date | None = None,
    last_day: date | None = None,
    weeks: Rotation = (),
    cycle_from: date | None = None,
    on_holidays: str = OnHolidays.AS_USUAL,
    holiday_starts: time | None = None,
    holiday_ends: time | None = None,
) -> ShiftPattern:
    """A shift that repeats, from ``first_day`` to ``last_day`` (both included); its shifts of the next 14 days exist at once.

    Without ``first_day`` it begins with the one that runs now, which may have started on the day before, or else the next.
    With ``weeks`` it is a rotation whose first week holds ``cycle_from`` (default: the first day).
    """
    permissions.check_plan(by, team.pk)
    with roster_changes(team_id=team.pk, by=by, at=at):
        pattern = ShiftPattern(team=team, first_day=first_day or team.local(at).date() - timedelta(days=1), name=name)
        _set(pattern, name, starts, ends, weekdays, last_day, (on_holidays, holiday_starts, holiday_ends))
        pattern.save()
        ids = _set_people(pattern, crew, weeks, cycle_from or team.local(at).date())
        made = generating.make(pattern, at)
    data = {"crew": sorted(ids), "shifts": [shift.pk for shift in made]}
    audit.record(Event.PATTERN_ADDED, actor=by, subject=pattern, team_id=team.pk, at=at, data=data)
    return pattern


@transaction.atomic
def change_pattern(
    *,
    pattern: ShiftPattern,
    by: User,
    at: datetime,
    name: str,
    starts: time,
    ends: time,
    weekdays: Collection[int] = (),
    crew: Collection[User] = (),
    last_day: date | None = None,
    weeks: Rotation = (),
    cycle_from: date | None = None,
    on_holidays: str = OnHolidays.AS_USUAL,
    holiday_starts: time | None = None,
    holiday_ends: time | None = None,
) -> ShiftPattern:
    """Change a pattern, and with it the shifts that have not begun; those that something refers to keep their times.

    Only who joins or leaves the usual crew is put on or taken off, so that what was changed by hand for one shift stays.
    """
    permissions.check_plan(by, pattern.team_id)
    with roster_changes(team_id=pattern.team_id, by=by, at=at):
        pattern = generating.lock(pattern)
        before = generating.read_plan(pattern, at)
        _set(pattern, name, starts, ends, weekdays, last_day, (on_holidays, holiday_starts, holiday_ends))
        pattern.save()
        ids = _set_people(pattern, crew, weeks, cycle_from or pattern.cycle_from or pattern.team.local(at).date())
        gone = generating.replan(pattern, before, at=at)
        made = generating.make(pattern, at)
        data = {"crew": sorted(ids), "shifts": [shift.pk for shift in made], "gone": gone}
        audit.record(Event.PATTERN_CHANGED, actor=by, subject=pattern, team_id=pattern.team_id, at=at, data=data)
    return pattern


@transaction.atomic
def end_pattern(*, pattern: ShiftPattern, by: User, at: datetime) -> None:
    """No more shifts from this pattern; those to come that nothing refers to go. Ending it twice changes nothing."""
    permissions.check_plan(by, pattern.team_id)
    with roster_changes(team_id=pattern.team_id, by=by, at=at):
        pattern = generating.lock(pattern)
        if pattern.ended_at:
            return
        pattern.ended_at = at
        pattern.save(update_fields=["ended_at"])
        future = list(pattern.shifts.filter(starts_at__gt=at))
        referred = referred_to([shift.pk for shift in future])
        gone = [shift for shift in future if shift.pk not in referred]
        data = {"gone": [shift.pk for shift in gone]}
        generating.drop(gone, at=at)
        audit.record(Event.PATTERN_ENDED, actor=by, subject=pattern, team_id=pattern.team_id, at=at, data=data)


@transaction.atomic
def generate(pattern: ShiftPattern, *, at: datetime, until: date | None = None) -> list[Shift]:
    """By rule: make the shifts of ``pattern`` up to ``until`` (included; default: 14 days ahead) that are missing, with its crew on them.

    Running it again makes nothing twice, also while a lead changes the pattern. Nobody is told.
    """
    lock_rota(pattern.team_id)
    pattern = generating.lock(pattern)
    made = [] if pattern.ended_at else generating.make(pattern, at, until)
    if made:
        data = {"rule": "shifts.generate", "shifts": [shift.pk for shift in made]}
        audit.record(Event.SHIFTS_MADE, actor=None, subject=pattern, team_id=pattern.team_id, at=at, data=data)
    return made


def generate_all(*, at: datetime) -> int:
    """Keep every team's shifts 14 days ahead; return how many were made."""
    patterns = ShiftPattern.objects.current().select_related("team").order_by("pk")
    behind = [pattern for pattern in patterns if pattern.generated_until is None or pattern.generated_until < generating.last_day(pattern, at)]
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


def _set(
    pattern: ShiftPattern,
    name: str,
    starts: time,
    ends: time,
    weekdays: Collection[int],
    last_day: date | None,
    holidays: tuple[str, time | None, time | None],
) -> None:
    """Set what a pattern says of itself; refuse what cannot be."""
    on_holidays, holiday_starts, holiday_ends = holidays
    if last_day is not None and last_day < pattern.first_day:
        raise Invalid(f"The last day is before the first, {pattern.first_day:%d %b %Y}.", possible="Choose a later day, or none.", field="last_day")
    if on_holidays == OnHolidays.OTHER and (holiday_starts is None or holiday_ends is None):
        raise Invalid("Say from when to when it runs on bank holidays.", field="holiday_starts")
    if on_holidays != OnHolidays.OTHER:
        holiday_starts = holiday_ends = None
    pattern.name, pattern.starts, pattern.ends, pattern.weekdays, pattern.last_day = name, starts, ends, sorted(weekdays), last_day
    pattern.on_holidays, pattern.holiday_starts, pattern.holiday_ends = on_holidays, holiday_starts, holiday_ends


def _set_people(pattern: ShiftPattern, crew: Collection[User], weeks: Rotation, cycle_from: date) -> set[int]:
    """Set the usual crew and the weeks of a rotation; return the ids of the crew."""
    if len(weeks) > MOST_WEEKS:
        raise Invalid(f"A rotation has at most {MOST_WEEKS} weeks.", field="weeks")
    if not (pattern.weekdays or any(weekdays for weekdays, _ in weeks)):
        raise Invalid("Choose at least one day of the week.", field="weekdays")
    ids = _members(pattern.team, crew)
    pattern.crew.set(ids)
    pattern.weeks.all().delete()
    for number, (weekdays, colleagues) in enumerate(weeks, start=1):
        week = PatternWeek.objects.create(pattern=pattern, number=number, weekdays=sorted(weekdays))
        week.crew.set(_members(pattern.team, colleagues))
    pattern.cycle_from = cycle_from if weeks else None
    if weeks:
        pattern.weekdays = sorted({day for weekdays, _ in weeks for day in weekdays})
    pattern.save(update_fields=["cycle_from", "weekdays"])
    return ids


def _members(team: Team, people: Collection[User]) -> set[int]:
    """Their ids, if all are colleagues of the team now."""
    ids = {user.pk for user in people}
    if ids - generating.current(team, ids):
        raise Invalid("Only colleagues of the team are rostered.", possible="Invite them first.", field="crew")
    return ids
