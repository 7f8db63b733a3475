"""Offer actions to a colleague or to the incoming shift. The giver stays responsible for each until it is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import InformationMissing, Invalid, NotAllowed, Refusal
from handover.actions import operations as actions
from handover.actions.models import Action
from handover.agreements.models import AgreementVersion
from handover.agreements.queries import in_force_for_many
from handover.due import operations as due
from handover.due.models import Rule
from handover.due.operations import Owed
from handover.events import Event
from handover.followups import operations as followups
from handover.handovers import completeness, permissions
from handover.handovers import operations as handovers
from handover.handovers.models import Handover, Item, When
from handover.handovers.timing import AcceptLimits, accept_limits, read_back_needed
from handover.moves import owed
from handover.moves.activity import active
from handover.moves.locks import id_of, lock_action
from handover.moves.receiving import Receiving, receiving_side
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts import eligibility
from handover.shifts.queries import Timetable, lead_ids, timetable

PARTS = ("promise", "promised_by", "situation", "done_so_far", "next_step", "if_then")


@dataclass(frozen=True)
class Entry:
    """One action as it goes into an offer: what the outgoing colleague wrote, and when to check.

    ``promise`` and ``promised_by`` are the action's own facts where they are ``None``. ``answers`` by the id of the
    required information. ``check_at`` empty: by rule. ``missing_reason``: why it goes with a *should* missing.
    """

    action_id: int
    situation: str = ""
    promise: str | None = None
    promised_by: datetime | None = None
    done_so_far: str = ""
    next_step: str = ""
    if_then: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)
    check_at: datetime | None = None
    missing_reason: str = ""

    def parts(self, action: Action) -> dict[str, str | datetime | None]:
        written = {name: getattr(self, name) for name in PARTS}
        written["promise"] = action.promise if self.promise is None else self.promise
        written["promised_by"] = self.promised_by or action.promised_by
        return written


@dataclass(frozen=True)
class _Offer:
    """What is the same for every action of one press."""

    by: User
    at: datetime
    to: User | None
    side: Receiving
    table: Timetable
    override_reason: str
    remind: bool


@transaction.atomic
def offer(
    *,
    entries: Sequence[Entry],
    by: User,
    at: datetime,
    when: str = When.END_OF_SHIFT,
    to: User | None = None,
    to_shift_id: int | None = None,
    warm: bool = False,
    channel: str = "",
    override_reason: str = "",
    remind: bool = True,
) -> Handover:
    """Offer several actions in one press, to one colleague or to one shift.

    A second, equal press returns the first one's handover. Raises ``InformationMissing`` (naming every field) while a
    *must* is missing, or a *should* without a reason; ``NotAllowed`` with the reasons where the receiver may not take
    it and nobody goes past that; ``Invalid`` where the receiver or the actions are not one choice.
    """
    if not entries:
        raise Invalid("Pick at least one action to hand over.", field="actions")
    if (to is None) == (to_shift_id is None):
        raise Invalid("Choose a colleague or the incoming shift.", field="receiver")
    picked = {entry.action_id: entry for entry in entries}
    locked = _lock(picked, by=by)
    if again := _same_offer(locked, to=to, to_shift_id=to_shift_id):
        return again
    versions = in_force_for_many([action.service_id for action in locked if action.service_id], "during" if when == When.IN_SHIFT else "between")
    wanting = {action.pk: versions.get(action.service_id or 0) for action in locked}
    table = timetable(locked[0].team_id, at)
    side = receiving_side(locked, wanting, giver_id=locked[0].responsible_id or by.pk, when=when, to_shift_id=to_shift_id, table=table, at=at)
    press = _Offer(by, at, to, side, table, override_reason, remind)
    _check_information([(action, picked[action.pk], wanting[action.pk]) for action in locked])
    envelope = handovers.make_envelope(
        team_id=locked[0].team_id, to_team_id=side.team_id, giver=locked[0].responsible or by, when=when, warm=warm, channel=channel, offered_at=at
    )
    for action in locked:
        _offer_one(press, envelope, action, picked[action.pk], wanting[action.pk])
    due.ring()
    return envelope


def _lock(action_ids: Iterable[int], *, by: User) -> list[Action]:
    """The actions, locked in the order of their keys, all of which ``by`` may offer now."""
    locked = [lock_action(action_id) for action_id in sorted(action_ids)]
    for action in locked:
        permissions.check_offer(by, action)
        actions.check_open(action)
        if follow_up := followups.owed_on(action):
            raise Refusal(
                f"What happens next with {action.ref} is not decided yet.",
                possible=f"{follow_up.owed_by.display_name} or a lead decides that first.",
                field="actions",
            )
    return locked


def _same_offer(locked: Sequence[Action], *, to: User | None, to_shift_id: int | None) -> Handover | None:
    """The handover that an equal press made a moment ago; refuse what is on offer to somebody else."""
    items = list(Item.objects.on_offer().select_related("handover").filter(action__in=locked))
    if not items:
        return None
    same = {(item.handover_id, item.receiver_id, item.receiving_shift_id) for item in items}
    if len(items) == len(locked) and same == {(items[0].handover_id, id_of(to), to_shift_id)}:
        return items[0].handover
    refs = ", ".join(action.ref for action in locked if action.pk in {item.action_id for item in items})
    raise Refusal(f"{refs} is already on offer to somebody.", possible="Withdraw that offer first.", field="actions")


def _check_information(briefs: Sequence[tuple[Action, Entry, AgreementVersion | None]]) -> None:
    musts, shoulds = [], []
    for action, entry, version in briefs:
        measured = completeness.measure(entry.parts(action), entry.answers, version=version, urgency=action.urgency)
        musts += [(action, detail) for detail in measured.missing_musts]
        if measured.missing and not entry.missing_reason.strip():
            shoulds += [(action, detail) for detail in measured.missing if detail not in measured.missing_musts]
    for missing, why in ((musts, "Write it"), (shoulds, "Write it, or say why it goes without")):
        if missing:
            listed = "; ".join(f"{action.ref}: {detail.label}" for action, detail in missing)
            items = [{"action": action.ref, "name": detail.name, "label": detail.label, "need": detail.need} for action, detail in missing]
            raise InformationMissing(
                f"Required details are missing. {listed}.", possible=f"{why}, then send again.", field="" if missing is musts else "missing_reason", items=items
            )


def _offer_one(press: _Offer, envelope: Handover, action: Action, entry: Entry, version: AgreementVersion | None) -> None:
    giver = action.responsible or press.by
    past = _gone_past(press, action, version, giver)
    limits = accept_limits(
        offered_at=press.at, urgency=action.urgency, version=version, receiving_starts=press.side.starts_at, receiving_ends=press.side.ends_at
    )
    item = handovers.make_item(
        envelope,
        action,
        giver=giver,
        offered_by=press.by,
        receiver=press.to,
        receiving_shift_id=press.side.shift_id,
        agreement_version=version,
        read_back_needed=read_back_needed(version, action.urgency),
        accept_by=limits.accept_by,
        check_at=entry.check_at,
        missing_reason=entry.missing_reason.strip(),
        override_reason=press.override_reason if past else "",
        follows=followups.to_pass_on(action),
    )
    handovers.write_brief(item, parts=entry.parts(action), answers=entry.answers, version=version, urgency=action.urgency)
    active(action, by=press.by, at=press.at)
    _owe_and_tell(press, action, item, limits, past=past)
    data = {
        "handover": envelope.pk,
        "giver": giver.pk,
        "receiver": id_of(press.to),
        "shift": press.side.shift_id,
        "agreement_version": id_of_version(version),
        "accept_by": limits.accept_by.isoformat(),
        "went_past": past,
        "missing_reason_given": bool(entry.missing_reason.strip()),
    }
    audit.record(Event.OFFERED, actor=press.by, subject=item, team_id=item.from_team_id, also_team_id=item.to_team_id, at=press.at, data=data)


def _owe_and_tell(press: _Offer, action: Action, item: Item, limits: AcceptLimits, *, past: bool) -> None:
    """The clocks of the offer; those who may accept hear of it, and the lead of a rule that was gone past."""
    giver = item.giver
    receivers = [press.to.pk] if press.to else eligibility.eligible_ids(press.side.wanted[action.pk], giver_id=giver.pk, table=press.side.table)
    rows = owed.acceptance(item, limits)
    if press.remind and giver.is_person:
        rows.append(Owed(Rule.OWN_REMINDER, item, item.from_team_id, item.check_at or limits.accept_by, 1, giver.pk))
    if not receivers:
        rows.append(Owed(Rule.NO_ONE_ELIGIBLE, item, item.from_team_id, press.at))
    due.owe(*rows, at=press.at)
    notifications.tell(Kind.OFFERED, to=receivers, about=item, action=action, by=press.by, at=press.at)
    if past:
        told = lead_ids(action.team_id, press.at)
        notifications.tell(Kind.OVERRIDDEN, to=told, about=item, action=action, by=press.by, words=press.override_reason, at=press.at)


def id_of_version(version: AgreementVersion | None) -> int | None:
    return version.pk if version else None


def _gone_past(press: _Offer, action: Action, version: AgreementVersion | None, giver: User) -> bool:
    """Whether a rule about the receiver was gone past; refuse where nobody may."""
    if press.to is None:
        return False
    want = press.side.wanted[action.pk]
    try:
        permissions.check_receiver(want, giver_id=giver.pk, receiver=press.to)
    except NotAllowed:
        self_offer = press.to.pk == giver.pk
        member = press.to.is_person and press.to.belongs_to_as_member(want.team_id)
        if self_offer or not member or not press.override_reason.strip():
            raise
        permissions.check_go_past(press.by, action.team_id, colleague_may=bool(version and version.colleague_may_go_past))
        return True
    return False
