"""How each state looks: a tone, an icon and a word. Templates never spell a state; they name it and get all three.

The keys are the values of the state tables, and what a screen derives from them and the clock (*late*, *check_due* …).
"""

from typing import NamedTuple


class Look(NamedTuple):
    tone: str
    icon: str
    word: str


LOOKS = {
    "held": Look("grey", "user", "Held by you"),
    "pool": Look("wait", "users-group", "In the team pool"),
    "draft": Look("grey", "pencil", "Draft"),
    "offered": Look("wait", "hourglass-high", "Waiting to be accepted"),
    "late": Look("late", "alert-triangle", "Not accepted"),
    "queried": Look("ask", "help-circle", "Question asked"),
    "accepted": Look("info", "user-check", "Accepted"),
    "declined": Look("late", "hand-stop", "Declined"),
    "withdrawn": Look("grey", "minus", "Withdrawn"),
    "lapsed": Look("late", "clock-pause", "Lapsed"),
    "taken_back": Look("grey", "arrow-back-up", "Taken back"),
    "ended": Look("ok", "eye-check", "Seen through"),
    "set": Look("info", "calendar-time", "Check set"),
    "asked": Look("wait", "message-circle", "Asked how it went"),
    "check_due": Look("wait", "bell-ringing", "Check due"),
    "check_overdue": Look("late", "bell-ringing", "Check overdue"),
    "says_done": Look("ask", "clock-check", "Says done, not seen"),
    "answered": Look("ask", "clock-check", "Answered, not seen"),
    "cancelled": Look("grey", "minus", "Not needed"),
    "completed": Look("ok", "circle-check", "Completed"),
    "partly": Look("wait", "circle-half-2", "Partly completed"),
    "not_yet": Look("wait", "clock-pause", "Not yet"),
    "unable": Look("late", "circle-x", "Unable to complete"),
    "not_needed": Look("grey", "minus", "No longer needed"),
    "follow_up": Look("late", "flag", "What happens next?"),
    "escalated": Look("late", "flag", "Escalated"),
    "imported": Look("grey", "history", "Imported"),
}


class Wire(NamedTuple):
    """The line between two faces: its class, its icon, and what stands between the names when read aloud."""

    css: str
    icon: str
    said: str


WIRES = {
    "wait": Wire("w", "hourglass-high", "waiting for"),
    "late": Wire("l", "alert-triangle", "not accepted by"),
    "ok": Wire("o", "circle-check", "completed by"),
    "info": Wire("f", "arrow-right-circle", "accepted by"),
    "ask": Wire("q", "help-circle", "question from"),
    "grey": Wire("n", "minus", "no longer with"),
}

_WIRES_OF_STATES = {
    "late": WIRES["late"],
    "declined": Wire("l", "hand-stop", "declined by"),
    "lapsed": Wire("l", "clock-pause", "lapsed with"),
    "check_due": WIRES["info"],
    "check_overdue": WIRES["info"],
    "set": WIRES["info"],
    "asked": WIRES["info"],
    "not_yet": WIRES["info"],
    "partly": Wire("f", "circle-half-2", "partly completed by"),
    "unable": Wire("l", "circle-x", "could not be completed by"),
    "follow_up": Wire("l", "circle-x", "could not be completed by"),
    "says_done": Wire("o", "circle-check", "said to be done by"),
    "answered": Wire("f", "clock-check", "answered by"),
    "draft": Wire("n", "pencil", "being written for"),
}


def look_of(state: object) -> Look:
    """The look of a state, given as its value or as a member of its enumeration; an unknown one is grey and says its own name."""
    key = str(getattr(state, "value", state))
    return LOOKS.get(key) or Look("grey", "minus", key.replace("_", " ").capitalize())


def wire_of(state: object) -> Wire:
    key = str(getattr(state, "value", state))
    return _WIRES_OF_STATES.get(key) or WIRES.get(look_of(key).tone, WIRES["grey"])
