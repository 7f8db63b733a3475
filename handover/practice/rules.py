"""The rules of a practice are the real ones: the same functions refuse, with the same sentences. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping

from common.errors import Invalid
from handover.checks.states import Outcome
from handover.followups.models import Decision
from handover.moves import Entry
from handover.moves.accept import check_read_back
from handover.moves.answer import check_why
from handover.moves.offer import check_information
from handover.practice.stories import Story


def give(*, story: Story, words: Mapping[str, str], answers: Mapping[int, str], missing_reason: str) -> None:
    """Raise ``InformationMissing`` as a real offer would."""
    entry = Entry(action_id=0, answers=answers, missing_reason=missing_reason, **words)
    check_information([(story.action, entry, story.version)])


def accept(*, read_back: str) -> None:
    check_read_back(read_back, needed=True)


def answer(*, outcome: str, words: str) -> None:
    """In the story it could not be done; that is the case in which the rules ask for most."""
    if outcome != Outcome.UNABLE:
        raise Invalid("In this story it could not be done.", possible="Choose “Unable”: a true answer lets somebody decide what happens next.", field="outcome")
    check_why(words)


def decide(*, decision: str, words: str) -> None:
    Decision(decision)
