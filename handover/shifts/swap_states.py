"""The life of a swap: offered by one colleague to another, answered, and where the team wants it decided by a lead."""

from django.db import models

from common.errors import InvalidTransition


class State(models.TextChoices):
    OFFERED = "offered", "offered"
    AGREED = "agreed", "waits for a lead"
    MADE = "made", "made"
    DECLINED = "declined", "declined"
    REFUSED = "refused", "refused by a lead"
    WITHDRAWN = "withdrawn", "withdrawn"
    LAPSED = "lapsed", "ran out"


OPEN = [State.OFFERED, State.AGREED]

NEXT = {
    State.OFFERED: {State.AGREED, State.MADE, State.DECLINED, State.WITHDRAWN, State.LAPSED},
    State.AGREED: {State.MADE, State.REFUSED, State.WITHDRAWN, State.LAPSED},
    State.MADE: set(),
    State.DECLINED: set(),
    State.REFUSED: set(),
    State.WITHDRAWN: set(),
    State.LAPSED: set(),
}


def check_next(now: str, then: State) -> None:
    """Raise ``InvalidTransition`` unless a swap in state ``now`` may become ``then``."""
    if then not in NEXT[State(now)]:
        raise InvalidTransition(f"A swap that is “{State(now).label}” cannot become “{then.label}”.", possible="Look at the rota, or offer another swap.")
