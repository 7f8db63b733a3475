"""What is pressed on a proposal: an answer, a comment, a decision, and taking it back. And on an agreement: it still holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from common.text import CleanTextField
from common.widgets import DayInput
from handover.agreements.agreeing import Says
from handover.agreements.wording import LINES


class AnswerForm(forms.Form):
    """“I agree”, or “not yet, because”: each way of not agreeing has words of its own."""

    answer = forms.ChoiceField(label="Your answer", choices=Says.choices)
    line = forms.ChoiceField(label="Which line?", choices=[("", "The whole of it"), *((line, line) for line in LINES)], required=False)
    instead = CleanTextField(label="What instead?", max_length=2_000, lines=True, required=False)
    because = CleanTextField(label="Why keep it?", max_length=2_000, lines=True, required=False)
    read = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in ("instead", "because"):
            self.fields[name].widget.attrs["rows"] = 2

    def move_arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        words = {Says.CHANGE: cleaned["instead"], Says.KEEP: cleaned["because"]}.get(Says(cleaned["answer"]), "")
        return {"answer": cleaned["answer"], "words": words, "line": cleaned["line"], "read": cleaned["read"]}


class CommentForm(forms.Form):
    comment = CleanTextField(label="Your comment", max_length=2_000, lines=True, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["comment"].widget.attrs["rows"] = 2

    def move_arguments(self) -> dict[str, Any]:
        return {"words": self.cleaned_data["comment"]}


class DecideForm(forms.Form):
    """After the deadline, by a lead."""

    in_force = forms.ChoiceField(label="What do you decide?", choices=[("yes", "Put it in force"), ("no", "Keep what we have")])
    reason = CleanTextField(label="Why you decide it without everybody", max_length=1_000, lines=True, required=False)

    def move_arguments(self) -> dict[str, Any]:
        return {"in_force": self.cleaned_data["in_force"] == "yes", "reason": self.cleaned_data["reason"]}


class WithdrawForm(forms.Form):
    reason = CleanTextField(label="Why it is withdrawn", max_length=1_000, lines=True, required=False)


class ReviewForm(forms.Form):
    review_on: forms.DateField = forms.DateField(label="Look at it again on", widget=DayInput)

    def move_arguments(self) -> dict[str, date]:
        return {"review_on": self.cleaned_data["review_on"]}
