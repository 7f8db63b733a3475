"""Writes about single days of a pattern: exceptions, and whose bank holidays a team keeps."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from accounts.models import Team, User
from audit import operations as audit
from common.errors import Invalid
from handover.events import Event
from handover.shifts import bank_holidays, generating, permissions
from handover.shifts.changes import roster_changes
from handover.shifts.models import ShiftPattern
from handover.shifts.pattern_models import HolidayPlace, PatternException
from handover.shifts.planning import Plan


@transaction.atomic
def add_exception(
    *,
    pattern: ShiftPattern,
    by: User,
    at: datetime,
    first_day: date,
    last_day: date | None = None,
    starts: time | None = None,
    ends: time | None = None,
    why: str = "",
) -> PatternException:
    """From ``first_day`` to ``last_day`` (both included; default: that day) the pattern does not run or, with both times, runs at these.

    Shifts to come change with it; those that something refers to keep their times. The exception written down last decides about a day.
    """
    permissions.check_plan(by, pattern.team_id)
    if (starts is None) != (ends is None):
        raise Invalid("Give a start and an end, or neither where it does not run.", field="ends" if ends is None else "starts")
    if starts is not None and starts == ends:
        raise Invalid("It starts and ends at the same time.", possible="Choose another end.", field="ends")
    last = last_day or first_day
    if last < first_day:
        raise Invalid("The last day is before the first.", possible="Swap them.", field="last_day")
    if last < pattern.team.local(at).date():
        raise Invalid("These days are over.", possible="What was worked stays as it was.", field="last_day" if last_day else "first_day")
    with roster_changes(team_id=pattern.team_id, by=by, at=at):
        pattern = generating.lock(pattern)
        before = generating.read_plan(pattern, at)
        made = PatternException.objects.create(pattern=pattern, first_day=first_day, last_day=last, starts=starts, ends=ends, why=why)
        _carry_out(Event.EXCEPTION_ADDED, pattern, before, by=by, at=at, exception=made.pk)
    return made


@transaction.atomic
def remove_exception(*, exception: PatternException, by: User, at: datetime) -> None:
    """The pattern runs again as if there had been no exception. Removing it twice changes nothing."""
    permissions.check_plan(by, exception.pattern.team_id)
    with roster_changes(team_id=exception.pattern.team_id, by=by, at=at):
        pattern = generating.lock(exception.pattern)
        before = generating.read_plan(pattern, at)
        pk = exception.pk
        if PatternException.objects.filter(pk=pk).delete()[0]:
            _carry_out(Event.EXCEPTION_REMOVED, pattern, before, by=by, at=at, exception=pk)


def _carry_out(event: Event, pattern: ShiftPattern, before: Plan, *, by: User, at: datetime, exception: int) -> None:
    gone = generating.replan(pattern, before, at=at)
    made = [] if pattern.ended_at else generating.make(pattern, at)
    data = {"exception": exception, "shifts": [shift.pk for shift in made], "gone": gone}
    audit.record(event, actor=by, subject=pattern, team_id=pattern.team_id, at=at, data=data)


@transaction.atomic
def set_holiday_place(*, team: Team, by: User, at: datetime, country: str, region: str = "") -> None:
    """Keep the bank holidays of a country, or of one region of it; an empty country: none. Patterns that ask for it change at once."""
    permissions.check_plan(by, team.pk)
    if country and not bank_holidays.is_known(country, ""):
        raise Invalid(f"No bank holidays are known for “{country}”.", possible="Choose a country from the list.", field="country")
    if region and not bank_holidays.is_known(country, region):
        raise Invalid(f"“{region}” is not a region of {country}.", possible="Choose one from the list, or none.", field="region")
    with roster_changes(team_id=team.pk, by=by, at=at):
        patterns = [generating.lock(pattern) for pattern in ShiftPattern.objects.current().filter(team=team).order_by("pk")]
        before = {pattern.pk: generating.read_plan(pattern, at) for pattern in patterns}
        if country:
            HolidayPlace.objects.update_or_create(team=team, defaults={"country": country, "region": region})
        else:
            HolidayPlace.objects.filter(team=team).delete()
        gone, made = [], []
        for pattern in patterns:
            gone += generating.replan(pattern, before[pattern.pk], at=at)
            made += generating.make(pattern, at)
        data = {"place": f"{country} {region}".strip(), "shifts": [shift.pk for shift in made], "gone": gone}
        audit.record(Event.HOLIDAYS_SET, actor=by, subject=team, team_id=team.pk, at=at, data=data)
