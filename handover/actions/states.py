"""The life of an action."""

from django.db import models

from common.errors import InvalidTransition


class State(models.TextChoices):
    HELD = "held", "held"
    POOL = "pool", "in the team pool"
    COMPLETED = "completed", "completed"
    NOT_NEEDED = "not_needed", "no longer needed"


NEXT = {
    State.HELD: {State.HELD, State.POOL, State.COMPLETED, State.NOT_NEEDED},
    State.POOL: {State.HELD, State.POOL, State.COMPLETED, State.NOT_NEEDED},
    State.COMPLETED: {State.HELD, State.POOL},
    State.NOT_NEEDED: {State.HELD, State.POOL},
}


def check_next(now: str, then: State) -> None:
    """Raise ``InvalidTransition`` unless an action in state ``now`` may become ``then``."""
    if then not in NEXT[State(now)]:
        raise InvalidTransition(
            f"An action that is “{State(now).label}” cannot become “{then.label}”.",
            possible="Reopen it first, with a reason." if State(now) not in (State.HELD, State.POOL) else "",
        )
