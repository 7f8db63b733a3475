"""What people type in a review: their view, words about their own figures, the conclusion; and what a lead chooses to start one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms import BoundField

from accounts.models import Team
from common.text import CleanTextField
from common.widgets import Cards, DayInput
from handover.agreements.models import Agreement
from handover.catalog.models import HandoverPoint, Service
from handover.handovers.models import When
from reviews.reviewing.cycle_models import DAYS_OPEN, MOST_DAYS, WEEKS
from reviews.reviewing.models import Participant, ReviewForm, ReviewQuestion
from reviews.reviewing.opening_operations import LONGEST_TITLE, About
from reviews.reviewing.operations import LONGEST, View, choices
from reviews.sharing.wording import name_of_agreement
from reviews.suggestions.models import Decision, Suggestion

BECOMES = [(value, label.capitalize()) for value, label in Decision.choices]


class ViewForm(forms.Form):
    """One's view: for each question one of its answers, words, or neither."""

    def __init__(self, data: Any = None, *, questions: Iterable[ReviewQuestion], mine: Participant | None = None) -> None:
        self.questions = list(questions)
        super().__init__(data, initial=typed(mine) if mine else {})
        for one in self.questions:
            if offered := choices(one):
                answers = [(choice, choice) for choice in offered]
                self.fields[f"q{one.pk}-choice"] = forms.ChoiceField(label=one.question, choices=answers, required=False, widget=forms.RadioSelect)
            label = "Your view" if offered else one.question
            words = CleanTextField(label=label, max_length=LONGEST, lines=True, required=False)
            words.widget.attrs.update({"rows": 2, "placeholder": one.hint})
            self.fields[f"q{one.pk}-words"] = words

    def bound(self) -> Iterator[tuple[ReviewQuestion, BoundField | None, BoundField]]:
        for one in self.questions:
            name = f"q{one.pk}-choice"
            yield one, self[name] if name in self.fields else None, self[f"q{one.pk}-words"]

    def move_arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"views": {one.pk: View(said.get(f"q{one.pk}-choice", ""), said[f"q{one.pk}-words"]) for one in self.questions}}


def typed(mine: Participant) -> dict[str, str]:
    """What stands in the form: what was typed and not given yet, else what was given."""
    if mine.draft:
        return dict(mine.draft)
    return {f"q{one.question_id}-{name}": getattr(one, name) for one in mine.answers.all() for name in ("choice", "words")}


def kept(data: Mapping[str, str], questions: Iterable[ReviewQuestion]) -> dict[str, str]:
    """Of what was sent while somebody types: what belongs to these questions and can be stored."""
    names = [f"q{one.pk}-{name}" for one in questions for name in ("choice", "words")]
    return {name: str(data[name]).replace("\0", "")[:LONGEST] for name in names if data.get(name)}


class RemarkForm(forms.Form):
    words = CleanTextField(
        label="What do the figures about you not show?", max_length=LONGEST, lines=True, help_text="You and the leads of your team read this."
    )

    def __init__(self, data: Any = None, *, mine: Participant | None = None) -> None:
        super().__init__(data, prefix="remark", initial={"words": mine.remark} if mine else {})
        self.fields["words"].widget.attrs["rows"] = 2


class AnswerRemarkForm(forms.Form):
    words = CleanTextField(label="Your answer", max_length=LONGEST, lines=True)

    def __init__(self, data: Any = None, *, participant_id: int) -> None:
        super().__init__(data, prefix=f"remark-{participant_id}")
        self.participant_id = participant_id
        self.fields["words"].widget.attrs["rows"] = 2


class ConcludeForm(forms.Form):
    """The conclusion, and for each suggestion that was taken in what becomes of it."""

    words = CleanTextField(
        label="What do we make of it?",
        max_length=LONGEST,
        lines=True,
        help_text="What you found together, and what changes. Everybody asked reads it.",
        error_messages={"required": "Write what the team makes of it: two sentences are enough."},
    )

    def __init__(self, data: Any = None, *, suggestions: Iterable[Suggestion] = ()) -> None:
        super().__init__(data)
        self.fields["words"].widget.attrs["rows"] = 4
        self.suggestions = [one for one in suggestions if one.decision == Decision.IN_REVIEW]
        for one in self.suggestions:
            self.fields[f"s{one.pk}-decision"] = forms.ChoiceField(
                label="What becomes of it", choices=BECOMES, widget=Cards(columns="two"), error_messages={"required": f"Say what becomes of {one.ref}."}
            )
            words = CleanTextField(label="Why, or what happens next", max_length=2_000, lines=True, required=False, help_text="Needed for “not now”.")
            words.widget.attrs["rows"] = 2
            self.fields[f"s{one.pk}-words"] = words

    def bound(self) -> Iterator[tuple[Suggestion, BoundField, BoundField]]:
        for one in self.suggestions:
            yield one, self[f"s{one.pk}-decision"], self[f"s{one.pk}-words"]

    def move_arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"words": said["words"], "answers": {one.pk: (said[f"s{one.pk}-decision"], said[f"s{one.pk}-words"]) for one in self.suggestions}}


class StartForm(forms.Form):
    """What a review looks at. Its names are those of the dashboard's address, so that what was seen there is what is reviewed."""

    title = CleanTextField(
        label="What is the question?", max_length=LONGEST_TITLE, required=False, help_text="Left empty: “How do we share …?”, with the service’s name."
    )
    since = forms.DateField(label="From", widget=DayInput)
    until = forms.DateField(label="To, this day included", widget=DayInput)
    service = forms.ModelChoiceField(label="Service", queryset=Service.objects.none(), required=False, empty_label="All services")
    point = forms.ModelChoiceField(label="Handover point", queryset=HandoverPoint.objects.none(), required=False, empty_label="All handover points")
    agreement = forms.ModelChoiceField(label="Agreement", queryset=Agreement.objects.none(), required=False, empty_label="All agreements")
    when = forms.ChoiceField(label="When", choices=[("", "During and between shifts"), *When.choices], required=False)
    form = forms.ModelChoiceField(label="Questions", queryset=ReviewForm.objects.none(), required=False, empty_label="Our usual questions")
    days_open = forms.IntegerField(label="Open for how many days", min_value=1, max_value=MOST_DAYS, initial=DAYS_OPEN)

    def __init__(self, data: Any = None, *, team: Team, today: date, address: Mapping[str, str]) -> None:
        super().__init__(data, initial=from_address(address, today))
        fields: dict[str, Any] = self.fields
        fields["service"].queryset = Service.objects.filter(team=team)
        fields["point"].queryset = HandoverPoint.objects.filter(service__team=team).select_related("service")
        fields["point"].label_from_instance = lambda point: f"{point.service}: {point.letter}. {point.name}"
        fields["agreement"].queryset = Agreement.objects.filter(team=team).select_related("point__service")
        fields["agreement"].label_from_instance = name_of_agreement
        fields["form"].queryset = ReviewForm.objects.filter(team=team)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", f"This is before the first day. Choose a later one, for example {since:%-d %B %Y}.")
        return cleaned

    def move_arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        until = said.pop("until") + timedelta(days=1)
        about = About(until=until, **{name: said.pop(name) for name in ("since", "service", "point", "agreement", "when")})
        return {"about": about, **said}


def from_address(address: Mapping[str, str], today: date) -> dict[str, Any]:
    """The dashboard's choice: first and last day, or a number of weeks up to today; what is not understood is the usual four weeks."""
    weeks, until = address.get("weeks", ""), _day(address.get("until")) or today
    since = None if weeks.isdecimal() else _day(address.get("since"))
    if since is None or since > until:
        number = int(weeks) if weeks.isdecimal() and len(weeks) < 3 else WEEKS
        since = until - timedelta(weeks=max(1, number)) + timedelta(days=1)
    chosen = {name: address[name] for name in ("service", "point", "agreement", "when", "title") if address.get(name)}
    return {"since": since, "until": until, "days_open": DAYS_OPEN, **chosen}


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.year > 1970 else None
