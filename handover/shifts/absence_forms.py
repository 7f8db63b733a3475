"""What somebody fills in to be away."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Team, User
from common.text import CleanTextField
from common.widgets import Cards, DayInput, Described, MomentInput
from handover.shifts.absence import of_days
from handover.shifts.forms import colleagues

LONGEST_REASON = 500
DAYS, TIMES = "days", "times"
TOLD = [(DAYS, Described("Whole days", data={"show": "days"})), (TIMES, Described("By time", hint="Part of a shift", data={"show": "times"}))]


class AbsenceForm(forms.Form):
    """``colleague`` only for leads: others tell their own."""

    colleague = forms.ModelChoiceField(label="Who is away?", queryset=User.objects.none(), empty_label=None)
    told = forms.ChoiceField(label="For how long?", choices=TOLD, initial=DAYS, widget=Cards(columns="two"))
    first = forms.DateField(label="First day", required=False, widget=DayInput)
    last = forms.DateField(label="Last day", required=False, widget=DayInput, help_text="Included. Empty: until further notice.")
    starts = forms.DateTimeField(label="From", required=False, widget=MomentInput)
    ends = forms.DateTimeField(label="Until", required=False, widget=MomentInput, help_text="Empty: until further notice.")
    stand_in = forms.ModelChoiceField(label="Who stands in?", queryset=User.objects.none(), required=False, empty_label="Nobody yet")
    reason = CleanTextField(
        label="Why?",
        max_length=LONGEST_REASON,
        lines=True,
        required=False,
        help_text="Only you and the leads of the team see it.",
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, team: Team, user: User, may_plan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team, self.user = team, user
        people = colleagues(team)
        self.fields["stand_in"].queryset = people if may_plan else people.exclude(pk=user.pk)
        if may_plan:
            self.fields["colleague"].queryset = people
        else:
            del self.fields["colleague"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name, sentence = ("starts", "Say from when.") if cleaned.get("told") == TIMES else ("first", "Choose the first day.")
        if name not in self.errors and not cleaned.get(name):
            self.add_error(name, sentence)
        for field in ("first", "last", "starts", "ends"):
            if cleaned.get(field) and not 2000 <= cleaned[field].year < 2100:
                self.add_error(field, "This must lie between the years 2000 and 2100.")
        first, last = cleaned.get("first"), cleaned.get("last")
        if cleaned.get("told") != TIMES and first and last and last < first:
            self.add_error("last", "The last day is before the first.")
        return cleaned

    def move_arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        whole = cleaned["told"] == DAYS
        starts_at, ends_at = of_days(self.team, cleaned["first"], cleaned["last"]) if whole else (cleaned["starts"], cleaned["ends"])
        who = cleaned.get("colleague") or self.user
        return {
            "colleague": who,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "whole_days": whole,
            "stand_in": cleaned["stand_in"],
            "reason": cleaned["reason"],
        }
