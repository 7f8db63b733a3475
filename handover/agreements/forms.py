"""The terms of an agreement, as whoever proposes them fills them in. Whom it is proposed to: ``propose_forms``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from accounts.models import JobRole, Team
from common.text import CleanTextField
from common.widgets import Cards, DayInput, Described, TickCards
from handover.agreements.models import AgreementVersion, CheckRule, Means, Need
from handover.agreements.operations import Asked, Terms
from handover.due.limits import ACCEPT, Urgency

BLANK_ROWS = 3
MOST = 20
A_WEEK = 7 * 24 * 60
MEANS = [
    (Means.BATON.value, Described("In Baton", hint="Written here; nobody has to meet", icon="device-desktop")),
    (Means.FACE.value, Described("Face to face", hint="Spoken at the desk, Baton keeps the record", icon="users")),
    (Means.PHONE.value, Described("By phone", hint="Spoken, Baton keeps the record", icon="phone")),
    (Means.VIDEO.value, Described("By video", hint="Spoken, Baton keeps the record", icon="message-circle")),
]
PLAIN = ("trigger", "means", "channel", "warm", "check_rule", "check_minutes", "colleague_may_go_past", "escalation", "review_on")


class TermsForm(forms.Form):
    """When it is right, to whom, how, with which information, how soon, and when it is checked."""

    trigger = CleanTextField(label="When is it right to hand over?", max_length=2_000, lines=True, required=False)
    to_team = forms.ModelChoiceField(
        label="Which team receives?",
        queryset=Team.objects.none(),
        required=False,
        empty_label="Our own team",
        help_text="Another team agrees as a side of its own.",
    )
    receiving_roles = forms.ModelMultipleChoiceField(
        label="To whom? Job roles that may receive",
        queryset=JobRole.objects.none(),
        required=False,
        widget=TickCards(columns="two"),
        help_text="None ticked: anybody in the team.",
    )
    means = forms.ChoiceField(label="How is it passed on?", choices=MEANS, widget=Cards(columns="two"), required=False, initial=Means.BATON)
    channel = CleanTextField(
        label="How, exactly?", max_length=200, initial="On screen, then face to face at the desk", help_text="Which desk, radio channel, number."
    )
    warm = forms.BooleanField(label="Spoken as well", required=False)
    check_rule = forms.ChoiceField(label="When is completion checked?", choices=CheckRule.choices)
    check_minutes = forms.IntegerField(label="Minutes after acceptance", required=False, min_value=15, max_value=A_WEEK)
    escalation = CleanTextField(
        label="If it was not done", max_length=1_000, lines=True, required=False, help_text="For example: the desk takes it back and rings the customer."
    )
    read = forms.IntegerField(required=False, widget=forms.HiddenInput)
    colleague_may_go_past = forms.BooleanField(label="A colleague may go past these rules with a reason", required=False)
    review_on = forms.DateField(
        label="Look at it again on", required=False, widget=DayInput, help_text="The leads and those who agreed are reminded that morning."
    )

    def __init__(self, data: Any = None, *, team: Team, version: AgreementVersion | None = None, kept: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        """``version``: what the form begins with; ``kept``: what was typed before, and not sent."""
        self.kept = dict(kept or {})
        if version is not None:
            roles = [role.pk for role in version.receiving_roles.all()]
            kwargs["initial"] = {name: getattr(version, name) for name in PLAIN} | {"receiving_roles": roles, "to_team": version.to_team_id}
        super().__init__(data, **kwargs)
        self.fields["trigger"].widget.attrs["rows"] = self.fields["escalation"].widget.attrs["rows"] = 2
        self.team = team
        self.to_team = self._receiver(version)
        self.fields["to_team"].queryset = Team.objects.exclude(pk=team.pk).order_by("name", "pk")
        sides = {team.pk, self.to_team.pk} if self.to_team else {team.pk}
        self.fields["receiving_roles"].queryset = JobRole.objects.filter(team__in=sides).order_by("name", "pk")
        self._add_limits(version)
        asked = list(version.required.all()) if version else []
        typed = max((int(name.split("-")[1]) for name, value in self.kept.items() if name.endswith("-question") and value), default=0)
        self.rows = min(max(len(asked), typed) + BLANK_ROWS, MOST)
        for number in range(1, self.rows + 1):
            self._add_row(number, asked[number - 1] if number <= len(asked) else None)
        self._take_kept()

    def _receiver(self, version: AgreementVersion | None) -> Team | None:
        """The other team that the form speaks of now: as sent, as kept, or as it was agreed."""
        if self.is_bound or self.kept:
            chosen = str(self.data.get("to_team", "") if self.is_bound else self.kept.get("to_team", ""))
            return Team.objects.filter(pk=int(chosen)).first() if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else None
        return version.to_team if version else None

    def _take_kept(self) -> None:
        """What was typed before stands in the fields; a box that was not ticked then is not ticked now."""
        if not self.kept:
            return
        for name, field in self.fields.items():
            if isinstance(field, forms.BooleanField):
                self.initial[name] = name in self.kept
            elif isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
                value = self.kept.get(name, [])
                self.initial[name] = value if isinstance(value, list) else [value]
            elif name in self.kept and name != "read":
                self.initial[name] = self.kept[name]

    def _add_limits(self, version: AgreementVersion | None) -> None:
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

    def terms(self) -> Terms:
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
        return Terms(
            **{name: cleaned[name] for name in PLAIN if name != "means"},
            means=cleaned["means"] or Means.BATON,
            receiving_roles=list(cleaned["receiving_roles"]),
            accept_within={urgency: cleaned[f"within-{urgency}"] for urgency in Urgency.values},
            read_back=[urgency for urgency in Urgency.values if cleaned[f"read_back-{urgency}"]],
            required=asked,
            to_team_id=cleaned["to_team"].pk if cleaned["to_team"] else None,
        )
