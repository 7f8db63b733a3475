"""From the wall clock to instants. Arithmetic over time zones; no database.

One rule for starts and ends alike, so that shifts that touch on the clock touch in UTC: a time that happens twice
(clocks go back) means the first, a time that never happens (clocks go forward) the first instant after the gap.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

SECOND = timedelta(seconds=1)


def instant(day: date, clock: time, zone: tzinfo) -> datetime:
    """The instant (UTC) at which the wall clock of ``zone`` shows ``clock`` on ``day``."""
    early = datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
    late = datetime.combine(day, clock.replace(fold=1), tzinfo=zone).astimezone(UTC)
    if late >= early:  # once, or twice: the first time
        return early
    return _end_of_gap(late, early, zone)


def _end_of_gap(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The instant at which the clocks went forward, known to lie after ``before`` and at most at ``after``; to the second."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def span(day: date, starts: time, ends: time, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """Start and end (UTC) of the shift that starts on ``day``; an end at or before the start is on the next day.

    ``None`` where the whole shift falls into the hour that the clocks skip.
    """
    last = day if ends > starts else day + timedelta(days=1)
    begin, finish = instant(day, starts, zone), instant(last, ends, zone)
    return (begin, finish) if finish > begin else None


def days(first: date, last: date, weekdays: Collection[int]) -> Iterator[date]:
    """The days from ``first`` to ``last`` (both included) that fall on ``weekdays`` (ISO numbers, Monday is 1)."""
    day = first
    while day <= last:
        if day.isoweekday() in weekdays:
            yield day
        day += timedelta(days=1)
