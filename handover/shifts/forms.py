"""What a lead fills in for the rota."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from django import forms

from accounts.models import Team, User
from common.text import CleanTextField
from common.widgets import Cards, ClockInput, DayInput, Described, TickCards
from handover.shifts.bank_holidays import places
from handover.shifts.models import OnHolidays, Shift, ShiftPattern

WEEKDAYS = [(1, "Monday"), (2, "Tuesday"), (3, "Wednesday"), (4, "Thursday"), (5, "Friday"), (6, "Saturday"), (7, "Sunday")]
MOST_IN_THE_FORM = 6
CYCLES = [(1, Described("Every week", data={"show": "weekly"}))] + [
    (number, Described(f"Over {number} weeks", hint="A rotation", data={"show": "rotation " + " ".join(f"week-{one}" for one in range(1, number + 1))}))
    for number in range(2, MOST_IN_THE_FORM + 1)
]
HOLIDAYS = [
    (value, Described(str(label).capitalize(), data={"show": "holiday-hours" if value == OnHolidays.OTHER else "-"})) for value, label in OnHolidays.choices
]


def days_in_words(weekdays: Collection[int]) -> str:
    """“Every day”, “Monday to Friday”, “Saturday, Sunday”."""
    days = sorted(weekdays)
    names = dict(WEEKDAYS)
    if len(days) == 7:
        return "Every day"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{names[days[0]]} to {names[days[-1]]}"
    return ", ".join(names[day] for day in days)


def more_in_words(pattern: ShiftPattern) -> str:
    """“A rotation over 2 weeks, does not run on bank holidays, up to 31 Mar 2026”; empty for a plain weekly one. Needs its weeks loaded."""
    said = [f"a rotation over {count} weeks"] if (count := len(pattern.weeks.all())) else []
    if pattern.on_holidays != OnHolidays.AS_USUAL:
        said.append(f"{pattern.get_on_holidays_display()} on bank holidays")
    if pattern.last_day:
        said.append(f"up to {pattern.last_day:%-d %b %Y}")
    words = ", ".join(said)
    return words[:1].upper() + words[1:]


def colleagues(team: Team) -> Any:
    """Whom a lead may roster: the team's colleagues now."""
    return User.objects.persons().filter(memberships__team=team, memberships__ended_at__isnull=True).order_by("display_name", "pk")


class PatternForm(forms.Form):
    """A shift that repeats. An end at or before the start is on the next morning. Which panels of a rotation are open is ``choices.js``."""

    name = CleanTextField(label="Name of the shift", max_length=60, help_text="For example: Late")
    starts = forms.TimeField(label="Starts", widget=ClockInput)
    ends = forms.TimeField(label="Ends", widget=ClockInput, help_text="A time before the start means the next morning.")
    cycle = forms.TypedChoiceField(label="How does it repeat?", choices=CYCLES, coerce=int, empty_value=1, required=False, widget=Cards(columns="three"))
    weekdays = forms.TypedMultipleChoiceField(label="On which days?", choices=WEEKDAYS, coerce=int, required=False, widget=TickCards(columns="four"))
    cycle_from = forms.DateField(label="A day in week 1", required=False, widget=DayInput, help_text="Weeks begin on Monday. Empty: this week is week 1.")
    crew = forms.ModelMultipleChoiceField(label="Who is usually on it?", queryset=User.objects.none(), required=False, widget=TickCards(columns="three"))
    on_holidays = forms.ChoiceField(label="What about bank holidays?", choices=HOLIDAYS, required=False, widget=Cards(columns="three"))
    holiday_starts = forms.TimeField(label="Starts on bank holidays", required=False, widget=ClockInput)
    holiday_ends = forms.TimeField(label="Ends on bank holidays", required=False, widget=ClockInput)
    last_day = forms.DateField(label="Last day", required=False, widget=DayInput, help_text="Empty: until you end it.")

    def __init__(self, *args: Any, team: Team, pattern: ShiftPattern | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(pattern), **kwargs)
        people = colleagues(team)
        for number in range(1, MOST_IN_THE_FORM + 1):
            self.fields[f"days_{number}"] = forms.TypedMultipleChoiceField(
                label=f"Week {number}: on which days?", choices=WEEKDAYS, coerce=int, required=False, widget=TickCards(columns="four")
            )
            self.fields[f"crew_{number}"] = forms.ModelMultipleChoiceField(
                label=f"Week {number}: who is on besides?", queryset=people, required=False, widget=TickCards(columns="three")
            )
        self.fields["crew"].queryset = people

    def weeks(self) -> list[tuple[Any, Any]]:
        """The fields of each week of a rotation."""
        return [(number, self[f"days_{number}"], self[f"crew_{number}"]) for number in range(1, MOST_IN_THE_FORM + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("starts") and cleaned.get("starts") == cleaned.get("ends"):
            self.add_error("ends", "A shift of a whole day needs two patterns, for example 07:00 to 19:00 and 19:00 to 07:00.")
        cycle = cleaned.get("cycle") or 1
        if cycle == 1 and not cleaned.get("weekdays") and "weekdays" not in self.errors:
            self.add_error("weekdays", "Choose at least one day of the week.")
        if cycle > 1 and not any(cleaned.get(f"days_{number}") for number in range(1, cycle + 1)):
            self.add_error("days_1", "Choose at least one day in one of the weeks.")
        return cleaned

    def move_arguments(self) -> dict[str, Any]:
        own = ("name", "starts", "ends", "crew", "last_day", "holiday_starts", "holiday_ends")
        cleaned = self.cleaned_data
        cycle = cleaned["cycle"] or 1
        rotation = [(cleaned[f"days_{number}"], cleaned[f"crew_{number}"]) for number in range(1, cycle + 1)] if cycle > 1 else []
        more = {"weeks": rotation, "cycle_from": cleaned["cycle_from"], "on_holidays": cleaned["on_holidays"] or OnHolidays.AS_USUAL}
        return {name: cleaned[name] for name in own} | more | {"weekdays": [] if rotation else cleaned["weekdays"]}


def _initial(pattern: ShiftPattern | None) -> dict[str, Any]:
    if pattern is None:
        return {"weekdays": [1, 2, 3, 4, 5, 6, 7], "cycle": 1, "on_holidays": OnHolidays.AS_USUAL}
    own = ("name", "starts", "ends", "weekdays", "cycle_from", "on_holidays", "holiday_starts", "holiday_ends", "last_day")
    weeks = list(pattern.weeks.prefetch_related("crew"))
    found = {name: getattr(pattern, name) for name in own} | {"crew": list(pattern.crew.all()), "cycle": len(weeks) or 1}
    for week in weeks:
        found |= {f"days_{week.number}": week.weekdays, f"crew_{week.number}": list(week.crew.all())}
    return found


class ExceptionForm(forms.Form):
    """Days on which a pattern does not run, or runs at other times."""

    first_day = forms.DateField(label="First day", widget=DayInput)
    last_day = forms.DateField(label="Last day", required=False, widget=DayInput, help_text="Empty: only that day.")
    starts = forms.TimeField(label="Starts", required=False, widget=ClockInput, help_text="Empty: it does not run.")
    ends = forms.TimeField(label="Ends", required=False, widget=ClockInput)
    why = CleanTextField(label="Why", max_length=120, required=False, help_text="For example: stocktaking")


class HolidayForm(forms.Form):
    """Whose bank holidays a team keeps."""

    place = forms.ChoiceField(label="Bank holidays of", choices=list, required=False)

    def __init__(self, *args: Any, place: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"place": place}, **kwargs)
        self.fields["place"].choices = [("", "None: every day is like the others"), *holiday_places()]

    def move_arguments(self) -> dict[str, Any]:
        country, _, region = self.cleaned_data["place"].partition(" ")
        return {"country": country, "region": region}


@cache
def holiday_places() -> list[tuple[str, str]]:
    """“GB ENG”, “GB”, “DE BY” …: the United Kingdom first, then by code."""
    found = [
        (f"{country} {region}".strip(), f"{country}, {region}" if region else country) for country, regions in places().items() for region in ["", *regions]
    ]
    named = {"GB ENG": "England", "GB WLS": "Wales", "GB SCT": "Scotland", "GB NIR": "Northern Ireland", "GB": "United Kingdom", "IE": "Ireland"}
    first = [(value, label) for value, label in named.items() if value in dict(found)]
    return first + [(value, label) for value, label in found if value not in named]


class CrewForm(forms.Form):
    colleagues = forms.ModelMultipleChoiceField(label="Who is on?", queryset=User.objects.none(), required=False, widget=TickCards(columns="three"))

    def __init__(self, *args: Any, shift: Shift, **kwargs: Any) -> None:
        super().__init__(*args, initial={"colleagues": [rostering.colleague_id for rostering in shift.rosterings.all()]}, **kwargs)
        self.fields["colleagues"].queryset = colleagues(shift.team)
