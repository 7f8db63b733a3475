"""What colleagues fill in to swap shifts, and leads to decide."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from accounts.models import Team, User
from common.text import CleanTextField
from common.widgets import Cards
from handover.shifts.forms import colleagues
from handover.shifts.models import Rostering, Shift
from handover.shifts.taking_on import said

LONGEST = 300
MOST = 200


class SwapForm(forms.Form):
    """My shift, to whom, and what I take in return."""

    shift = forms.ChoiceField(label="Which of your shifts?", error_messages={"required": "Choose one of your shifts."})
    to = forms.ModelChoiceField(
        label="To whom?", queryset=User.objects.none(), empty_label="Choose a colleague", error_messages={"required": "Choose a colleague."}
    )
    return_shift = forms.ChoiceField(label="What do you take in return?", required=False, help_text="One of their shifts, or nothing: then they cover for you.")
    words = CleanTextField(label="A word to them", max_length=LONGEST, required=False)

    def __init__(self, *args: Any, team: Team, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team, self.at = team, at
        lines = Rostering.objects.effective().filter(shift__team=team, shift__starts_at__gt=at, colleague__is_active=True)
        found = list(lines.select_related("shift", "colleague").order_by("colleague__display_name", "shift__starts_at")[:MOST])
        self.shifts = {str(line.shift_id): line.shift for line in found}
        mine = [line for line in found if line.colleague_id == user.pk]
        self.fields["shift"].choices = [("", "Choose a shift"), *((str(line.shift_id), self._label(line.shift)) for line in mine)]
        self.fields["to"].queryset = colleagues(team).exclude(pk=user.pk)
        theirs: dict[str, list[tuple[str, str]]] = {}
        for line in found:
            if line.colleague_id != user.pk:
                theirs.setdefault(line.colleague.display_name, []).append((f"{line.colleague_id}-{line.shift_id}", self._label(line.shift)))
        self.fields["return_shift"].choices = [("", "Nothing: take mine"), *theirs.items()]

    def _label(self, shift: Shift) -> str:
        starts, ends = self.team.local(shift.starts_at), self.team.local(shift.ends_at)
        return f"{said(shift, self.team, self.at)}, {starts:%H:%M} to {ends:%H:%M}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        whose, _, _ = (cleaned.get("return_shift") or "").partition("-")
        if whose and cleaned.get("to") and whose != str(cleaned["to"].pk):
            self.add_error("return_shift", f"This is not a shift of {cleaned['to'].display_name}.")
        return cleaned

    def move_arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        in_return = cleaned["return_shift"].partition("-")[2]
        return {
            "shift": self.shifts[cleaned["shift"]],
            "to": cleaned["to"],
            "return_shift": self.shifts[in_return] if in_return else None,
            "words": cleaned["words"],
        }


class AnswerForm(forms.Form):
    accept = forms.ChoiceField(label="Your answer", choices=[("yes", "Accept"), ("no", "Decline")], widget=Cards(columns="two"))
    words = CleanTextField(label="A word to them", max_length=LONGEST, required=False)

    def move_arguments(self) -> dict[str, Any]:
        return {"accept": self.cleaned_data["accept"] == "yes", "words": self.cleaned_data["words"]}


class DecideForm(forms.Form):
    approve = forms.ChoiceField(label="Your decision", choices=[("yes", "Approve"), ("no", "Refuse")], widget=Cards(columns="two"))
    words = CleanTextField(label="Why, if you refuse", max_length=LONGEST, required=False)

    def move_arguments(self) -> dict[str, Any]:
        return {"approve": self.cleaned_data["approve"] == "yes", "words": self.cleaned_data["words"]}


class RuleForm(forms.Form):
    lead_approves = forms.BooleanField(label="A lead approves each swap", required=False)
