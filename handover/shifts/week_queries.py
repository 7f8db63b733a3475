"""One week of the rota as a grid: a row for each colleague, a column for each day, on the team's wall clock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import Membership, Team
from common import moments
from handover.shifts import week_notes
from handover.shifts.models import Rostering, Shift
from handover.shifts.pattern_queries import holidays_of
from handover.shifts.week_notes import Line, Note

DAYS = 7
FURTHEST = timedelta(days=730)


@dataclass(frozen=True)
class Day:
    date: date
    words: str
    is_today: bool
    holiday: str


@dataclass(frozen=True)
class Place:
    """One shift in one colleague's cell. ``mark``: why they are not on although they are planned, or in which way they are."""

    value: str
    ref: str
    name: str
    short: str
    hours: str
    is_on: bool
    is_over: bool
    mark: str = ""
    is_away: bool = False


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    roles: str
    cells: tuple[tuple[Day, tuple[Place, ...]], ...]


@dataclass(frozen=True)
class Week:
    days: tuple[Day, ...]
    rows: tuple[Row, ...]
    nobody: tuple[tuple[Day, tuple[Line, ...]], ...]
    twice: tuple[str, ...]
    gaps: tuple[str, ...]
    notes: tuple[Note, ...]
    pairs: str
    has_shifts: bool

    @property
    def words(self) -> str:
        return f"{self.days[0].words} to {self.days[-1].words}"

    @property
    def to_look_at(self) -> int:
        return len(self.gaps) + len(self.twice)

    @property
    def before(self) -> date:
        return self.days[0].date - timedelta(days=DAYS)

    @property
    def after(self) -> date:
        return self.days[-1].date + timedelta(days=1)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.isoweekday() - 1)


def week(team: Team, monday: date, at: datetime, *, ticked: Collection[tuple[int, int]] | None = None) -> Week:
    """Seven days from ``monday``. Five statements, however many colleagues. ``ticked``: what somebody has chosen and not saved yet."""
    last = monday + timedelta(days=DAYS - 1)
    around = {"local_date__gte": monday - timedelta(days=1), "local_date__lte": last + timedelta(days=2)}
    shifts = list(Shift.objects.filter(team=team, **around).order_by("starts_at", "pk"))
    rosterings = list(Rostering.objects.filter(shift__team=team, **{f"shift__{name}": value for name, value in around.items()}).select_related("colleague"))
    on = set(Rostering.objects.effective().filter(pk__in=[one.pk for one in rosterings]).values_list("pk", flat=True))
    crews: dict[int, dict[int, str]] = {}
    for one in rosterings:
        if one.pk in on:
            crews.setdefault(one.shift_id, {})[one.colleague_id] = one.colleague.display_name
    lines = [Line(one.pk, one.ref, one.name, one.local_date, one.starts_at, one.ends_at, crews.get(one.pk, {})) for one in shifts]
    days = _days(team, monday, at)
    here = [line for line in lines if monday <= line.day <= last]
    ids = {line.id for line in here}
    marks = {(one.shift_id, one.colleague_id): one for one in rosterings}
    chosen = {(line.id, pk) for line in here for pk in line.crew}
    shown = chosen if ticked is None else set(ticked)
    rows = tuple(
        Row(pk, name, roles, tuple((day, tuple(_place(line, pk, team, marks, shown, at) for line in here if line.day == day.date)) for day in days))
        for pk, name, roles in _people(team, [one for one in rosterings if one.shift_id in ids])
    )
    nobody = week_notes.empty(lines, monday, last, at)
    return Week(
        days=days,
        rows=rows,
        nobody=tuple((day, tuple(line for line in nobody if line.day == day.date)) for day in days),
        gaps=tuple(f"Nobody on {line.name}, {_day(line.day, at, team)}" for line in nobody),
        twice=tuple(
            f"{name} is on twice at once: {one.name} and {other.name}, {_day(one.day, at, team)}"
            for name, one, other in week_notes.twice(lines, monday, last, at)
        ),
        notes=tuple(week_notes.notes(lines, monday, last)),
        pairs=" ".join(f"{shift_id}-{pk}" for shift_id, pk in sorted(chosen)),
        has_shifts=bool(here),
    )


def _day(day: date, at: datetime, team: Team) -> str:
    year = "" if day.year == team.local(at).year else f" {day.year}"
    return f"{moments.DAY_NAMES[day.weekday()]} {day.day} {moments.MONTH_NAMES[day.month - 1]}{year}"


def _days(team: Team, monday: date, at: datetime) -> tuple[Day, ...]:
    dates = [monday + timedelta(days=number) for number in range(DAYS)]
    holidays = holidays_of([team.pk], dates[0], dates[-1]).get(team.pk, {})
    return tuple(Day(day, _day(day, at, team), day == team.local(at).date(), holidays.get(day, "")) for day in dates)


def _people(team: Team, rosterings: Collection[Rostering]) -> list[tuple[int, str, str]]:
    """The team's colleagues now, and whoever else was on in these days: id, name and job roles, by name."""
    members = Membership.objects.current().filter(team=team, user__kind="person", user__is_active=True).select_related("user").prefetch_related("job_roles")
    found = {one.colleague_id: (one.colleague.display_name, "Not in the team now") for one in rosterings}
    found |= {one.user_id: (one.user.display_name, one.roles_line()) for one in members}
    return sorted(((pk, name, roles) for pk, (name, roles) in found.items()), key=lambda row: (row[1].casefold(), row[0]))


def _place(line: Line, pk: int, team: Team, marks: dict[tuple[int, int], Rostering], shown: set[tuple[int, int]], at: datetime) -> Place:
    mark = marks.get((line.id, pk))
    is_away = mark is not None and bool(mark.away) and pk not in line.crew
    words = ""
    if mark is not None:
        words = mark.get_away_display() if is_away else mark.get_how_display() if mark.how != "rostered" else ""
    return Place(
        value=f"{line.id}-{pk}",
        ref=line.ref,
        name=line.name,
        short=line.name.removesuffix(" shift") or line.name,
        hours=f"{team.local(line.starts_at):%H:%M} to {team.local(line.ends_at):%H:%M}",
        is_on=(line.id, pk) in shown,
        is_over=line.ends_at <= at,
        mark=words,
        is_away=is_away,
    )
