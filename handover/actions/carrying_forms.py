"""Put an action off, and decide about one that was carried too far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from common.text import CleanTextField
from common.widgets import Cards, Described, MomentInput
from handover.moves import NowWhat

DECISIONS = {
    NowWhat.DO_NOW: Described("Do it now", hint="Say by when; you are reminded then", icon="circle-check"),
    NowWhat.NEW_TIME: Described("New time", hint="The customer was told", icon="calendar-due"),
    NowWhat.ESCALATE: Described("Escalate to a lead", hint="Say what you need", icon="flag"),
    NowWhat.CLOSE: Described("Close it", hint="No longer needed, with the reason", icon="minus"),
    NowWhat.GO_ON: Described("Carry it on", hint="Past the rule, as a lead; the reason is recorded", icon="repeat"),
}


class PutOffForm(forms.Form):
    until = forms.DateTimeField(label="Put off until", widget=MomentInput, error_messages={"required": "Say until when, for example: Friday 10:00."})
    reason = CleanTextField(label="Why?", max_length=300, error_messages={"required": "Say why it is put off."})


class CarriedForm(forms.Form):
    """Takes every decision, so that the move says why one is refused; ``offer`` leaves on the page what the reader can decide."""

    decision = forms.ChoiceField(label="What happens now?", widget=Cards, error_messages={"required": "Choose what happens now."})
    time = forms.DateTimeField(label="By when?", required=False, widget=MomentInput, help_text="For “do it now” and “new time”.")
    customer_told = forms.BooleanField(label="The customer was told of the new time", required=False)
    reason = CleanTextField(label="Why?", max_length=2_000, lines=True, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(DECISIONS)
        self.fields["reason"].widget.attrs["rows"] = 2

    def offer(self, decisions: Iterable[NowWhat]) -> None:
        self.fields["decision"].choices = [(one.value, DECISIONS[one]) for one in decisions]
