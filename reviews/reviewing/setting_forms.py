"""What a lead chooses about reviews: when they open, and what they ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from accounts.models import Team
from common.text import CleanTextField
from common.widgets import DayInput, Described, Switch, TickCards
from handover.agreements.models import Agreement
from handover.catalog.models import Service
from reviews.reviewing.cycle_models import DAYS_OPEN, MOST_DAYS, MOST_WEEKS, WEEKS, AnswerKind
from reviews.reviewing.cycle_operations import Plan
from reviews.reviewing.form_operations import MOST_QUESTIONS, Wording
from reviews.reviewing.models import ReviewCycle, ReviewForm
from reviews.reviewing.standard import EVIDENCE
from reviews.sharing.wording import name_of_agreement

SPARE = 2


class CycleForm(forms.Form):
    """When a review opens by itself. What it is about is chosen once, when the cycle is made."""

    service = forms.ModelChoiceField(label="Service", queryset=Service.objects.none(), required=False, empty_label="All services")
    agreement = forms.ModelChoiceField(label="Or one agreement", queryset=Agreement.objects.none(), required=False, empty_label="No agreement in particular")
    weeks = forms.IntegerField(label="Every how many weeks", min_value=1, max_value=MOST_WEEKS, initial=WEEKS)
    next_on = forms.DateField(label="Next opens on", widget=DayInput, help_text="In the morning at 08:00, on the team’s clock.")
    days_open = forms.IntegerField(
        label="Open for how many days", min_value=1, max_value=MOST_DAYS, initial=DAYS_OPEN, help_text="Until 17:00 on the last day."
    )
    form = forms.ModelChoiceField(label="Questions", queryset=ReviewForm.objects.none(), required=False, empty_label="Our usual questions")
    paused = forms.BooleanField(label="Paused", required=False, widget=Switch, help_text="Nothing opens by itself until this is off again.")

    def __init__(self, data: Any = None, *, team: Team, first: date, cycle: ReviewCycle | None = None) -> None:
        super().__init__(data, initial=_of(cycle) if cycle else {"next_on": first, "weeks": WEEKS, "days_open": DAYS_OPEN})
        fields: dict[str, Any] = self.fields
        fields["form"].queryset = ReviewForm.objects.filter(team=team)
        if cycle is not None:
            del self.fields["service"], self.fields["agreement"]
            return
        fields["service"].queryset = Service.objects.filter(team=team)
        fields["agreement"].queryset = Agreement.objects.filter(team=team).select_related("point__service")
        fields["agreement"].label_from_instance = name_of_agreement

    def move_arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        about = {name: said.pop(name) for name in ("service", "agreement") if name in said}
        return {"plan": Plan(**said), **about}


def _of(cycle: ReviewCycle) -> dict[str, Any]:
    next_on = cycle.team.local(cycle.opens_at).date()
    return {"weeks": cycle.weeks, "days_open": cycle.days_open, "next_on": next_on, "form": cycle.form_id, "paused": cycle.paused}


class QuestionForm(forms.Form):
    """One question; without words it is left out. ``place`` orders them."""

    question = CleanTextField(label="Question", max_length=200, required=False)
    kind = forms.ChoiceField(label="Answered by", choices=[(value, label.capitalize()) for value, label in AnswerKind.choices])
    options = CleanTextField(label="Answers to choose from, one on each line", max_length=400, lines=True, required=False)
    hint = CleanTextField(label="Shown in the empty field", max_length=200, required=False)
    evidence = forms.MultipleChoiceField(
        label="What stands beside it", required=False, widget=TickCards(columns="two"), choices=[(name, Described(label)) for name, label in EVIDENCE.items()]
    )
    place = forms.IntegerField(label="Place", min_value=1, max_value=99)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["options"].widget.attrs["rows"] = 2

    @property
    def wording(self) -> Wording:
        said = self.cleaned_data
        options = [line.strip()[:60] for line in said["options"].splitlines() if line.strip()]
        return Wording(said["question"], said["hint"], said["kind"], options, said["evidence"])


class QuestionsForm(forms.Form):
    """A form of reviews: its name and its questions, with a few empty places for more."""

    name = CleanTextField(label="Name of the form", max_length=80)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, form: ReviewForm) -> None:
        super().__init__(data, initial={"name": form.name, "revision": form.revision})
        asked = list(form.questions.all())
        count = min(MOST_QUESTIONS, len(asked) + SPARE)
        if data is not None:
            sent = str(data.get("count", ""))
            count = max(1, min(MOST_QUESTIONS, int(sent))) if sent.isdecimal() and len(sent) < 3 else count
        self.rows = [self._row(data, number, asked[number] if number < len(asked) else None) for number in range(count)]

    @staticmethod
    def _row(data: Any, number: int, question: Any) -> QuestionForm:
        names = ("question", "kind", "hint", "evidence")
        initial = {name: getattr(question, name) for name in names} | {"options": "\n".join(question.options)} if question else {"kind": AnswerKind.SCALE}
        return QuestionForm(data, prefix=f"n{number}", initial={**initial, "place": number + 1})

    def clean(self) -> dict[str, Any]:
        if not all([row.is_valid() for row in self.rows]):  # noqa: C419 - each says what is wrong with it
            self.add_error(None, "Some of the questions cannot be stored as they are. Look below.")
        return super().clean() or {}

    def move_arguments(self) -> dict[str, Any]:
        said = sorted((row for row in self.rows if row.cleaned_data["question"]), key=lambda row: row.cleaned_data["place"])
        return {**self.cleaned_data, "questions": [row.wording for row in said]}


class CopyForm(forms.Form):
    name = CleanTextField(label="Name of the new form", max_length=80)
