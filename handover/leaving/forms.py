"""What the wizard asks: who gets what, who sees things through, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from accounts.models import User
from common.text import CleanTextField
from handover.actions.models import Action
from handover.leaving.operations import Plan
from handover.leaving.queries import Left

POOL, AS_ABOVE = "pool", ""


class LeavingForm(forms.Form):
    """A choice for everything, and one for each action that is to go elsewhere."""

    reason = CleanTextField(label="Why", max_length=300, required=False)

    def __init__(self, *args: Any, left: Left, people: list[User], lead: User | None, first_name: str, going_home: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left, self.people = left, {str(person.pk): person for person in people}
        names = [(key, person.display_name) for key, person in self.people.items()]
        self.fields["reason"].help_text = "Leads and whoever takes something over read it, for example “Taken ill”." if going_home else "Kept with the record."
        if left.held:
            label = "What you hold goes to" if first_name == "you" else f"What {first_name} holds goes to"
            hint = "In the pool a clock runs, and the shift on duty is told."
            self.fields["otherwise"] = forms.ChoiceField(choices=[(POOL, "The team pool"), *names], initial=POOL, label=label, help_text=hint)
        for action in left.held:
            choices = [(AS_ABOVE, "As chosen for all"), (POOL, "The team pool"), *names]
            self.fields[f"to-{action.ref}"] = forms.ChoiceField(choices=choices, required=False, label=f"{action.ref} goes to")
        if (left.watched and not going_home) or left.to_decide:
            label = "Who decides what happens next" if going_home else f"Who sees through what {first_name} passed on"
            first = ("", f"{lead.display_name}, as the lead" if lead else "The lead")
            self.fields["watch_to"] = forms.ChoiceField(choices=[first, *names], required=False, label=label)
        self.order_fields(["otherwise", *(f"to-{action.ref}" for action in left.held), "watch_to", "reason"])

    def held(self) -> Iterator[tuple[Action, BoundField]]:
        """Each action with its own choice, for the template."""
        for action in self.left.held:
            yield action, self[f"to-{action.ref}"]

    def move_arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        to = {action.pk: self._person(said[key]) for action in self.left.held if said.get(key := f"to-{action.ref}")}
        watch_to = self._person(said.get("watch_to", ""))
        return {"plan": Plan(to=to, otherwise=self._person(said.get("otherwise", "")), watch_to=watch_to, reason=said.get("reason", ""))}

    def _person(self, key: str) -> User | None:
        return self.people.get(key)


class CloseAccountForm(forms.Form):
    reason = CleanTextField(label="Why", max_length=300, required=False, help_text="Kept with the record.")
    sure = forms.BooleanField(label="Everything they hold goes to the pools of their teams, and nobody signs in to this account any more")

    def move_arguments(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}
