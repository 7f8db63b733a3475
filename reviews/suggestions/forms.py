"""What people type about a suggestion."""

from __future__ import annotations

from typing import Any

from django import forms

from common.text import CleanTextField
from common.widgets import Cards
from reviews.suggestions.models import Decision
from reviews.suggestions.places import LONGEST, page_of_ours

LONG = 2_000


class SuggestionForm(forms.Form):
    words = CleanTextField(label="What could be better?", max_length=LONG, lines=True, help_text="For example: ask for the room number before the name.")
    about_path = forms.CharField(max_length=LONGEST, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, about: str = "") -> None:
        super().__init__(data, initial={"about_path": page_of_ours(about)})
        self.fields["words"].widget.attrs["rows"] = 4


class DiscussForm(forms.Form):
    words = CleanTextField(label="What do you think?", max_length=LONG, lines=True)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="discuss")
        self.fields["words"].widget.attrs["rows"] = 2


class AnswerForm(forms.Form):
    decision = forms.ChoiceField(label="What becomes of it", choices=[(value, label.capitalize()) for value, label in Decision.choices], widget=Cards)
    words = CleanTextField(label="Why, or what happens next", max_length=LONG, lines=True, required=False, help_text="Needed for “not now”.")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="answer")
        self.fields["words"].widget.attrs["rows"] = 2
