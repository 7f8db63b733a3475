"""The forms of a practice: the fields of the real ones, about a story."""

from __future__ import annotations

from typing import Any

from django import forms

from common.text import CleanTextField
from common.widgets import Cards, Described
from handover.checks.states import Outcome
from handover.followups.models import Decision
from handover.handovers.completeness import PARTS, QUESTIONS, Completeness, answer_name, measure, need_of
from handover.practice.stories import Story

LONGEST = 2_000


class GiveForm(forms.Form):
    """The brief of the story's action, with what the agreement asks."""

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        action = story.action
        known = {"situation": f"{action.customer_name}, {action.customer_reference}.", "promise": action.promise, "done_so_far": "She has extra blankets."}
        super().__init__(*args, initial=known, **kwargs)
        self.story = story
        for name, _, need in PARTS:
            if name in QUESTIONS:
                self._add(name, QUESTIONS[name], need_of(name, need, action.urgency), lines=name != "next_step")
        for asked in story.asked:
            self._add(answer_name(asked.pk), asked.question, asked.need(action.urgency), hint=asked.hint)
        help_text = "Only where a detail that should be there is not. They will see it."
        self.fields["missing_reason"] = CleanTextField(label="Why are details missing?", max_length=300, required=False, help_text=help_text)

    def _add(self, name: str, label: str, need: str, *, lines: bool = False, hint: str = "") -> None:
        field = CleanTextField(label=label, max_length=LONGEST, lines=lines, required=False)
        field.needed = need
        field.widget.attrs.update(({"rows": 2} if lines else {}) | ({"placeholder": hint} if hint else {}))
        self.fields[name] = field

    def complete(self) -> Completeness:
        """How complete the brief is as it stands."""
        parts = {name: self[name].value() or "" for name in QUESTIONS} | {"promised_by": self.story.action.promised_by}
        answers = {asked.pk: self[answer_name(asked.pk)].value() or "" for asked in self.story.asked}
        return measure(parts, answers, version=self.story.version, urgency=self.story.action.urgency)

    def needs(self) -> list[dict[str, Any]]:
        ids = {name: self[name].auto_id for name in self.fields}
        return [{"id": ids.get(one.name, ""), "label": one.label, "given": one.given} for one in self.complete().details]

    def move_arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "words": {name: cleaned[name] for name in QUESTIONS},
            "answers": {asked.pk: cleaned[answer_name(asked.pk)] for asked in self.story.asked},
            "missing_reason": cleaned["missing_reason"],
        }


class QuestionForm(forms.Form):
    text = CleanTextField(label="Ask Sam something", max_length=LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["placeholder"] = "For example: what is the driver’s number?"


class ReadBackForm(forms.Form):
    read_back = CleanTextField(
        label="In your own words: what will you do, by when, and what if it goes wrong?",
        max_length=LONGEST,
        lines=True,
        required=False,
        help_text="Whoever gave it to you sees this straight away and can correct it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read_back"].widget.attrs.update({"rows": 4, "class": "tall", "data-read-back": ""})


class CheckForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Was it completed?",
        choices=[(value, str(label).capitalize()) for value, label in Outcome.choices],
        widget=Cards(columns="two"),
        error_messages={"required": "Choose how it went."},
    )
    words = CleanTextField(label="In words", max_length=LONGEST, lines=True, required=False, help_text="Needed where it could not be completed: why?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["rows"] = 2


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label="What happens next?",
        choices=[
            (Decision.TAKE_BACK, Described("Take it back", hint="You see it through yourself", icon="arrow-back-up")),
            (Decision.PASS_ON, Described("Pass it on again", hint="To somebody who can", icon="transfer")),
            (Decision.NEW_TIME, Described("Agree a new time", hint="With the customer, who is told", icon="calendar-time")),
            (Decision.ESCALATE, Described("Escalate to a lead", hint="Who hears of it at once", icon="trending-up")),
        ],
        widget=Cards(columns="two"),
        error_messages={"required": "Choose what happens next: it cannot be left with nobody."},
    )
    words = CleanTextField(label="In words", max_length=LONGEST, required=False)
