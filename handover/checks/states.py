"""The life of a completion check, and what its answer may be."""

from django.db import models

from common.errors import InvalidTransition


class State(models.TextChoices):
    SET = "set", "set"
    ASKED = "asked", "asked"
    ANSWERED = "answered", "answered"
    CANCELLED = "cancelled", "not needed"


UNANSWERED = [State.SET, State.ASKED]

NEXT = {
    State.SET: {State.ASKED, State.ANSWERED, State.CANCELLED},
    State.ASKED: {State.ASKED, State.ANSWERED, State.CANCELLED},
    State.ANSWERED: set(),
    State.CANCELLED: set(),
}


class Outcome(models.TextChoices):
    COMPLETED = "completed", "completed"
    PARTLY = "partly", "partly completed"
    NOT_YET = "not_yet", "not yet"
    UNABLE = "unable", "unable to complete"
    NOT_NEEDED = "not_needed", "no longer needed"


FINAL = [Outcome.COMPLETED, Outcome.NOT_NEEDED]


def check_next(now: str, then: State) -> None:
    """Raise ``InvalidTransition`` unless a check in state ``now`` may become ``then``."""
    if then not in NEXT[State(now)]:
        raise InvalidTransition(f"A check that is “{State(now).label}” cannot become “{then.label}”.", possible="Open the action to see where it stands now.")
