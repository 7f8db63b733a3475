"""Proposing terms: whom they are proposed to, why, and by when an answer is due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from accounts.models import Team, User
from accounts.queries import members_of
from common.text import CleanTextField
from common.widgets import Cards, Described, MomentInput, TickCards
from handover.agreements.forms import TermsForm
from handover.agreements.models import AgreementVersion, Applies

ASK, ALONE = "ask", "alone"
DAYS = timedelta(days=7)


class ProposeForm(TermsForm):
    """A change. A lead may decide it alone, with a reason; everybody else names who has to agree."""

    way = forms.ChoiceField(label="Who decides?", required=False, widget=Cards(columns="two"))
    named = forms.TypedMultipleChoiceField(
        label="Who has to agree, beside you",
        required=False,
        coerce=int,
        widget=TickCards(columns="two"),
        help_text="At least a lead, and somebody of each side.",
    )
    why = CleanTextField(label="Why?", max_length=2_000, lines=True, required=False, help_text="What went wrong, or what would be easier.")
    answer_by = forms.DateTimeField(label="Answer by", required=False, widget=MomentInput)
    reason = CleanTextField(label="Why you decide it alone", max_length=1_000, lines=True, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        team: Team,
        by: User,
        at: datetime,
        version: AgreementVersion | None = None,
        proposal: AgreementVersion | None = None,
        **kwargs: Any,
    ) -> None:
        """``version``: what is in force; ``proposal``: the one whose text is changed."""
        super().__init__(data, team=team, version=proposal or version, **kwargs)
        self.proposal = proposal
        self.fields["why"].widget.attrs["rows"] = self.fields["reason"].widget.attrs["rows"] = 3
        self.is_lead = by.is_lead_of(team.pk) and proposal is None
        self._set_ways(is_first=version is None)
        asked = {answer.colleague_id for answer in proposal.answers.all()} if proposal else set()
        self._set_named(by, asked, nobody=self.is_lead and version is None)
        today = team.local(at).date()
        if not self.kept:
            friday = datetime.combine(today, time(17), tzinfo=team.tz) + DAYS
            self.initial["answer_by"] = proposal.answer_by if proposal else friday
            self.initial["why"] = proposal.why if proposal else ""
            self.initial["read"] = proposal.revision if proposal else version.number if version else None
            if self.initial.get("review_on") and self.initial["review_on"] <= today:
                self.initial["review_on"] = None

    def _set_ways(self, *, is_first: bool) -> None:
        if not self.is_lead:
            del self.fields["way"], self.fields["reason"]
            return
        ask = Described("Those concerned agree", hint="In force when everybody named has agreed", icon="users", data={"show": ASK, "label": "Propose it"})
        hint = "In force at once" if is_first else "In force at once, with a reason that everybody sees"
        alone = Described("I decide it alone", hint=hint, icon="check", data={"show": ALONE, "label": "Put it in force"})
        self.fields["way"].choices = [(ASK, ask), (ALONE, alone)]
        self.initial.setdefault("way", ALONE if is_first else ASK)

    def _set_named(self, by: User, asked: set[int], *, nobody: bool) -> None:
        """Everybody of both sides may be named; suggested are the leads and whoever has a receiving job role."""
        roles = {str(role) for role in self.initial.get("receiving_roles") or []}
        choices, suggested = [], []
        for team in (self.team, self.to_team):
            for place in members_of(team) if team else ():
                if place.user_id == by.pk or any(place.user_id == pk for pk, _ in choices):
                    continue
                words = [place.roles_line() or ("lead" if place.is_lead else "member"), *([str(team)] if self.to_team else [])]
                is_asked = place.user_id in asked
                hint = ", ".join([words[0][:1].upper() + words[0][1:], *words[1:], *(["asked already"] if is_asked else [])])
                choices.append((place.user_id, Described(str(place.user), hint=hint, person=place.user, closed=is_asked)))
                if is_asked or place.is_lead or roles & {str(role.pk) for role in place.job_roles.all()}:
                    suggested.append(place.user_id)
        self.fields["named"].choices = choices
        if not self.kept:
            self.initial["named"] = [] if nobody else suggested

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("way") == ASK and not cleaned.get("named"):
            self.add_error("named", "Choose who has to agree, or decide it alone.")
        return cleaned

    def move_arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        alone = self.is_lead and (cleaned["way"] == ALONE or (not cleaned["way"] and not cleaned["named"]))
        plain = {"terms": self.terms(), "named": [] if alone else cleaned["named"], "why": cleaned["why"], "answer_by": cleaned["answer_by"]}
        if self.proposal is not None:
            return {**plain, "read": cleaned["read"]}
        return {**plain, "reason": cleaned["reason"] if alone else "", "read": cleaned["read"]}


class FirstForm(ProposeForm):
    """The first terms for a handover point."""

    applies = forms.ChoiceField(label="When does it hold?", choices=Applies.choices, initial=Applies.BOTH, widget=Cards(columns="three"))

    def __init__(self, data: Any = None, *, team: Team, taken: Collection[str] = (), **kwargs: Any) -> None:
        """``taken``: times for which this handover point has an agreement already."""
        super().__init__(data, team=team, **kwargs)
        free = [(value, str(label).capitalize()) for value, label in Applies.choices if value not in taken]
        self.fields["applies"].choices = free
        self.initial.setdefault("applies", Applies.BOTH if not taken else free[0][0] if free else "")

    def move_arguments(self) -> dict[str, Any]:
        arguments = super().move_arguments()
        del arguments["read"]
        return {**arguments, "applies": self.cleaned_data["applies"]}
