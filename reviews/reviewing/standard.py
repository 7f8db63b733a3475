"""The forms that every team starts with, what can stand beside a question, and the advice on how to review. Data; no database."""

from __future__ import annotations

from dataclasses import dataclass

from reviews.reviewing.cycle_models import AnswerKind
from reviews.sharing.figures import FIGURES

SCALE = ("Never", "Sometimes", "Mostly", "Always")
HINT = "What works, and what would you change?"
USUAL, FULL = "Five questions", "Every point of the standard"

PARTS = {
    "details": "Which details were missing",
    "worst_time": "When most was accepted late",
    "read_backs": "Read-backs that were not right the first time",
    "past_why": "Why rules were gone past",
    "oldest": "The five oldest open actions",
    "observations": "What observers saw",
}
"""What can stand beside a question and is no figure."""
EVIDENCE = {**{name: figure.label for name, figure in FIGURES.items()}, **PARTS}


@dataclass(frozen=True)
class Asked:
    """A question of a form, with the evidence that stands beside it."""

    question: str
    evidence: tuple[str, ...] = ()
    hint: str = HINT
    kind: str = AnswerKind.SCALE
    options: tuple[str, ...] = ()


INFORMATION = Asked("Is the required information given when we hand over?", ("missing", "details", "queries"))
MOMENT = Asked("Do we hand over at the right moment?", ("in_time", "worst_time", "bounced", "gone_past", "past_why"))
UNDERSTOOD = Asked("Do we check that colleagues have understood?", ("read_back_right", "read_backs", "observations"))
COMPLETED = Asked("Do we ask if it was completed?", ("asked_in_time", "answered_in_time", "complete_by_check"))
NOT_COMPLETED = Asked("What happens when it was not?", ("unable", "followed_up", "not_chased", "oldest"), kind=AnswerKind.TEXT)

FORMS: dict[str, tuple[Asked, ...]] = {
    USUAL: (INFORMATION, MOMENT, UNDERSTOOD, COMPLETED, NOT_COMPLETED),
    FULL: (
        Asked("Do we know which of our services rely on teamwork?", ("given",)),
        Asked("Is it clear at which steps information has to change hands?", ("bounced", "passed_on")),
        MOMENT,
        Asked("Is information exchanged in the way that we agreed?", ("observations", "reading")),
        INFORMATION,
        UNDERSTOOD,
        Asked("Do we keep in sight what colleagues still have to complete for us?", ("carried_far", "oldest")),
        COMPLETED,
        NOT_COMPLETED,
        Asked("Do the changes that we agreed last time work?", ("in_time", "missing")),
        Asked("Do we follow the policies that apply to what we hand over?", ("gone_past", "past_why")),
    ),
}

GUIDE = (
    ("Look at the evidence first", "Read what stands beside the question before you answer. A number is where to look, not the answer."),
    ("About the work, never about people", "Ask what made it hard to do right: the form, the time, the place. Name no colleague and no customer."),
    ("Say what you saw yourself", "One example from your own shifts tells more than an opinion. What works is worth saying, too."),
    ("Few are few", "Under 5 handovers nothing is shown, and 2 of 10 can be chance. Look for what comes again."),
    ("One change at a time", "Choose the one change that would help most. With several at once, nobody can tell later which of them worked."),
    ("An owner, a day and a figure", "An improvement needs somebody who sees to it, a day by which it is done, and the figure that should move."),
    ("Look again", "Four weeks later compare before and after: keep it, adjust it, or undo it."),
)
"""How to review, for who has never done it: (what, how)."""
