"""The demo's shifts: on the wall clock, and such that the interesting change of shifts is always near.

Each team has an anchor, the end of the shift that runs now; its patterns are told in minutes from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import Team
from demo.teams import CENTRE, HOTEL, JOINED, SHOP, Cast
from handover.shifts import operations as shifts
from handover.shifts.calendar import days, span
from handover.shifts.models import Rostering, Shift

PAST = 17
"""Days with shifts before today; after today there are as many as the product plans ahead."""
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


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
    """One pattern, planned when the team began; shifts that are over are written down here, and owe nobody a reminder."""
    starts, ends = (team.local(anchor(team.name, now) + timedelta(minutes=minutes)) for minutes in (pattern.starts, pattern.ends))
    first = starts.date() - timedelta(days=PAST)
    crew = [cast.people[name] for name in pattern.crew]
    plan = {"name": pattern.name, "starts": starts.time(), "ends": ends.time(), "weekdays": EVERY_DAY, "first_day": first}
    kept = shifts.add_pattern(team=team, by=cast.lead_of(team.name), at=now - JOINED, crew=crew, **plan)
    times = {day: span(day, kept.starts, kept.ends, team.tz) for day in days(first, starts.date(), EVERY_DAY)}
    over = [(day, time) for day, time in times.items() if time and time[1] <= now]
    made = Shift.objects.bulk_create(
        Shift(team=team, pattern=kept, name=pattern.name, local_date=day, starts_at=starts_at, ends_at=ends_at) for day, (starts_at, ends_at) in over
    )
    Rostering.objects.bulk_create(Rostering(shift=shift, colleague=colleague) for shift in made for colleague in crew)
    shifts.generate(kept, at=now)
