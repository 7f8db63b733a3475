"""How a kind of notice looks in the list, and what the button beside it says. No database."""

from __future__ import annotations

from typing import NamedTuple

from handover.notifications.models import Kind


class Look(NamedTuple):
    """``edge``: "hotline" for what is late, "warmline" for what falls due; empty for the rest."""

    tone: str
    icon: str
    act: str = "Open"
    edge: str = ""


LOOKS = {
    Kind.OFFERED: Look("wait", "hourglass-high", "Read and answer"),
    Kind.ACCEPTED: Look("info", "user-check"),
    Kind.READ_BACK: Look("ask", "help-circle", "Say if it is right"),
    Kind.READ_BACK_ANSWERED: Look("info", "message-circle"),
    Kind.DECLINED: Look("late", "hand-stop", "Open", "hotline"),
    Kind.QUERIED: Look("ask", "help-circle", "Answer"),
    Kind.QUERY_ANSWERED: Look("ask", "message-circle", "Read and answer"),
    Kind.QUERY_WAITS: Look("late", "help-circle", "Answer", "hotline"),
    Kind.WITHDRAWN: Look("grey", "minus"),
    Kind.NOT_ACCEPTED: Look("late", "alert-triangle", "Open", "hotline"),
    Kind.OFFER_LAPSED: Look("late", "clock-pause", "Open", "hotline"),
    Kind.LAPSED: Look("late", "clock-pause", "Open", "hotline"),
    Kind.NOTHING_OFFERED: Look("wait", "switch-horizontal", "Hand over", "warmline"),
    Kind.NO_ONE_ELIGIBLE: Look("late", "user-x", "Open", "hotline"),
    Kind.OVERRIDDEN: Look("wait", "flag"),
    Kind.CHECK_ASKED: Look("wait", "bell-ringing", "Answer", "warmline"),
    Kind.CHECK_WAITS: Look("late", "bell-ringing", "Open", "hotline"),
    Kind.OUTCOME: Look("ok", "circle-check"),
    Kind.UNABLE: Look("late", "circle-x", "Decide", "hotline"),
    Kind.FOLLOW_UP_WAITS: Look("late", "flag", "Decide", "hotline"),
    Kind.DECIDED: Look("info", "check"),
    Kind.ESCALATED: Look("late", "flag", "Open", "hotline"),
    Kind.TAKEN_BACK: Look("grey", "arrow-back-up"),
    Kind.REASSIGNED: Look("wait", "user-plus"),
    Kind.IN_POOL: Look("late", "users-group", "Open", "hotline"),
    Kind.PROMISE: Look("wait", "clock", "Open", "warmline"),
    Kind.PROMISE_CHANGED: Look("info", "clock"),
    Kind.CHASED: Look("late", "phone", "Open", "hotline"),
    Kind.REOPENED: Look("wait", "rotate-clockwise"),
    Kind.ADDED: Look("info", "note"),
    Kind.OWN_REMINDER: Look("wait", "bell-ringing", "Open", "warmline"),
    Kind.BY_RULE: Look("late", "clock-pause", "Open", "hotline"),
    Kind.LEFT_UNACCEPTED: Look("late", "alert-triangle", "Open", "hotline"),
    Kind.CARRIED: Look("late", "flag", "Decide", "hotline"),
    Kind.BACK_AGAIN: Look("wait", "clock", "Open", "warmline"),
    Kind.PROPOSED: Look("wait", "hourglass-high", "Read and answer"),
    Kind.AGREEMENT_WAITS: Look("late", "hourglass-high", "Read and answer", "warmline"),
    Kind.PROPOSAL_ANSWERED: Look("ask", "message-circle"),
    Kind.AGREED: Look("ok", "circle-check"),
    Kind.PROPOSAL_ENDED: Look("grey", "minus"),
    Kind.AGREEMENT_REVIEW: Look("wait", "calendar", "Review", "warmline"),
    Kind.PROCEDURE: Look("wait", "route", "Read"),
    Kind.POLICY: Look("wait", "note", "Read"),
    Kind.ROSTERED: Look("info", "calendar"),
    Kind.SWAP_OFFERED: Look("ask", "switch-horizontal", "Answer"),
    Kind.SWAP_ANSWERED: Look("info", "switch-horizontal"),
    Kind.SWAP_WAITS: Look("wait", "switch-horizontal", "Decide"),
    Kind.AWAY: Look("info", "user-x"),
    Kind.SHIFT_NOTE: Look("info", "note"),
    Kind.REPORT_WAITS: Look("wait", "note", "Sign"),
    Kind.REPORT: Look("info", "note"),
    Kind.LEFT_TEAM: Look("wait", "user-x", "Open", "warmline"),
    Kind.SUGGESTED: Look("info", "bulb"),
    Kind.SUGGESTION_DISCUSSED: Look("info", "message-circle"),
    Kind.SUGGESTION_ANSWERED: Look("info", "message-circle"),
    Kind.REVIEW_OPENED: Look("wait", "clipboard-list", "Give my view"),
    Kind.REVIEW_WAITS: Look("late", "clipboard-list", "Give my view", "warmline"),
    Kind.REVIEW_TO_CLOSE: Look("wait", "clipboard-check", "Conclude", "warmline"),
    Kind.REVIEW_CLOSED: Look("ok", "clipboard-check"),
    Kind.REVIEW_SAID: Look("info", "message-circle"),
    Kind.OBSERVE: Look("wait", "eye-check", "Observe"),
    Kind.OBSERVED: Look("info", "eye-check"),
    Kind.OBSERVATION_HEARD: Look("info", "message-circle"),
    Kind.IMPROVING: Look("wait", "trending-up", "Read and answer"),
    Kind.IMPROVEMENT_WAITS: Look("late", "trending-up", "Read and answer", "warmline"),
    Kind.IMPROVEMENT_HEARD: Look("ask", "message-circle"),
    Kind.IMPROVEMENT_ON: Look("ok", "circle-check"),
    Kind.IMPROVEMENT_DUE: Look("wait", "calendar-due", "Open", "warmline"),
    Kind.IMPROVEMENT_DONE: Look("ok", "check"),
    Kind.IMPROVEMENT_JUDGE: Look("wait", "help-circle", "Say if it worked", "warmline"),
    Kind.IMPROVEMENT_OVER: Look("info", "flag"),
    Kind.SHARING_WEEK: Look("info", "chart-histogram"),
    Kind.DIGEST: Look("info", "mail"),
}
