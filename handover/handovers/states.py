"""The life of an item: one action on offer."""

from django.db import models

from common.errors import InvalidTransition


class State(models.TextChoices):
    OFFERED = "offered", "waiting to be accepted"
    QUERIED = "queried", "question asked"
    ACCEPTED = "accepted", "accepted"
    DECLINED = "declined", "declined"
    WITHDRAWN = "withdrawn", "withdrawn"
    LAPSED = "lapsed", "lapsed"
    TAKEN_BACK = "taken_back", "taken back"
    ENDED = "ended", "seen through"


ON_OFFER = [State.OFFERED, State.QUERIED]

NEXT = {
    State.OFFERED: {
        State.QUERIED,
        State.ACCEPTED,
        State.DECLINED,
        State.WITHDRAWN,
        State.LAPSED,
    },
    State.QUERIED: {
        State.OFFERED,
        State.ACCEPTED,
        State.DECLINED,
        State.WITHDRAWN,
        State.LAPSED,
    },
    State.ACCEPTED: {State.LAPSED, State.TAKEN_BACK, State.ENDED},
    State.DECLINED: {State.OFFERED, State.QUERIED},
    State.WITHDRAWN: set(),
    State.LAPSED: set(),
    State.TAKEN_BACK: set(),
    State.ENDED: {State.ACCEPTED},
}
"""Declined → on offer is the undo of a decline within 30 s; ended → accepted is the reopening of the action."""


def check_next(now: str, then: State) -> None:
    """Raise ``InvalidTransition`` unless an item in state ``now`` may become ``then``."""
    if then not in NEXT[State(now)]:
        raise InvalidTransition(f"An item that is “{State(now).label}” cannot become “{then.label}”.", possible="Open the action to see where it stands now.")
