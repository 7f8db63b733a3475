"""What a lead fills in on the week, and for one shift planned by hand."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from accounts.models import Team, User
from common.text import CleanTextField
from common.widgets import ClockInput, DayInput, TickCards
from handover.shifts.forms import colleagues
from handover.shifts.models import Shift

PAIR = re.compile(r"([1-9][0-9]{0,17})-([1-9][0-9]{0,17})")
Pairs = set[tuple[int, int]]


def pairs(values: list[str]) -> Pairs:
    """“7-12” is colleague 12 on shift 7; what is not such a pair is left out."""
    return {(int(found[1]), int(found[2])) for value in values if (found := PAIR.fullmatch(value))}


class WeekForm(forms.Form):
    """Who was on when the page was drawn, and who is ticked now: only the difference is changed, so that what others change meanwhile stays."""

    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def ticked(self) -> Pairs:
        return pairs(self.data.getlist("on"))

    def move_arguments(self) -> dict[str, Any]:
        was, now = pairs(self.cleaned_data["was"].split()), self.ticked()
        return {"on": now - was, "off": was - now}


class ShiftForm(forms.Form):
    """One shift that no pattern makes."""

    name = CleanTextField(label="Name of the shift", max_length=60, help_text="For example: Trade fair desk")
    day = forms.DateField(label="Day", widget=DayInput)
    starts = forms.TimeField(label="Starts", widget=ClockInput)
    ends = forms.TimeField(label="Ends", widget=ClockInput, help_text="A time before the start means the next morning.")
    crew = forms.ModelMultipleChoiceField(label="Who is on?", queryset=User.objects.none(), required=False, widget=TickCards(columns="three"))

    def __init__(self, *args: Any, team: Team, day: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": day}, **kwargs)
        self.fields["crew"].queryset = colleagues(team)


class TimesForm(forms.Form):
    starts = forms.TimeField(label="Starts", widget=ClockInput)
    ends = forms.TimeField(label="Ends", widget=ClockInput, help_text="A time before the start means the next morning.")

    def __init__(self, *args: Any, shift: Shift, **kwargs: Any) -> None:
        local = shift.team.local
        super().__init__(*args, initial={"starts": local(shift.starts_at).time(), "ends": local(shift.ends_at).time()}, prefix="times", **kwargs)
