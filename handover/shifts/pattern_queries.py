"""Patterns as plans: their weeks, exceptions and bank holidays, read at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from handover.shifts import bank_holidays
from handover.shifts.models import OnHolidays, ShiftPattern
from handover.shifts.pattern_models import HolidayPlace, PatternException, PatternWeek
from handover.shifts.planning import Hours, Otherwise, Plan, Week

YEARS = 2
"""Bank holidays are asked for so many years from the day a plan is read for."""


def plan_of(pattern: ShiftPattern, *, near: date) -> Plan:
    """What ``pattern`` says about the days from a year before ``near`` to two years after it."""
    return plans_of([pattern], near=near)[pattern.pk]


def plans_of(patterns: Collection[ShiftPattern], *, near: date) -> dict[int, Plan]:
    """By id. Five statements, however many patterns (of one team)."""
    ids = [pattern.pk for pattern in patterns]
    weeks: dict[int, list[Week]] = {}
    for row in PatternWeek.objects.filter(pattern__in=ids).prefetch_related("crew"):
        weeks.setdefault(row.pattern_id, []).append(Week(frozenset(row.weekdays), frozenset(user.pk for user in row.crew.all())))
    others: dict[int, list[Otherwise]] = {}
    for one in PatternException.objects.filter(pattern__in=ids, last_day__gte=near - timedelta(days=366)).order_by("-pk"):
        others.setdefault(one.pattern_id, []).append(Otherwise(one.first_day, one.last_day, Hours(one.starts, one.ends) if one.starts and one.ends else None))
    crews: dict[int, set[int]] = {}
    for pattern_id, user_id in ShiftPattern.crew.through.objects.filter(shiftpattern__in=ids).values_list("shiftpattern_id", "user_id"):
        crews.setdefault(pattern_id, set()).add(user_id)
    holidays = holidays_of({pattern.team_id for pattern in patterns}, near - timedelta(days=366), near + timedelta(days=366 * YEARS))
    return {
        pattern.pk: Plan(
            zone=pattern.team.tz,
            hours=Hours(pattern.starts, pattern.ends),
            weeks=tuple(weeks.get(pattern.pk, [Week(frozenset(pattern.weekdays))])),
            first_day=pattern.first_day,
            last_day=pattern.last_day,
            cycle_from=pattern.cycle_from,
            crew=frozenset(crews.get(pattern.pk, ())),
            exceptions=tuple(others.get(pattern.pk, ())),
            holidays=holidays.get(pattern.team_id, {}),
            holiday_hours=_on_holidays(pattern),
        )
        for pattern in patterns
    }


def holidays_of(team_ids: Collection[int], first: date, last: date) -> dict[int, dict[date, str]]:
    """Bank holidays of these teams by day, with their names; a team that keeps none has no line."""
    places = HolidayPlace.objects.filter(team__in=team_ids)
    return {place.team_id: bank_holidays.between(place.country, place.region, first, last) for place in places}


def _on_holidays(pattern: ShiftPattern) -> Hours | None:
    if pattern.on_holidays == OnHolidays.AS_USUAL:
        return Hours(pattern.starts, pattern.ends)
    if pattern.holiday_starts and pattern.holiday_ends:
        return Hours(pattern.holiday_starts, pattern.holiday_ends)
    return None
