"""What a shift's end makes due: the handover window opens before it, the change is counted at it, and what is still held is offered after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from handover.due import operations as due
from handover.due.limits import BY_RULE_AFTER, WINDOW_BEFORE
from handover.due.models import Rule
from handover.due.operations import Owed
from handover.shifts.models import Shift

OF_AN_END = [Rule.WINDOW_OPENS, Rule.SHIFT_ENDED]
COUNT, OFFER = 1, 2
"""The steps of “shift ended”: the change is counted; 15 minutes later, what is still held is offered by rule."""


def owe_ends(shifts: Iterable[Shift], *, at: datetime) -> None:
    """Owe what the ends of these shifts make due, in place of what was owed before; call it where shifts are made or get other times.

    Who is on a shift is asked when a row fires, so a change of the crew owes nothing anew.
    """
    to_come = [shift for shift in shifts if shift.ends_at > at]
    due.cancel(*to_come, rules=OF_AN_END, at=at)
    due.owe(*(row for shift in to_come for row in _rows(shift)), at=at)


def _rows(shift: Shift) -> Iterator[Owed]:
    yield Owed(Rule.WINDOW_OPENS, shift, shift.team_id, shift.ends_at - WINDOW_BEFORE)
    yield Owed(Rule.SHIFT_ENDED, shift, shift.team_id, shift.ends_at, COUNT)
    yield Owed(Rule.SHIFT_ENDED, shift, shift.team_id, shift.ends_at + BY_RULE_AFTER, OFFER)
