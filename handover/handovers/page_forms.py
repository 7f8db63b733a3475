"""What can be pressed on a handover's page: each verb with its form and its move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from common.widgets import MomentInput
from handover import moves
from handover.handovers.receive_forms import ReadBackAnswerForm, WordsForm

FormMaker = Callable[..., forms.BaseForm]


class RemindForm(forms.Form):
    remind_at = forms.DateTimeField(label="Remind me at", widget=MomentInput)


@dataclass(frozen=True)
class Verb:
    """``said``: what the next page says, where the move was made."""

    form: FormMaker
    move: Callable[..., Any]
    said: str


def _words(**about: Any) -> FormMaker:
    return lambda data=None, **kwargs: WordsForm(data, **about, **kwargs)


VERBS: Mapping[str, Verb] = {
    "answer": Verb(_words(name="text", label="Your answer", lines=True), moves.answer_query, "Answered. The time to accept ran on meanwhile."),
    "read-back": Verb(ReadBackAnswerForm, moves.answer_read_back, "Your answer to the read-back is sent."),
    "withdraw": Verb(_words(name="reason", label="Why?", needed=False), moves.withdraw, "Withdrawn. It stays where it was."),
    "take-back": Verb(_words(name="reason", label="Why?", lines=True, needed=False), moves.take_back, "You hold it again."),
    "outcome-seen": Verb(forms.Form, moves.see_outcome, "Seen. It has left your watch list."),
    "not-so": Verb(_words(name="reason", label="What is not so?", lines=True), moves.not_so, "Reopened. Your colleague is told what is left to do."),
    "remind": Verb(RemindForm, moves.remind_me, "You will be reminded."),
}
