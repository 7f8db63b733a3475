"""The demo's shifts: on the wall clock, and such that the interesting change of shifts is always near.

Each team has an anchor, the end of the shift that runs now; its patterns are told in minutes from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accounts.models import Team
from demo.teams import CENTRE, HOTEL, SHOP, Cast
from handover.shifts.models import Rostering, Shift, ShiftPattern

PAST, AHEAD = 16, 9
"""Days with shifts, before and after today."""


@dataclass(frozen=True)
class Pattern:
    """``starts`` and ``ends`` in minutes from the team's anchor."""

    name: str
    starts: int
    ends: int
    crew: tuple[str, ...]


ANCHORS = {HOTEL: 36, CENTRE: 15, SHOP: 95}
"""In how many minutes, rounded to five, the shift that runs now ends."""

PATTERNS: dict[str, tuple[Pattern, ...]] = {
    HOTEL: (
        Pattern("Early shift", -975, -465, ("callum", "helen", "ines")),
        Pattern("Late shift", -480, 0, ("amara", "zofia", "dev", "marek")),
        Pattern("Night shift", -15, 480, ("tom", "priya", "grace")),
    ),
    CENTRE: (
        Pattern("Day shift", -525, 0, ("leila", "jamie", "sana", "nadia")),
        Pattern("Late shift", -45, 480, ("kofi", "ellie", "rhys")),
        Pattern("Night shift", 435, 960, ("mina", "graham")),
    ),
    SHOP: (
        Pattern("Morning shift", -480, 0, ("sam", "bea", "imran")),
        Pattern("Afternoon shift", -30, 420, ("hollie", "yusuf", "pete")),
    ),
}


def rounded(at: datetime) -> datetime:
    """To the nearest five minutes."""
    past = timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    return at - past + (timedelta(minutes=5) if past >= timedelta(minutes=2.5) else timedelta())


def anchor(team_name: str, now: datetime) -> datetime:
    return rounded(now + timedelta(minutes=ANCHORS[team_name]))


def make(cast: Cast, *, now: datetime) -> None:
    for name, patterns in PATTERNS.items():
        team = cast.teams[name]
        for pattern in patterns:
            make_pattern(cast, team, pattern, now=now)


def make_pattern(cast: Cast, team: Team, pattern: Pattern, *, now: datetime) -> None:
    """One pattern with its shifts and who is on them."""
    starts, ends = (team.local(anchor(team.name, now) + timedelta(minutes=minutes)) for minutes in (pattern.starts, pattern.ends))
    first, last = starts.date() - timedelta(days=PAST), starts.date() + timedelta(days=AHEAD)
    crew = [cast.people[name] for name in pattern.crew]
    kept = ShiftPattern.objects.create(
        team=team,
        name=pattern.name,
        starts=starts.time(),
        ends=ends.time(),
        weekdays=[1, 2, 3, 4, 5, 6, 7],
        first_day=first,
        generated_until=last,
    )
    kept.crew.set(crew)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    shifts = Shift.objects.bulk_create(shift_on(day, team, kept) for day in days)
    Rostering.objects.bulk_create(Rostering(shift=shift, colleague=colleague) for shift in shifts for colleague in crew)


def shift_on(day: date, team: Team, pattern: ShiftPattern) -> Shift:
    next_morning = timedelta(days=1 if pattern.ends <= pattern.starts else 0)
    starts_at, ends_at = instant(day, pattern.starts, team), instant(day + next_morning, pattern.ends, team)
    return Shift(team=team, pattern=pattern, name=pattern.name, local_date=day, starts_at=starts_at, ends_at=ends_at)


def instant(day: date, clock: time, team: Team) -> datetime:
    return datetime.combine(day, clock, tzinfo=team.tz)
