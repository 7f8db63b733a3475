"""Put one action on offer: what an offer by a colleague and one by rule have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from accounts.models import User
from audit import operations as audit
from common.errors import NotAllowed
from handover.actions import operations as actions
from handover.actions.models import Action
from handover.agreements.models import AgreementVersion
from handover.due import operations as due
from handover.due.models import Rule
from handover.due.operations import Owed
from handover.events import Event
from handover.followups import operations as followups
from handover.handovers import operations as handovers
from handover.handovers import permissions
from handover.handovers.models import Handover, Item
from handover.handovers.timing import AcceptLimits, accept_limits, read_back_needed
from handover.moves import owed
from handover.moves.activity import active
from handover.moves.locks import id_of
from handover.moves.receiving import Receiving
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts import eligibility
from handover.shifts.queries import Timetable, lead_ids

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
class Press:
    """What is the same for every action of one press. By rule there is nobody who pressed, and ``rule`` names it."""

    by: User | None
    at: datetime
    to: User | None
    side: Receiving
    table: Timetable
    override_reason: str
    remind: bool
    rule: str = ""
    words: str = ""


def offer_one(press: Press, envelope: Handover, action: Action, entry: Entry, version: AgreementVersion | None) -> None:
    giver = cast("User", action.responsible or press.by)  # a rule offers only what somebody holds
    actions.resume(action, at=press.at)  # what is handed over is not put off any more
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
    if press.by is not None:
        active(action, by=press.by, at=press.at)
    _owe_and_tell(press, action, item, limits, past=past)
    data: dict[str, object] = {
        "handover": envelope.pk,
        "giver": giver.pk,
        "receiver": id_of(press.to),
        "shift": press.side.shift_id,
        "agreement_version": id_of_version(version),
        "accept_by": limits.accept_by.isoformat(),
        "went_past": past,
        "missing_reason_given": bool(entry.missing_reason.strip()),
    }
    if press.rule:
        data["rule"] = press.rule
    audit.record(Event.OFFERED, actor=press.by, subject=item, team_id=item.from_team_id, also_team_id=item.to_team_id, at=press.at, data=data)


def _owe_and_tell(press: Press, action: Action, item: Item, limits: AcceptLimits, *, past: bool) -> None:
    """The clocks of the offer; those who may accept hear of it, and the lead of a rule that was gone past."""
    giver = item.giver
    receivers = [press.to.pk] if press.to else eligibility.eligible_ids(press.side.wanted[action.pk], giver_id=giver.pk, table=press.side.table)
    rows = owed.acceptance(item, limits)
    if press.remind and giver.is_person:
        rows.append(Owed(Rule.OWN_REMINDER, item, item.from_team_id, item.check_at or limits.accept_by, 1, giver.pk))
    if not receivers:
        rows.append(Owed(Rule.NO_ONE_ELIGIBLE, item, item.from_team_id, press.at))
    due.owe(*rows, at=press.at)
    notifications.tell(Kind.OFFERED, to=receivers, about=item, action=action, by=press.by, words=press.words, at=press.at)
    if past:
        told = lead_ids(action.team_id, press.at)
        notifications.tell(Kind.OVERRIDDEN, to=told, about=item, action=action, by=press.by, words=press.override_reason, at=press.at)


def id_of_version(version: AgreementVersion | None) -> int | None:
    return version.pk if version else None


def _gone_past(press: Press, action: Action, version: AgreementVersion | None, giver: User) -> bool:
    """Whether a rule about the receiver was gone past; refuse where nobody may."""
    if press.to is None or press.by is None:
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
