"""Which shift receives, where another team may be the one that does."""

from __future__ import annotations

from datetime import datetime

from handover.shifts.queries import Slot, Timetable


def receiving_slot(own: Timetable, theirs: Timetable, *, giver_id: int, at: datetime, during: bool) -> Slot | None:
    """The shift of ``theirs`` that receives from ``giver_id`` of ``own``: the running one *during* a shift; else the incoming one.

    In another team the incoming shift is the one that runs when the giver's own shift ends, else the next to start after that.
    """
    if theirs.team_id == own.team_id:
        return own.target(giver_id, at, during=during)
    if during:
        return theirs.running(at)
    outgoing = own.outgoing(giver_id, at)
    ends = outgoing.ends_at if outgoing else at
    running = theirs.running(ends)
    return running or next((slot for slot in theirs.slots if slot.starts_at >= ends), None)
