"""What a lead fills in for the rota."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from accounts.models import Team, User
from common.text import CleanTextField
from common.widgets import ClockInput, TickCards
from handover.shifts.models import Shift, ShiftPattern

WEEKDAYS = [(1, "Monday"), (2, "Tuesday"), (3, "Wednesday"), (4, "Thursday"), (5, "Friday"), (6, "Saturday"), (7, "Sunday")]


def days_in_words(weekdays: Collection[int]) -> str:
    """“Every day”, “Monday to Friday”, “Saturday, Sunday”."""
    days = sorted(weekdays)
    names = dict(WEEKDAYS)
    if len(days) == 7:
        return "Every day"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{names[days[0]]} to {names[days[-1]]}"
    return ", ".join(names[day] for day in days)


def colleagues(team: Team) -> Any:
    """Whom a lead may roster: the team's colleagues now."""
    return User.objects.persons().filter(memberships__team=team, memberships__ended_at__isnull=True).order_by("display_name", "pk")


class PatternForm(forms.Form):
    """A shift that repeats. An end at or before the start is on the next morning."""

    name = CleanTextField(label="Name of the shift", max_length=60, help_text="For example: Late")
    starts = forms.TimeField(label="Starts", widget=ClockInput)
    ends = forms.TimeField(label="Ends", widget=ClockInput, help_text="A time before the start means the next morning.")
    weekdays = forms.TypedMultipleChoiceField(
        label="On which days?",
        choices=WEEKDAYS,
        coerce=int,
        widget=TickCards(columns="four"),
        error_messages={"required": "Choose at least one day of the week."},
    )
    crew = forms.ModelMultipleChoiceField(label="Who is usually on it?", queryset=User.objects.none(), required=False, widget=TickCards(columns="three"))

    def __init__(self, *args: Any, team: Team, pattern: ShiftPattern | None = None, **kwargs: Any) -> None:
        initial = {"weekdays": [1, 2, 3, 4, 5, 6, 7]}
        if pattern is not None:
            initial = {"name": pattern.name, "starts": pattern.starts, "ends": pattern.ends, "weekdays": pattern.weekdays, "crew": list(pattern.crew.all())}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["crew"].queryset = colleagues(team)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("starts") and cleaned.get("starts") == cleaned.get("ends"):
            self.add_error("ends", "A shift of a whole day needs two patterns, for example 07:00 to 19:00 and 19:00 to 07:00.")
        return cleaned


class CrewForm(forms.Form):
    colleagues = forms.ModelMultipleChoiceField(label="Who is on?", queryset=User.objects.none(), required=False, widget=TickCards(columns="three"))

    def __init__(self, *args: Any, shift: Shift, **kwargs: Any) -> None:
        super().__init__(*args, initial={"colleagues": [rostering.colleague_id for rostering in shift.rosterings.all()]}, **kwargs)
        self.fields["colleagues"].queryset = colleagues(shift.team)
