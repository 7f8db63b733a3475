"""What people type about an improvement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms

from accounts.models import Team, User
from common.text import CleanTextField
from common.widgets import Cards, DayInput, Described, TickCards
from handover.agreements.models import Agreement, AgreementVersion
from handover.catalog.models import Service
from reviews.improvements import measures, queries
from reviews.improvements.models import Improvement, Says, Verdict
from reviews.improvements.operations import LONGEST, Change
from reviews.sharing import wording
from reviews.sharing.measuring import Scope, measure

LONG = 2_000
A_FEW = 12
USUAL = timedelta(weeks=2)
BACK = timedelta(weeks=5)


class ChangeForm(forms.Form):
    """A change: what, who, by when, which figure it should move and how far, and who has to agree."""

    change = CleanTextField(label="What will you change?", max_length=LONGEST, lines=True, help_text="One thing at a time, so that you can tell what helped.")
    why = CleanTextField(label="Why?", max_length=LONG, lines=True, required=False, help_text="What goes wrong now, and what the evidence says.")
    owner = forms.TypedChoiceField(label="Owner", coerce=int, help_text="Who sees to it. They have to agree.")
    due_on = forms.DateField(label="By", widget=DayInput)
    figure = forms.ChoiceField(label="The figure that it should move", help_text="Beside each: where it stood in the last five weeks.")
    target = forms.FloatField(label="Target", help_text="Per cent for shares, minutes for times. For example 90 for 90%.")
    about = forms.ChoiceField(label="Measured on", required=False)
    concerned = forms.TypedMultipleChoiceField(
        label="Who has to agree, beside you", required=False, coerce=int, widget=TickCards(columns="two"), help_text="Those whose work it changes, and a lead."
    )
    read = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, team: Team, by: User, today: date, start: dict[str, Any], asked: Iterable[int] = ()) -> None:
        """``start``: what is filled in; ``asked``: ids of those who were asked already and stay so."""
        super().__init__(data, initial={"due_on": today + USUAL, "owner": by.pk, **start})
        self.team = team
        for name, rows in (("change", 2), ("why", 3)):
            self.fields[name].widget.attrs["rows"] = rows
        self._set_people(by, set(asked), suggested=start.get("concerned"))
        self._set_figures(today)
        self._set_places()
        self.fields["target"].widget.attrs["step"] = "any"

    def _set_people(self, by: User, asked: set[int], *, suggested: list[int] | None) -> None:
        others = AgreementVersion.objects.in_force().filter(agreement__team=self.team, to_team__isnull=False).values_list("to_team_id", flat=True)
        here: dict[int, Any] = {}
        for place in queries.members_of_sides(self.team.pk, *others):
            here.setdefault(place.user_id, place)
        own = [place for place in here.values() if place.team_id == self.team.pk]
        self.fields["owner"].choices = [(pk, str(place.user) if place in own else f"{place.user}, {place.team}") for pk, place in here.items()]
        choices = []
        for pk, place in here.items():
            words = [place.roles_line() or ("lead" if place.is_lead else "member"), *([] if place in own else [str(place.team)])]
            words += ["asked already"] if pk in asked else []
            hint = ", ".join(words)
            if pk != by.pk:
                choices.append((pk, Described(str(place.user), hint=hint[:1].upper() + hint[1:], person=place.user, closed=pk in asked)))
        self.fields["concerned"].choices = choices
        usual = [place.user_id for place in own if len(own) <= A_FEW or place.is_lead]
        self.initial["concerned"] = [pk for pk in (usual if suggested is None else suggested) if pk in here] + sorted(asked)

    def _set_figures(self, today: date) -> None:
        now = measure(Scope(self.team.pk, today - BACK, today + timedelta(days=1)), measures.MEASURES)
        found = []
        for name, figure in measures.MEASURES.items():
            better = "more" if measures.up_is_better(figure) else "less"
            found.append((name, f"{figure.label}: now {wording.value(now[name], figure.unit)}, {better} is better"))
        self.fields["figure"].choices = [("", "Choose one"), *found]

    def _set_places(self) -> None:
        services = [(f"service-{one.pk}", str(one)) for one in Service.objects.filter(team=self.team)]
        agreements = Agreement.objects.filter(team=self.team).select_related("point__service")
        named = [(f"agreement-{one.pk}", wording.name_of_agreement(one)) for one in agreements]
        groups = [(label, choices) for label, choices in (("One service", services), ("One agreement", named)) if choices]
        self.fields["about"].choices = [("", "All handovers that the team gives"), *groups]

    def move_arguments(self) -> dict[str, Any]:
        sent = self.cleaned_data
        kind, _, pk = sent["about"].partition("-")
        is_share = measures.MEASURES[sent["figure"]].unit == "share"
        change = Change(
            change=sent["change"],
            why=sent["why"],
            owner_id=sent["owner"],
            due_on=sent["due_on"],
            figure=sent["figure"],
            target=sent["target"] / 100 if is_share else sent["target"],
            concerned=sent["concerned"],
            **({f"{kind}_id": int(pk)} if pk else {}),
        )
        return {"change": change}


def start_from(improvement: Improvement) -> dict[str, Any]:
    """What a form about the same change begins with."""
    figure = measures.figure_of(improvement.figure)
    kind, pk = ("service", improvement.service_id) if improvement.service_id else ("agreement", improvement.agreement_id)
    return {
        "change": improvement.change,
        "why": improvement.why,
        "owner": improvement.owner_id,
        "due_on": improvement.due_on,
        "figure": improvement.figure,
        "target": round(improvement.target * (100 if figure.unit == "share" else 1), 4),
        "about": f"{kind}-{pk}" if pk else "",
        "concerned": list(improvement.consents.values_list("colleague_id", flat=True)),
        "read": improvement.revision,
    }


class AnswerForm(forms.Form):
    says = forms.ChoiceField(label="Your answer", choices=Says.choices, widget=Cards(columns="two"))
    words = CleanTextField(label="Why not yet?", max_length=LONG, lines=True, required=False)
    read = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, prefix="answer", **kwargs)
        agree = Described("I agree", hint="To the change, its owner, its day and its target", data={"show": "agree", "label": "I agree"})
        not_yet = Described("Not yet, because", hint="Say what would have to be different", data={"show": "not_yet", "label": "Say why not yet"})
        self.fields["says"].choices = [(Says.AGREE, agree), (Says.NOT_YET, not_yet)]
        self.fields["words"].widget.attrs["rows"] = 2


class DecideForm(forms.Form):
    reason = CleanTextField(label="Why you decide without everybody", max_length=LONG, lines=True, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="decide")
        self.fields["reason"].widget.attrs["rows"] = 2


class WithdrawForm(forms.Form):
    reason = CleanTextField(label="Why it is withdrawn", max_length=LONG, lines=True, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="withdraw")
        self.fields["reason"].widget.attrs["rows"] = 2


class DoneForm(forms.Form):
    """It is done, since when, and by which new version of an agreement, where that is the change."""

    done_on = forms.DateField(label="The first day on which it held", widget=DayInput, help_text="Before and after are counted from this day.")
    version_id = forms.TypedChoiceField(label="The new version of an agreement, where that is the change", required=False, coerce=int, empty_value=None)
    words = CleanTextField(label="What was done", max_length=LONG, lines=True, required=False)

    def __init__(self, data: Any = None, *, improvement: Improvement, today: date) -> None:
        super().__init__(data, prefix="done", initial={"done_on": today})
        self.fields["words"].widget.attrs["rows"] = 2
        versions = AgreementVersion.objects.in_force().filter(agreement__team=improvement.team_id).select_related("agreement__point__service")
        if improvement.agreement_id:
            versions = versions.filter(agreement=improvement.agreement_id)
        named = [(one.pk, f"{wording.name_of_agreement(one.agreement)}, version {one.number}") for one in versions.order_by("-in_force_at")]
        if named:
            self.fields["version_id"].choices = [("", "None: something else"), *named]
        else:
            del self.fields["version_id"]


class PlanForm(forms.Form):
    owner_id = forms.TypedChoiceField(label="Owner", coerce=int)
    due_on = forms.DateField(label="By", widget=DayInput)
    reason = CleanTextField(label="Why", max_length=LONG, lines=True, required=False)

    def __init__(self, data: Any = None, *, improvement: Improvement) -> None:
        super().__init__(data, prefix="plan", initial={"owner_id": improvement.owner_id, "due_on": improvement.due_on})
        people = {place.user_id: str(place.user) for place in queries.members_of_sides(improvement.team_id, improvement.other_team_id)}
        self.fields["owner_id"].choices = [*people.items()] if improvement.owner_id in people else [("", "Choose one"), *people.items()]
        self.fields["reason"].widget.attrs["rows"] = 2


class RemarkForm(forms.Form):
    words = CleanTextField(label="What else changed?", max_length=300, help_text="For example: two advisers joined on 12 October.")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="remark")


class JudgeForm(forms.Form):
    verdict = forms.ChoiceField(label="Did it work?", choices=Verdict.choices)
    words = CleanTextField(label="What you make of it", max_length=LONG, lines=True, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="judge")
        self.fields["words"].widget.attrs["rows"] = 2
