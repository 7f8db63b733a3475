"""What an administrator fills in about a policy: where it applies, what is shown beside fields, and the wording of a version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from common.text import CleanTextField
from common.widgets import Cards, DayInput, Described, TickCards
from handover.catalog.models import Service
from handover.policies.models import Kind, Place, Policy, PolicyVersion
from handover.policies.operations import About, Wording

LONGEST_BODY = 40_000


class AboutForm(forms.Form):
    """What a policy is, which services it is for, and its sentence beside fields: ``hint-promise`` and so on."""

    title = CleanTextField(label="Title", max_length=160, help_text="For example: Guests with access needs")
    kind = forms.ChoiceField(label="What it is", choices=[(value, str(label).capitalize()) for value, label in Kind.choices], widget=Cards(columns="three"))
    kept_by = CleanTextField(label="Who keeps it", max_length=120, help_text="The person or office to ask about it.")
    source = forms.URLField(label="Where the full text is", max_length=300, required=False, assume_scheme="https", help_text="A link, where there is one.")
    services = forms.MultipleChoiceField(label="Services it is for", required=False, widget=TickCards(columns="two"))

    def __init__(self, data: Any = None, *, policy: Policy | None = None, **kwargs: Any) -> None:
        if policy is not None:
            kwargs["initial"] = {**_about(policy), **kwargs.get("initial", {})}
        super().__init__(data, **kwargs)
        found = Service.objects.current().select_related("team").order_by("team__name", "position", "name", "pk")
        self.fields["services"].choices = [(str(one.pk), Described(one.name, hint=one.team.name)) for one in found]  # type: ignore[attr-defined]
        self.fields |= {f"hint-{place}": CleanTextField(label=str(place.label).capitalize(), max_length=200, required=False) for place in Place}

    def hint_fields(self) -> Iterator[forms.BoundField]:
        return (self[f"hint-{place}"] for place in Place)

    def move_arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        sentences = {place.value: cleaned[f"hint-{place}"] for place in Place if cleaned[f"hint-{place}"]}
        plain = {name: cleaned[name] for name in ("kind", "title", "kept_by", "source")}
        return {"about": About(**plain, services=[int(pk) for pk in cleaned["services"]], hints=sentences)}


class WordingForm(forms.Form):
    """One version: its text, what has changed in it, and from when it holds. ``is_first``: nothing can have changed yet."""

    body = CleanTextField(
        label="What it says", max_length=LONGEST_BODY, lines=True, help_text="In the words that colleagues need. An empty line begins a paragraph."
    )
    what_changed = CleanTextField(
        label="What has changed", max_length=1_000, lines=True, required=False, help_text="Those who know the last version read this first."
    )
    in_force_from = forms.DateField(label="In force from", widget=DayInput)

    def __init__(self, data: Any = None, *, version: PolicyVersion | None = None, is_first: bool = False, **kwargs: Any) -> None:
        if version is not None:
            said = {"body": version.body, "what_changed": version.what_changed if version.published_at is None else ""}
            kwargs["initial"] = {**said, **kwargs.get("initial", {}), **({"in_force_from": version.in_force_from} if version.published_at is None else {})}
        super().__init__(data, **kwargs)
        self.fields["body"].widget.attrs["rows"] = 14
        self.fields["what_changed"].widget.attrs["rows"] = 3
        if is_first:
            del self.fields["what_changed"]

    def move_arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {"wording": Wording(body=cleaned["body"], in_force_from=cleaned["in_force_from"], what_changed=cleaned.get("what_changed", ""))}


class NewPolicyForm(WordingForm, AboutForm):
    """A policy with its first version."""

    field_order = ("title", "kind", "kept_by", "source", "body", "in_force_from", "services")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, is_first=True, **kwargs)

    def move_arguments(self) -> dict[str, Any]:
        return {**AboutForm.move_arguments(self), **WordingForm.move_arguments(self)}


class AcknowledgeForm(forms.Form):
    """“I have read it”: the number of the version that was before the reader."""

    number = forms.IntegerField(min_value=1, max_value=32_000, widget=forms.HiddenInput)


class NothingForm(forms.Form):
    """A press of a button."""


def _about(policy: Policy) -> dict[str, Any]:
    plain = {name: getattr(policy, name) for name in ("title", "kind", "kept_by", "source")}
    said = {f"hint-{hint.place}": hint.sentence for hint in policy.hints.all()}
    return {**plain, **said, "services": [str(pk) for pk in policy.links.values_list("service_id", flat=True)]}
