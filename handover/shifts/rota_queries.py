"""The days ahead as the rota shows them: a row for each day, a column for each pattern, on the team's wall clock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from accounts.models import Team
from common import moments
from handover.shifts.models import Shift, ShiftPattern
from handover.shifts.queries import WHO_IS_ON

DAYS = 14


@dataclass(frozen=True)
class Column:
    """A pattern; without one, what was planned by hand or is left of a pattern that has ended."""

    pattern_id: int | None
    name: str
    hours: str


@dataclass(frozen=True)
class Planned:
    """A shift in its cell. ``hours`` and ``note`` only where they are not what the head of the column says."""

    ref: str
    name: str
    crew: tuple[str, ...]
    runs: bool
    hours: str = ""
    note: str = ""


@dataclass(frozen=True)
class Day:
    day: date
    words: str
    is_today: bool
    cells: tuple[tuple[Column, tuple[Planned, ...]], ...] = field(default=())


def days_ahead(team: Team, patterns: Collection[ShiftPattern], at: datetime) -> tuple[list[Column], list[Day]]:
    """The columns, and fourteen days from the one on which the first shift that is not over began. Two statements."""
    today = team.local(at).date()
    found = list(Shift.objects.filter(team=team, ends_at__gt=at, local_date__lt=today + timedelta(days=DAYS)).prefetch_related(WHO_IS_ON))
    columns = [Column(pattern.pk, pattern.name, f"{pattern.starts:%H:%M} to {pattern.ends:%H:%M}") for pattern in patterns]
    if any(shift.pattern_id not in {column.pattern_id for column in columns} for shift in found):
        columns.append(Column(None, "Other shifts", ""))
    if not found:
        return columns, []
    first = min(shift.local_date for shift in found)
    days = [first + timedelta(days=number) for number in range((today - first).days + DAYS)]
    by_pattern = {pattern.pk: pattern for pattern in patterns}
    return columns, [_day(day, columns, [shift for shift in found if shift.local_date == day], by_pattern, team, at) for day in days]


def _day(day: date, columns: list[Column], shifts: list[Shift], patterns: dict[int, ShiftPattern], team: Team, at: datetime) -> Day:
    here: dict[int | None, list[Planned]] = {}
    for shift in shifts:
        pattern = patterns.get(shift.pattern_id or 0)
        here.setdefault(pattern.pk if pattern else None, []).append(_planned(shift, pattern, team, at))
    cells = tuple((column, tuple(here.get(column.pattern_id, ()))) for column in columns)
    words = moments.day(datetime.combine(day, time(12), tzinfo=team.tz), at, team.tz)
    return Day(day, words, day == team.local(at).date(), cells)


def _planned(shift: Shift, pattern: ShiftPattern | None, team: Team, at: datetime) -> Planned:
    starts, ends = team.local(shift.starts_at), team.local(shift.ends_at)
    as_usual = pattern is not None and (starts.time(), ends.time()) == (pattern.starts, pattern.ends)
    wall = ends.replace(tzinfo=None) - starts.replace(tzinfo=None)
    lasts = shift.ends_at - shift.starts_at
    note = "" if lasts == wall else f"The clocks change: it lasts {moments.span(lasts)}"
    crew = tuple(sorted(rostering.colleague.display_name for rostering in shift.rosterings.all()))
    runs = shift.starts_at <= at < shift.ends_at
    return Planned(shift.ref, shift.name, crew, runs, "" if as_usual else f"{starts:%H:%M} to {ends:%H:%M}", note)
