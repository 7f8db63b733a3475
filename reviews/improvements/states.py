"""The life of an improvement: agreed by those concerned, carried out, and judged by what it did."""

from django.db import models

from common.errors import InvalidTransition


class State(models.TextChoices):
    PROPOSED = "proposed", "being agreed"
    AGREED = "agreed", "agreed"
    DONE = "done", "done"
    JUDGED = "judged", "judged"
    WITHDRAWN = "withdrawn", "withdrawn"


NEXT = {
    State.PROPOSED: {State.AGREED, State.WITHDRAWN},
    State.AGREED: {State.DONE, State.WITHDRAWN},
    State.DONE: {State.JUDGED},
    State.JUDGED: set(),
    State.WITHDRAWN: set(),
}
OPEN = (State.PROPOSED, State.AGREED, State.DONE)


def check_next(now: str, then: State) -> None:
    """Raise ``InvalidTransition`` unless an improvement in state ``now`` may become ``then``."""
    if then not in NEXT[State(now)]:
        sentence = f"An improvement that is “{State(now).label}” cannot become “{then.label}”."
        raise InvalidTransition(sentence, possible="Open it to see what happened meanwhile, or propose another one.")
