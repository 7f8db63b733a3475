"""The form that hands over several actions in one press. Its fields follow from what is held and what was agreed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from accounts.models import Team
from common.text import CleanTextField
from common.widgets import Cards, Described, MomentInput
from handover.agreements.models import Need
from handover.checks.timing import propose
from handover.handovers.completeness import PARTS, QUESTIONS, answer_name, need_of, required_of
from handover.handovers.handing_queries import Handing, Prepared, Taker
from handover.handovers.queries import field_name
from handover.moves import Entry
from handover.shifts.queries import Timetable

EXAMPLES = {
    "next_step": "For example: make up the tray from the night folder card, deliver to 305",
    "if_then": "For example: ring the room by 06:00 and offer a packed tray at the door",
}
LONGEST = 2_000
BY_RULE, NEXT_SHIFT, OWN = "rule", "next_shift", "own"


@dataclass(frozen=True)
class BriefFields:
    """One action's part of the form, for the template."""

    prepared: Prepared
    fields: list[forms.BoundField]
    needs: list[dict[str, Any]]
    picked: bool

    @property
    def missing(self) -> int:
        return len(self.prepared.complete.missing)


class HandOverForm(forms.Form):
    """Picks, receiver, check time, and a brief for each action held. ``move_arguments`` are those of ``moves.offer``."""

    receiver = forms.ChoiceField(label="Who takes it over?", widget=Cards, error_messages={"required": "Choose who takes it over."})
    check_rule = forms.ChoiceField(label="Check it was completed", required=False)
    check_at = forms.DateTimeField(label="Or check at", required=False, widget=MomentInput)
    channel = CleanTextField(label="Tell them by", max_length=200, required=False)
    warm = forms.BooleanField(label="We also speak about it", required=False)
    remind = forms.BooleanField(label="Remind me at the check time, and if nobody has accepted in time", required=False)
    missing_reason = CleanTextField(
        label="Why are details missing?", max_length=300, required=False, help_text="Only where a detail that should be there is not. They will see it."
    )
    override_reason = CleanTextField(
        label="Go past a rule, because",
        max_length=300,
        required=False,
        help_text="For leads, or where the agreement allows it. Recorded, and told to the lead.",
    )

    def __init__(self, data: Any = None, *, handing: Handing, team: Team, table: Timetable, giver_id: int, at: datetime, **kwargs: Any) -> None:
        self.handing, self.at, self.table, self.giver_id = handing, at, table, giver_id
        fields = handing.draft.fields if handing.draft else {}
        given = kwargs.pop("initial", None) or fields
        how = _how(handing, given.get("pick") or [])
        kwargs["initial"] = {"remind": True, "check_rule": BY_RULE, "channel": how[0], "warm": not fields and how[1], **given}
        super().__init__(data, **kwargs)
        self.fields["receiver"].choices = list(self._receivers())
        if not self.is_bound and not self._chosen_suits():  # the draft is older than the rota, or something else is picked now
            self.initial["receiver"] = _first(handing, self.picked())
        self.fields["check_rule"].choices = self._check_choices(team)
        for one in handing.prepared:
            self._add_brief(one)

    def _add_brief(self, one: Prepared) -> None:
        for name, _, need in PARTS:
            if name == "promised_by":
                continue
            long = name != "next_step"
            field = CleanTextField(label=QUESTIONS[name], max_length=LONGEST, lines=long, required=False, initial=one.parts[name])
            field.needed = need_of(name, need, one.action.urgency)
            field.widget.attrs.update({"rows": 2} if long else {})
            if name in EXAMPLES:
                field.widget.attrs["placeholder"] = EXAMPLES[name]
            self.fields[field_name(one.action, name)] = field
        for asked in required_of(one.version, one.action.urgency):
            field = CleanTextField(label=asked.question, max_length=LONGEST, required=False, initial=one.answers.get(asked.pk, ""))
            field.needed = asked.need(one.action.urgency)
            if asked.hint:
                field.widget.attrs["placeholder"] = asked.hint
            self.fields[field_name(one.action, answer_name(asked.pk))] = field

    def _receivers(self) -> Iterator[tuple[str, Described]]:
        total = len(self.handing.prepared)
        for taker in self.handing.takers:
            yield f"user-{taker.user.pk}", _card(taker, total)
        for side in self.handing.sides:
            if side.slot and (side.prepared or not side.name):
                hint = f"{side.name}. The first who can takes it." if side.name else "The first who can takes it."
                yield f"shift-{side.slot.id}", Described(f"Anyone on {side.slot.name}", hint=hint, icon="users")

    def _check_choices(self, team: Team) -> list[tuple[str, str]]:
        own = team.local(self.table.next_start(self.giver_id, self.at))
        return [(BY_RULE, "By the agreement: after the promise"), (NEXT_SHIFT, f"{own:%a %H:%M}, start of my next shift"), (OWN, "At the time below")]

    def point_out(self, missing: Iterable[Mapping[str, str]]) -> None:
        """Mark the fields that a refused offer named as missing, so that the summary at the top leads to each."""
        for one in missing:
            name = f"{one['action']}-{one['name']}"
            if name in self.fields and one["need"] == Need.MUST:
                self.add_error(name, f"is needed before {one['action']} can be handed over.")

    def chose_unable(self) -> bool:
        """Whether somebody is chosen who can take none of it: they must not be hidden then."""
        chosen = self["receiver"].value()
        return any(f"user-{taker.user.pk}" == chosen and not taker.can_take for taker in self.handing.takers)

    def _chosen_suits(self) -> bool:
        """Whether whoever is chosen can take something of what is picked; a shift suits if it is offered."""
        chosen, picked = self.initial.get("receiver"), set(self.picked())
        pks = {one.action.pk for one in self.handing.prepared if one.action.ref in picked}
        shifts = {f"shift-{side.slot.id}" for side in self.handing.sides if side.slot}
        return chosen in shifts or any(f"user-{taker.user.pk}" == chosen and taker.can_take & pks for taker in self.handing.takers)

    def unable(self) -> int:
        """How many colleagues can take none of it."""
        return sum(not taker.can_take for taker in self.handing.takers)

    def briefs(self) -> Iterator[BriefFields]:
        """The briefs with their bound fields, for the template."""
        picked = set(self.picked())
        for one in self.handing.prepared:
            fields = [self[name] for name in self.fields if name.startswith(f"{one.action.ref}-")]
            ids = {field.name: field.auto_id for field in fields}
            needs = [
                {"id": ids.get(field_name(one.action, detail.name), ""), "label": detail.label, "given": detail.given}
                for detail in one.complete.details
                if detail.need != Need.NO
            ]
            yield BriefFields(one, fields, needs, one.action.ref in picked)

    def picked(self) -> list[str]:
        """References of the actions that are ticked: as sent, else as drafted, else all that are complete."""
        known = [one.action.ref for one in self.handing.prepared]
        if self.is_bound:
            return [ref for ref in self.data.getlist("actions") if ref in known]
        if wanted := self.initial.get("pick"):
            return [ref for ref in known if ref in wanted]
        if self.handing.draft and "actions" in self.handing.draft.fields:
            return [ref for ref in str(self.handing.draft.fields["actions"]).split(",") if ref in known]
        side = self._of_one_side()
        return [one.action.ref for one in side if not one.complete.missing_musts] or [one.action.ref for one in side[:1]]

    def _of_one_side(self) -> Sequence[Prepared]:
        """What goes to one team, since one press goes to one: to the team that receives most."""
        return max((side.prepared for side in self.handing.sides), key=len, default=())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.picked():
            self.add_error(None, "Pick at least one action to hand over.")
        if cleaned.get("check_rule") == OWN and not cleaned.get("check_at"):
            self.add_error("check_at", "Say when it is to be checked, for example today 23:30.")
        return cleaned

    def move_arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        kind, _, pk = cleaned["receiver"].partition("-")
        taker = next((taker.user for taker in self.handing.takers if str(taker.user.pk) == pk), None) if kind == "user" else None
        chosen = set(self.picked())
        return {
            "entries": [self._entry(one) for one in self.handing.prepared if one.action.ref in chosen],
            "to": taker,
            "to_shift_id": int(pk) if kind == "shift" else None,
            "when": self.handing.when,
            "warm": cleaned["warm"],
            "channel": cleaned["channel"],
            "override_reason": cleaned["override_reason"],
            "remind": cleaned["remind"],
        }

    def _entry(self, one: Prepared) -> Entry:
        written = {name: self.cleaned_data[field_name(one.action, name)] for name in QUESTIONS}
        answers = {asked.pk: self.cleaned_data[field_name(one.action, answer_name(asked.pk))] for asked in required_of(one.version, one.action.urgency)}
        return Entry(action_id=one.action.pk, answers=answers, check_at=self._check_at(), missing_reason=self.cleaned_data["missing_reason"], **written)

    def _check_at(self) -> datetime | None:
        rule = self.cleaned_data.get("check_rule") or BY_RULE
        if rule == OWN:
            return self.cleaned_data["check_at"]
        return self.table.next_start(self.giver_id, self.at) if rule == NEXT_SHIFT else None

    def proposed_check(self, one: Prepared) -> datetime:
        """When this action would be checked by rule, if it were accepted now."""
        return propose(
            accepted_at=self.at,
            urgency=one.action.urgency,
            promised_by=one.action.promised_by,
            givers_next_start=self.table.next_start(self.giver_id, self.at),
            incoming_ends=self.table.end_of_incoming(self.giver_id, self.at),
            version=one.version,
        )


def _how(handing: Handing, picked: Collection[str]) -> tuple[str, bool]:
    """How the agreement says that the first action (of those picked, where some are) is passed on, and whether it is spoken."""
    agreed = [one for one in handing.prepared if one.version]
    first = next((one.version for one in agreed if one.action.ref in picked), agreed[0].version if agreed else None)
    return (first.how[:200], first.warm) if first else ("On screen", False)


def _first(handing: Handing, picked: Collection[str] = ()) -> str:
    """Who is proposed: the colleague who can take most of what is picked, else most of all."""
    pks = {one.action.pk for one in handing.prepared if one.action.ref in picked}
    able = [taker for taker in handing.takers if taker.can_take]
    first = max(able, key=lambda taker: (len(taker.can_take & pks), len(taker.can_take)), default=None)
    return f"user-{first.user.pk}" if first else f"shift-{handing.slot.id}" if handing.slot else ""


def _card(taker: Taker, total: int) -> Described:
    able = len(taker.can_take)
    says = " ".join(taker.reasons) if not able else f"Can take all {total}" if able == total else f"Can take {able} of {total}. {' '.join(taker.reasons)}"
    who = ", ".join(part for part in (f"{taker.roles[:1].upper()}{taker.roles[1:]}", taker.team) if part)
    says = f"{says}. {taker.knows}" if taker.knows and able else says
    return Described(taker.user.display_name, hint=f"{who}. {says}" if who else says, person=taker.user, holds=taker.holds, off=not able)
