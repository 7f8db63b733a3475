"""What a pattern says about a day: whether it runs, at which times, and who is on. Arithmetic over dates; no database."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from handover.shifts import calendar


@dataclass(frozen=True)
class Hours:
    """On the wall clock; an end at or before the start is on the next morning."""

    starts: time
    ends: time


@dataclass(frozen=True)
class Week:
    """One week of a rotation: ISO weekdays, and who is on besides the usual crew."""

    weekdays: frozenset[int]
    crew: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Otherwise:
    """Days (both included) with other hours; ``None``: it does not run."""

    first: date
    last: date
    hours: Hours | None


@dataclass(frozen=True)
class Plan:
    """A pattern, read once and asked about many days.

    ``weeks`` follow each other for ever, the first of them holding ``cycle_from``; weeks begin on Monday. Of ``exceptions`` the
    first that holds a day decides, before bank holidays do; neither makes it run on a weekday that its week does not name.
    """

    zone: tzinfo
    hours: Hours
    weeks: tuple[Week, ...]
    first_day: date
    last_day: date | None = None
    cycle_from: date | None = None
    crew: frozenset[int] = frozenset()
    exceptions: tuple[Otherwise, ...] = ()
    holidays: Container[date] = field(default_factory=frozenset)
    holiday_hours: Hours | None = None

    def week_number(self, day: date) -> int:
        """Which week of the rotation ``day`` falls in, counted from 0; also before it began."""
        if self.cycle_from is None:
            return 0
        return (_monday(day) - _monday(self.cycle_from)).days // 7 % len(self.weeks)

    def hours_on(self, day: date) -> Hours | None:
        if day < self.first_day or (self.last_day is not None and day > self.last_day):
            return None
        if day.isoweekday() not in self.weeks[self.week_number(day)].weekdays:
            return None
        for other in self.exceptions:
            if other.first <= day <= other.last:
                return other.hours
        return self.holiday_hours if day in self.holidays else self.hours

    def span_on(self, day: date) -> tuple[datetime, datetime] | None:
        """Start and end (UTC) of the shift that starts on ``day``, if there is one."""
        hours = self.hours_on(day)
        return calendar.span(day, hours.starts, hours.ends, self.zone) if hours else None

    def crew_on(self, day: date) -> frozenset[int]:
        """Ids of those who are usually on the shift of that day."""
        return self.crew | self.weeks[self.week_number(day)].crew


def _monday(day: date) -> date:
    return day - timedelta(days=day.isoweekday() - 1)
