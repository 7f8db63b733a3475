"""Writes to single lines of the rota: put somebody on a shift, mark them away, bring them back, and what each of them is owed for it.

A line stays where it was planned; a mark says that its colleague is not on, and why. Callers hold the lock of the team's rota.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from handover.due import operations as due
from handover.due.limits import NOTHING_OFFERED_BEFORE
from handover.due.models import Rule
from handover.due.operations import Owed
from handover.shifts.absence_models import Absence
from handover.shifts.models import Away, How, Rostering, Shift

ON = {"away": "", "away_from": None, "away_until": None}


def put_on(shift: Shift, colleague_id: int, *, at: datetime, how: How = How.ROSTERED, replaces_id: int | None = None, absence: Absence | None = None) -> None:
    """This colleague is on the shift now; where a line of theirs stands marked away, that one is used again."""
    marks = {**ON, "how": how, "replaces_id": replaces_id, "absence": absence, "marked_at": None if how == How.ROSTERED else at}
    Rostering.objects.update_or_create(shift=shift, colleague_id=colleague_id, defaults=marks)
    due.cancel(shift, rules=OWED, person_id=colleague_id, at=at)
    remind([(shift, colleague_id)], at)


def take_off(lines: Iterable[Rostering], *, at: datetime) -> None:
    """These lines go: they were made for a change that is undone, or by mistake."""
    for line in lines:
        due.cancel(line.shift, rules=OWED, person_id=line.colleague_id, at=at)
        line.delete()


def mark_away(line: Rostering, why: Away, *, at: datetime, absence: Absence | None = None) -> None:
    """The colleague of this line is not on, for the whole shift or for the part that an absence by time takes."""
    line.away, line.absence, line.marked_at = why, absence, at
    timed = absence if absence and not absence.whole_days else None
    line.away_from = timed.starts_at if timed and timed.starts_at > line.shift.starts_at else None
    line.away_until = timed.ends_at if timed and timed.ends_at and timed.ends_at < line.shift.ends_at else None
    line.save(update_fields=["away", "absence", "marked_at", "away_from", "away_until"])
    if line.away_until is None:
        due.cancel(line.shift, rules=OWED, person_id=line.colleague_id, at=at)


def bring_back(lines: Iterable[Rostering], *, at: datetime) -> None:
    """These colleagues are on again, as they were planned."""
    for line in lines:
        was_reminded = line.away_until is not None
        for name, value in {**ON, "absence": None, "marked_at": at}.items():
            setattr(line, name, value)
        line.save(update_fields=["away", "away_from", "away_until", "absence", "marked_at"])
        if not was_reminded:
            remind([(line.shift, line.colleague_id)], at)


def back_from_now(lines: Iterable[Rostering], *, at: datetime) -> None:
    """These colleagues come back in the middle of a shift: they were away until now."""
    for line in lines:
        was_reminded = line.away_until is not None
        line.away_until = at
        line.save(update_fields=["away_until"])
        if not was_reminded:
            remind([(line.shift, line.colleague_id)], at)


OWED = [Rule.NOTHING_OFFERED]
"""What falls due for each colleague on a shift."""


def remind(pairs: Iterable[tuple[Shift, int]], at: datetime) -> None:
    """30 and 10 minutes before the end of a shift, everybody on it is reminded who has offered nothing yet."""
    rows = [
        Owed(Rule.NOTHING_OFFERED, shift, shift.team_id, shift.ends_at - before, step, colleague_id)
        for shift, colleague_id in pairs
        for step, before in enumerate(NOTHING_OFFERED_BEFORE, start=1)
        if shift.ends_at - before > at
    ]
    due.owe(*rows, at=at)
