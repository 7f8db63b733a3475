"""What the receiver answers, and what the giver says to it."""

from __future__ import annotations

from typing import Any

from django import forms

from common.text import CleanTextField
from common.widgets import Cards, Described
from handover.handovers.models import Item

LONGEST = 2_000
ACCEPT, DECLINE = "accept", "decline"


class AnswerForm(forms.Form):
    """Accept, with a read-back where it is asked for, or decline with a reason."""

    read_back = CleanTextField(label="In your own words: what will you do, by when, and what if it goes wrong?", max_length=LONGEST, lines=True, required=False)
    answer = forms.ChoiceField(label="Your answer", widget=Cards, initial=ACCEPT)
    reason = CleanTextField(label="Why do you decline?", max_length=LONGEST, lines=True, required=False)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        giver = item.giver.first_name
        self.fields["answer"].choices = [
            (ACCEPT, Described("Accept", hint="You hold it from now on", icon="user-check")),
            (DECLINE, Described("Decline", hint=f"It stays with {giver}, who is told at once", icon="hand-stop")),
        ]
        read_back = self.fields["read_back"]
        read_back.widget.attrs.update({"rows": 5, "class": "tall", "data-read-back": ""})
        read_back.help_text = f"{giver} sees this straight away and can correct it." + (
            "" if item.read_back_needed else " Not asked for by the agreement, and always welcome."
        )
        self.fields["reason"].widget.attrs["rows"] = 2

    def move_arguments(self) -> dict[str, Any]:
        return {"read_back": self.cleaned_data["read_back"]} if self.accepts else {"reason": self.cleaned_data["reason"]}

    @property
    def accepts(self) -> bool:
        """Whether *accept* was chosen; before anything was sent, that is what is proposed."""
        return (self.data.get("answer", ACCEPT) if self.is_bound else ACCEPT) == ACCEPT


class WordsForm(forms.Form):
    """A question, an answer, a reason: some words, under the name that the move gives them."""

    def __init__(self, *args: Any, name: str, label: str, lines: bool = False, needed: bool = True, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = CleanTextField(label=label, max_length=LONGEST, lines=lines, required=needed)
        field.widget.attrs.update({"placeholder": example} if example else {})
        field.widget.attrs.update({"rows": 2} if lines else {})
        self.fields[name] = field


class ReadBackAnswerForm(forms.Form):
    """*Right* or *not quite*."""

    right = forms.ChoiceField(
        label="Is this what you meant?",
        widget=Cards,
        choices=[("yes", Described("Right", icon="circle-check")), ("no", Described("Not quite", hint="Say what is different", icon="help-circle"))],
        initial="yes",
    )
    words = CleanTextField(label="What is not quite right?", max_length=LONGEST, lines=True, required=False)

    def move_arguments(self) -> dict[str, Any]:
        return {"right": self.cleaned_data["right"] == "yes", "words": self.cleaned_data["words"]}
