"""The terms of an agreement, as a lead fills them in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django import forms

from accounts.models import JobRole, Team
from common.text import CleanTextField
from common.widgets import Cards, TickCards
from handover.agreements.models import AgreementVersion, Applies, CheckRule, Need
from handover.agreements.operations import Asked, Terms
from handover.due.limits import ACCEPT, Urgency

BLANK_ROWS = 3
MOST = 20
A_WEEK = 7 * 24 * 60


class TermsForm(forms.Form):
    """When it is right, to whom, how, with which information, how soon, and when it is checked."""

    trigger = CleanTextField(label="When is it right to hand over?", max_length=2_000, lines=True, required=False)
    receiving_roles = forms.ModelMultipleChoiceField(
        label="To whom? Job roles that may receive",
        queryset=JobRole.objects.none(),
        required=False,
        widget=TickCards(columns="two"),
        help_text="None ticked: anybody in the team.",
    )
    channel = CleanTextField(label="How?", max_length=200, initial="On screen, then face to face at the desk")
    warm = forms.BooleanField(label="Spoken as well", required=False)
    check_rule = forms.ChoiceField(label="When is completion checked?", choices=CheckRule.choices)
    check_minutes = forms.IntegerField(label="Minutes after acceptance", required=False, min_value=15, max_value=A_WEEK)
    read = forms.IntegerField(required=False, widget=forms.HiddenInput)
    colleague_may_go_past = forms.BooleanField(label="A colleague may go past these rules with a reason", required=False)

    def __init__(self, data: Any = None, *, team: Team, version: AgreementVersion | None = None, **kwargs: Any) -> None:
        if version is not None:
            kwargs["initial"] = {
                name: getattr(version, name) for name in ("trigger", "channel", "warm", "check_rule", "check_minutes", "colleague_may_go_past")
            }
            kwargs["initial"] |= {"receiving_roles": list(version.receiving_roles.all()), "read": version.number}
        super().__init__(data, **kwargs)
        self.fields["trigger"].widget.attrs["rows"] = 2
        self.to_team_id = version.to_team_id if version else None
        self.fields["receiving_roles"].queryset = JobRole.objects.filter(team__in={team.pk, self.to_team_id or team.pk}).order_by("name", "pk")
        limits = {limit.urgency: limit for limit in version.limits.all()} if version else {}
        for urgency, label in Urgency.choices:
            limit, usual = limits.get(urgency), ACCEPT[Urgency(urgency)].escalate
            help_text = f"Empty: {usual} minutes" if usual else "Empty: by the end of the incoming shift"
            self.fields[f"within-{urgency}"] = forms.IntegerField(
                label=f"{str(label).capitalize()}: accept within (minutes)",
                required=False,
                min_value=1,
                max_value=A_WEEK,
                initial=limit.accept_within if limit else None,
                help_text=help_text,
            )
            self.fields[f"read_back-{urgency}"] = forms.BooleanField(
                label=f"Read back before accepting, where it is {label}", required=False, initial=bool(limit and limit.read_back)
            )
        asked = list(version.required.all()) if version else []
        self.rows = min(len(asked) + BLANK_ROWS, MOST)
        for number in range(1, self.rows + 1):
            self._add_row(number, asked[number - 1] if number <= len(asked) else None)

    def _add_row(self, number: int, asked: Any) -> None:
        self.fields[f"asked-{number}-question"] = CleanTextField(
            label=f"Question {number}", max_length=200, required=False, initial=asked.question if asked else ""
        )
        self.fields[f"asked-{number}-hint"] = CleanTextField(label="Example", max_length=200, required=False, initial=asked.hint if asked else "")
        for urgency, label in Urgency.choices:
            usual = Need.MUST if urgency == Urgency.URGENT else Need.SHOULD
            self.fields[f"asked-{number}-{urgency}"] = forms.ChoiceField(
                label=label.capitalize(), choices=Need.choices, initial=getattr(asked, urgency) if asked else usual, required=False
            )

    def limit_rows(self) -> Iterator[list[forms.BoundField]]:
        for urgency in reversed(Urgency.values):
            yield [self[f"within-{urgency}"], self[f"read_back-{urgency}"]]

    def asked_rows(self) -> Iterator[list[forms.BoundField]]:
        for number in range(1, self.rows + 1):
            yield [self[f"asked-{number}-{name}"] for name in ("question", "hint", *Urgency.values)]

    def move_arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        asked = [
            Asked(
                cleaned[f"asked-{number}-question"],
                cleaned[f"asked-{number}-hint"],
                **{urgency: cleaned[f"asked-{number}-{urgency}"] or Need.SHOULD for urgency in Urgency.values},
            )
            for number in range(1, self.rows + 1)
            if cleaned[f"asked-{number}-question"]
        ]
        plain = {name: cleaned[name] for name in ("trigger", "channel", "warm", "colleague_may_go_past", "check_rule", "check_minutes")}
        terms = Terms(
            **plain,
            receiving_roles=list(cleaned["receiving_roles"]),
            accept_within={urgency: cleaned[f"within-{urgency}"] for urgency in Urgency.values},
            read_back=[urgency for urgency in Urgency.values if cleaned[f"read_back-{urgency}"]],
            required=asked,
            to_team_id=self.to_team_id,
        )
        return {"terms": terms, "read": cleaned["read"]}


class NewAgreementForm(TermsForm):
    applies = forms.ChoiceField(label="When does it hold?", choices=Applies.choices, initial=Applies.BOTH, widget=Cards(columns="three"))
    field_order = ("applies",)

    def __init__(self, data: Any = None, *, team: Team, taken: Collection[str] = (), **kwargs: Any) -> None:
        """``taken``: times for which this handover point has an agreement already."""
        super().__init__(data, team=team, **kwargs)
        free = [(value, str(label).capitalize()) for value, label in Applies.choices if value not in taken]
        self.fields["applies"].choices = free
        self.fields["applies"].initial = Applies.BOTH if not taken else free[0][0] if free else ""

    def move_arguments(self) -> dict[str, Any]:
        return {"terms": super().move_arguments()["terms"], "applies": self.cleaned_data["applies"]}
