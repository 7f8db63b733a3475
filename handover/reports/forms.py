"""Signing a report, and adding to one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from common.text import CleanTextField
from handover.reports.models import Side


class SignForm(forms.Form):
    """One press for who is on the shift; the two fields are for signing on behalf of a colleague who is absent."""

    side = forms.ChoiceField(choices=Side.choices, widget=forms.HiddenInput)
    on_behalf_of = forms.TypedChoiceField(label="On behalf of", coerce=int, empty_value=None, required=False)
    reason = CleanTextField(label="Why?", max_length=300, required=False, help_text="For example: she went home ill.")

    def __init__(self, *args: Any, crew: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on_behalf_of"].choices = [("", "Choose a colleague"), *((str(pk), name) for pk, name in crew.items())]


class AddForm(forms.Form):
    text = CleanTextField(
        label="Add or correct", max_length=2_000, lines=True, help_text="What was signed stays as it is; this stands below it, with your name and the time."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 2
