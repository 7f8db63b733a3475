"""Asking, answering, and deciding what happens next."""

from __future__ import annotations

from typing import Any

from django import forms

from common.text import CleanTextField
from common.widgets import Cards, Described, MomentInput
from handover.checks.states import Outcome
from handover.followups.models import Decision

LONGEST = 2_000


class AskForm(forms.Form):
    """The question is written already; it can be changed."""

    question = CleanTextField(label="Your question", max_length=LONGEST, lines=True, required=False)

    def __init__(self, *args: Any, name: str, promise: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"question": f"How did it go, {name}?" + (f" The customer was promised: {promise}" if promise else "")})
        super().__init__(*args, **kwargs)
        self.fields["question"].widget.attrs["rows"] = 2


class AnswerForm(forms.Form):
    """One press and some words. *Partly* and *not yet* name the next check, *unable* says why."""

    outcome = forms.ChoiceField(
        label="Was it completed?",
        widget=Cards(columns="two"),
        choices=[
            (Outcome.COMPLETED, Described("Completed", hint="As agreed", icon="circle-check", data={"show": "none", "label": "Completed"})),
            (Outcome.PARTLY, Described("Partly", hint="Some is still to do", icon="circle-half-2", data={"show": "later", "label": "Save, and check again"})),
            (Outcome.NOT_YET, Described("Not yet", hint="Still on it", icon="clock-pause", data={"show": "later", "label": "Save, and check again"})),
            (Outcome.UNABLE, Described("Unable", hint="It cannot be done", icon="circle-x", data={"show": "why", "label": "Unable to complete"})),
            (
                Outcome.NOT_NEEDED,
                Described("No longer needed", hint="The customer does not need it", icon="minus", data={"show": "none", "label": "No longer needed"}),
            ),
        ],
        error_messages={"required": "Choose how it went."},
    )
    words = CleanTextField(
        label="In words",
        max_length=LONGEST,
        lines=True,
        required=False,
        help_text="What is done, what is not, and why. Needed where it could not be completed.",
    )
    next_at = forms.DateTimeField(label="Check again at", required=False, widget=MomentInput, help_text="At most at the end of the incoming shift.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["rows"] = 3


class DecideForm(forms.Form):
    """Four choices; none of them leaves the action with nobody."""

    decision = forms.ChoiceField(label="What happens next?", widget=Cards(columns="two"), error_messages={"required": "Choose what happens next."})
    new_time = forms.DateTimeField(label="New time agreed with the customer", required=False, widget=MomentInput)
    customer_told = forms.BooleanField(label="The customer was told", required=False)
    words = CleanTextField(label="What your colleague needs to know", max_length=LONGEST, lines=True, required=False)

    def __init__(self, *args: Any, holder: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [
            (
                Decision.TAKE_BACK,
                Described("Take it back", hint="You hold it from now on", icon="arrow-back-up", data={"show": "none", "label": "Take it back"}),
            ),
            (
                Decision.PASS_ON,
                Described(
                    "Hand to someone else",
                    hint="You hold it until they accept",
                    icon="user-share",
                    data={"show": "none", "label": "Take it back and pass it on"},
                ),
            ),
            (
                Decision.NEW_TIME,
                Described(
                    f"Keep with {holder}, new time", hint="Agreed with the customer", icon="calendar-due", data={"show": "time", "label": "Agree the new time"}
                ),
            ),
            (Decision.ESCALATE, Described("Escalate", hint="A lead is told and helps", icon="flag", data={"show": "none", "label": "Escalate to a lead"})),
        ]
        self.fields["words"].widget.attrs["rows"] = 2
