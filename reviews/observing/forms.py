"""What is said about an observed handover."""

from __future__ import annotations

from typing import Any

from django import forms

from common.text import CleanTextField
from common.widgets import Cards
from reviews.observing.models import Observation, Saw
from reviews.observing.points import NAMES, POINTS

LONG = 2_000
CHOICES = [(value, label.capitalize()) for value, label in Saw.choices]


class ObserveForm(forms.Form):
    """The four points, and words. Seen already: what was said stands in it."""

    def __init__(self, data: Any = None, *, observation: Observation) -> None:
        super().__init__(data, initial={name: getattr(observation, name) for name in (*NAMES, "words")})
        for point in POINTS:
            self.fields[point.name] = forms.ChoiceField(
                label=point.question, choices=CHOICES, widget=Cards(columns="three"), error_messages={"required": "Say yes, no, or cannot tell."}
            )
        self.fields["words"] = CleanTextField(
            label="What you saw",
            max_length=LONG,
            lines=True,
            required=False,
            help_text="About the work, not the person. Needed where you say no.",
        )
        self.fields["words"].widget.attrs["rows"] = 3

    def points(self) -> list[Any]:
        return [self[name] for name in NAMES]

    def move_arguments(self) -> dict[str, Any]:
        return {"saw": {name: self.cleaned_data[name] for name in NAMES}, "words": self.cleaned_data["words"]}


class CommentForm(forms.Form):
    comment = CleanTextField(label="What do you think of it?", max_length=LONG, lines=True, help_text="Who observed it and the leads read it.")

    def __init__(self, data: Any = None, *, observation: Observation) -> None:
        super().__init__(data, prefix="comment", initial={"comment": observation.comment})
        self.fields["comment"].widget.attrs["rows"] = 3


class SetAsideForm(forms.Form):
    why = CleanTextField(label="Why can nobody observe it?", max_length=300, help_text="For example: it was handed over on the phone, and nobody was there.")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="aside")
