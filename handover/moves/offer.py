"""Offer actions to a colleague or to the incoming shift. The giver stays responsible for each until it is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.errors import InformationMissing, Invalid, Refusal
from handover.actions import operations as actions
from handover.actions.models import Action
from handover.agreements.models import AgreementVersion
from handover.agreements.queries import in_force_for_many
from handover.due import operations as due
from handover.followups import operations as followups
from handover.handovers import completeness, permissions
from handover.handovers import operations as handovers
from handover.handovers.models import Handover, Item, When
from handover.moves.carried import check_decided
from handover.moves.locks import id_of, lock_action
from handover.moves.offering import Entry, Press, offer_one
from handover.moves.receiving import receiving_side
from handover.shifts.queries import timetable


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
    press = Press(by, at, to, side, table, override_reason, remind)
    check_information([(action, picked[action.pk], wanting[action.pk]) for action in locked])
    envelope = handovers.make_envelope(
        team_id=locked[0].team_id, to_team_id=side.team_id, giver=locked[0].responsible or by, when=when, warm=warm, channel=channel, offered_at=at
    )
    for action in locked:
        offer_one(press, envelope, action, picked[action.pk], wanting[action.pk])
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
        check_decided(action)
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


def check_information(briefs: Sequence[tuple[Action, Entry, AgreementVersion | None]]) -> None:
    """Raise ``InformationMissing`` that names every field: while a *must* is missing, or a *should* without a reason."""
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
