"""The life of one version of an agreement."""

from django.db import models

from common.errors import InvalidTransition


class State(models.TextChoices):
    DRAFT = "draft", "draft"
    PROPOSED = "proposed", "proposed"
    IN_FORCE = "in_force", "in force"
    ENDED = "ended", "no longer in force"
    WITHDRAWN = "withdrawn", "withdrawn"
    REFUSED = "refused", "not agreed"


NEXT = {
    State.DRAFT: {State.PROPOSED, State.IN_FORCE},
    State.PROPOSED: {State.IN_FORCE, State.WITHDRAWN, State.REFUSED},
    State.IN_FORCE: {State.ENDED},
    State.ENDED: set(),
    State.WITHDRAWN: set(),
    State.REFUSED: set(),
}


def check_next(now: str, then: State) -> None:
    """Raise ``InvalidTransition`` unless a version in state ``now`` may become ``then``."""
    if then not in NEXT[State(now)]:
        sentence = f"A version that is “{State(now).label}” cannot become “{then.label}”."
        raise InvalidTransition(sentence, possible="Open the agreement to see what is in force, and propose a change to that.")
