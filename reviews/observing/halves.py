"""The halves of a month, after each of which handovers are drawn, and how chance draws them. No database."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

FIRST_OF_SECOND = 16
SETTLED = timedelta(days=2)
"""How long after its half a handover is drawn: by then its completion was asked and answered, or was not."""
MORNING = time(8)


@dataclass(frozen=True)
class Half:
    """A half of a calendar month; ``until`` is not included. What is drawn after it comes from the whole month so far."""

    month: date
    until: date

    def drawn_from(self, zone: tzinfo) -> datetime:
        """The instant from which its handovers may be drawn: the second morning after it, on the team's wall clock."""
        return datetime.combine(self.until + SETTLED, MORNING, tzinfo=zone)

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """From the month's first moment (included) to the end of the half (not included), on the team's wall clock."""
        return datetime.combine(self.month, time(), tzinfo=zone), datetime.combine(self.until, time(), tzinfo=zone)


def due_halves(at: datetime, zone: tzinfo) -> list[Half]:
    """The end of last month and the first half of this one, as far as they may be drawn at ``at``; what an outage left out before is not made up."""
    today = at.astimezone(zone).date()
    this = today.replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    before = (last - timedelta(days=1)).replace(day=1)
    halves = [Half(before, last), Half(last, last.replace(day=FIRST_OF_SECOND)), Half(last, this), Half(this, this.replace(day=FIRST_OF_SECOND))]
    ready = [half for half in halves if half.drawn_from(zone) <= at]
    return [half for half in ready[-2:] if half == ready[-1] or half.month != ready[-1].month]


def by_lot(item_ids: Collection[int], *, team_id: int, month: date) -> list[int]:
    """The ids in the order in which chance draws them: the same for the same team and month whenever and by whomever it is asked."""
    return sorted(item_ids, key=lambda item_id: hashlib.sha256(f"{team_id}/{month:%Y-%m}/{item_id}".encode()).digest())
