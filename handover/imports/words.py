"""What other systems call the states of their cases, and how pressing they are. An unknown word is kept as it is, and reported."""

import re

from handover.actions.states import State
from handover.due.limits import Urgency

OPENING = frozenset({"new", "open", "opened", "created", "registered"})
OPEN = OPENING | {
    "active",
    "assigned",
    "in progress",
    "on hold",
    "pending",
    "reopened",
    "work in progress",
    "awaiting evidence",
    "awaiting problem",
    "awaiting user info",
    "awaiting vendor",
}
RESOLVED = frozenset({"resolved", "solved"})
CLOSED = frozenset({"closed", "closed complete", "complete", "completed", "done"})
NOT_NEEDED = frozenset({"canceled", "cancelled", "closed incomplete", "closed skipped", "no longer needed", "rejected"})
OVER = CLOSED | NOT_NEEDED
KNOWN = OPEN | RESOLVED | OVER

_FIRST_WORD = re.compile(r"\w*")
_URGENT = {"1", "critical", "p1", "urgent"}
_SOON = {"2", "high", "p2", "soon"}


def state_for(status: str) -> State | None:
    """The state of an action whose last row has this status; ``None`` while it is open, or where the word is unknown."""
    word = status.casefold()
    if word in NOT_NEEDED:
        return State.NOT_NEEDED
    if word in CLOSED or word in RESOLVED:
        return State.COMPLETED
    return None


def urgency_for(priority: str) -> Urgency:
    """By the number or the word that a priority begins with, as in “1 - Critical”. Nothing known is *routine*."""
    match = _FIRST_WORD.match(priority.casefold())
    word = match[0] if match else ""
    if word in _URGENT:
        return Urgency.URGENT
    return Urgency.SOON if word in _SOON else Urgency.ROUTINE
