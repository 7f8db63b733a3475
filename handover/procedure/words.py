"""Who does what when work is passed on, in the words of the domain: the same for every team. No database."""

from __future__ import annotations

from typing import NamedTuple


class Duty(NamedTuple):
    who: str
    icon: str
    sentences: tuple[str, ...]


GIVER = Duty(
    "When I hand over",
    "transfer",
    (
        "An action stays mine until a colleague has accepted it. If they decline, or nobody accepts in time, I still hold it.",
        "I write what they cannot know: the situation, what was promised, what is done, the next step, what to do if it goes wrong.",
        "I answer every question that the agreement says must travel with it.",
        "I answer their questions, and say whether what they read back is right.",
        "I keep what I passed on in view until I have seen how it ended. If it could not be completed, I decide what happens next.",
        "I hand over, or say that there is nothing to hand over, before my shift ends.",
    ),
)
TAKER = Duty(
    "When I take over",
    "inbox",
    (
        "I read it, ask what is unclear, and then accept it, or decline with a reason. The time to accept is agreed.",
        "Once I have accepted, it is mine: I see it through, keep the promise, or pass it on in the same way.",
        "When I am asked whether it was completed, I answer. If it is not, I say when it will be, or why it cannot be.",
    ),
)
LEAD = Duty(
    "As a lead",
    "users-group",
    (
        "I hear of what is late: not accepted, not answered, not decided, a promise that has passed.",
        "I may give an action to somebody else, or let a colleague go past a rule, always with a reason that is kept.",
        "I decide about services, agreements and the rota, and after the deadline about a proposal that not everybody has agreed to.",
    ),
)


def duties(*, is_lead: bool) -> list[Duty]:
    return [GIVER, TAKER, *([LEAD] if is_lead else [])]
