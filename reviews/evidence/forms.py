"""What a colleague chooses and writes about their evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from common.text import CleanTextField
from common.widgets import Cards, DayInput, Described
from reviews.evidence.models import Evidence, Standard

LONG, LONGEST_STATEMENT = 500, 3_000
STANDARDS = (
    (Standard.A, Described("Standard A", hint="22 lines: 11 on what you do, 11 on what you know")),
    (Standard.B, Described("Standard B", hint="17 lines: 10 on what you do, 7 on what you know")),
)
DAYS = ((7, "7 days"), (30, "30 days"), (90, "90 days"))


class PeriodForm(forms.Form):
    """Which standard, and which days."""

    standard = forms.ChoiceField(label="Which standard do you work towards?", choices=STANDARDS, widget=Cards(columns="two"))
    since = forms.DateField(label="From", widget=DayInput)
    until = forms.DateField(label="To", widget=DayInput, required=False, help_text="Leave it empty for “up to today”.")

    def __init__(self, data: Any = None, *, evidence: Evidence | None, since: date) -> None:
        known = {"standard": evidence.standard, "since": evidence.since, "until": evidence.until} if evidence else {"standard": Standard.A, "since": since}
        super().__init__(data, initial=known)


class OffForm(forms.Form):
    forget = forms.BooleanField(label="Also forget what I picked and wrote", required=False)


class PickForm(forms.Form):
    words = CleanTextField(label="What does it show?", max_length=LONG, lines=True, required=False, help_text="In your own words, without naming the customer.")

    def __init__(self, data: Any = None, *, event: int, words: str = "") -> None:
        super().__init__(data, prefix=f"e{event}", initial={"words": words})
        self.fields["words"].widget.attrs["rows"] = 2


class StatementForm(forms.Form):
    words = CleanTextField(
        label="In my own words",
        max_length=LONGEST_STATEMENT,
        lines=True,
        required=False,
        help_text="How you do this, or what you know of it and why it matters. It stands above the records. Name no customer.",
    )

    def __init__(self, data: Any = None, *, words: str = "") -> None:
        super().__init__(data, initial={"words": words})
        self.fields["words"].widget.attrs["rows"] = 4


class LinkForm(forms.Form):
    name = CleanTextField(
        label="Who is it for?",
        max_length=80,
        help_text="For example “Ms Ford, assessor”. Only you see this.",
        error_messages={"required": "Say who it is for, so that you know later which link to revoke."},
    )
    days = forms.TypedChoiceField(label="How long should it work?", coerce=int, choices=DAYS, initial=30, widget=Cards(columns="three"))
