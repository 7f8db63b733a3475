"""What a week's rota says about handing over: overlaps, gaps, shifts without anybody, people on twice. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from common import moments


@dataclass(frozen=True)
class Line:
    """A shift with the names of those who are on, by id."""

    id: int
    ref: str
    name: str
    day: date
    starts_at: datetime
    ends_at: datetime
    crew: dict[int, str]

    def overlaps(self, other: Line) -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Note:
    """``warm`` where a spoken handover can happen."""

    words: str
    warm: bool


def following(line: Line, lines: Sequence[Line]) -> Line | None:
    """The shift that takes over: the one that runs at this one's end and began later, else the next to start."""
    running = [other for other in lines if other.starts_at > line.starts_at and other.starts_at < line.ends_at < other.ends_at]
    later = [other for other in lines if other.starts_at >= line.ends_at]
    return next(iter(running or later), None)


def notes(lines: Sequence[Line], first: date, last: date) -> list[Note]:
    """One note for each pair of shifts that follow each other in the same way, with the days on which they do. ``lines`` by start."""
    found: dict[tuple[str, str, timedelta], list[date]] = {}
    for line in lines:
        after = following(line, lines)
        if after is not None and first <= line.day <= last:
            found.setdefault((line.name, after.name, line.ends_at - after.starts_at), []).append(line.day)
    every = (last - first).days + 1
    return [Note(_words(*pair, days=days, every=every), warm=pair[2] > timedelta()) for pair, days in found.items()]


def _words(before: str, after: str, shared: timedelta, *, days: list[date], every: int) -> str:
    when = "" if len(set(days)) == every else f" ({', '.join(moments.DAY_NAMES[day.weekday()] for day in sorted(set(days)))})"
    if shared > timedelta():
        return f"{before} and {after} overlap by {moments.span(shared)}: a spoken handover can happen{when}."
    if shared == timedelta():
        return f"{before} and {after} do not overlap: a spoken handover can’t happen{when}."
    return f"{before} and {after} do not overlap, with {moments.span(shared)} between them: a spoken handover can’t happen{when}."


def empty(lines: Sequence[Line], first: date, last: date, at: datetime) -> list[Line]:
    """Shifts to come in these days that nobody is on."""
    return [line for line in lines if first <= line.day <= last and line.ends_at > at and not line.crew]


def twice(lines: Sequence[Line], first: date, last: date, at: datetime) -> list[tuple[str, Line, Line]]:
    """Colleagues who are on two shifts at the same time: their name, and the two."""
    found = []
    for number, one in enumerate(lines):
        for other in lines[number + 1 :]:
            if one.overlaps(other) and max(one.ends_at, other.ends_at) > at and first <= one.day <= last:
                found += [(name, one, other) for pk, name in sorted(one.crew.items(), key=lambda pair: pair[1]) if pk in other.crew]
    return found
