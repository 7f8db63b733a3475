"""What people type about an action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import Team, User
from common.text import CleanTextField
from common.widgets import Cards, Described, MomentInput
from handover.catalog.models import Service
from handover.due.limits import Urgency

LONGEST = 2_000
MINE, POOL = "me", "pool"
URGENCIES = [
    (Urgency.ROUTINE, Described("Routine", icon="clock")),
    (Urgency.SOON, Described("Soon", icon="hourglass-high")),
    (Urgency.URGENT, Described("Urgent", icon="alert-triangle")),
]


class ActionForm(forms.Form):
    """Six fields, of which one is needed: an action is logged in 20 seconds."""

    title = CleanTextField(
        label="What is to be done?", max_length=200, error_messages={"required": "Say what is to be done, for example: move Mrs Ellis from 214."}
    )
    customer_name = CleanTextField(label="Customer", max_length=120, required=False)
    customer_reference = CleanTextField(label="Room, booking or account", max_length=60, required=False)
    promise = CleanTextField(label="What was the customer promised?", max_length=LONGEST, lines=True, required=False)
    promised_by = forms.DateTimeField(label="Promised by", required=False, widget=MomentInput)
    service = forms.ModelChoiceField(label="Service", queryset=Service.objects.none(), required=False, empty_label="None of these")
    urgency = forms.ChoiceField(label="Urgency", choices=URGENCIES, widget=Cards(columns="three"), initial=Urgency.ROUTINE)
    customer_contact = CleanTextField(label="Reach the customer by", max_length=120, required=False, help_text="Leave out card numbers and health details.")

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.initial.get("service")  # it stays where the action went to another team
        self.fields["service"].queryset = Service.objects.filter(Q(team=team, ended_at__isnull=True) | Q(pk=now.pk if now else None))
        self.fields["promise"].widget.attrs["rows"] = 2
        self.fields["title"].widget.attrs["autofocus"] = True


class NewActionForm(ActionForm):
    holder = forms.ChoiceField(
        label="Who sees it through?",
        widget=Cards(columns="two"),
        initial=MINE,
        choices=[(MINE, Described("I do", icon="user")), (POOL, Described("The team", hint="In the pool; a clock runs to the lead", icon="users-group"))],
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def move_arguments(self) -> dict[str, Any]:
        words = {name: value for name, value in self.cleaned_data.items() if name != "holder"}
        return {**words, "responsible": self.user if self.cleaned_data["holder"] == MINE else None}


class EditActionForm(ActionForm):
    """``version`` is the one that the page was read with."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)


class ReassignForm(forms.Form):
    to = forms.ChoiceField(label="To whom?")
    reason = CleanTextField(label="Why?", max_length=LONGEST, lines=True)

    def __init__(self, *args: Any, colleagues: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        self.fields["to"].choices = [*((str(one.pk), one.display_name) for one in colleagues), (POOL, "The team pool")]
        self.fields["reason"].widget.attrs["rows"] = 2

    def move_arguments(self) -> dict[str, Any]:
        return {"to": self.colleagues.get(self.cleaned_data["to"]), "reason": self.cleaned_data["reason"]}


class NoteForm(forms.Form):
    text = CleanTextField(label="Note", max_length=LONGEST, lines=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 2


class ContactForm(forms.Form):
    text = CleanTextField(label="What did the customer say?", max_length=LONGEST, lines=True, required=False)
    channel = CleanTextField(label="How", max_length=60, required=False)
    chased = forms.BooleanField(label="They had to ask before it was done", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 2


class CompleteForm(forms.Form):
    words = CleanTextField(label="In words, if it helps", max_length=LONGEST, lines=True, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["rows"] = 2


class ReasonForm(forms.Form):
    reason = CleanTextField(label="Why?", max_length=LONGEST, lines=True, error_messages={"required": "Say why."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs["rows"] = 2


class PromiseForm(forms.Form):
    promised_by = forms.DateTimeField(label="New time", widget=MomentInput)
    customer_told = forms.BooleanField(label="The customer was told", required=False)
    reason = CleanTextField(label="Why?", max_length=LONGEST, required=False)
