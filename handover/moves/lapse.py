"""Lapse: what ran out of time. Made by rule, under the lease of a due row; never by a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit import operations as audit
from handover.actions import operations as actions
from handover.actions.states import State as ActionState
from handover.checks import operations as checks
from handover.due import operations as due
from handover.due.models import Rule
from handover.due.operations import Taken
from handover.events import Event
from handover.handovers import operations as handovers
from handover.handovers.states import State
from handover.moves import owed
from handover.moves.locks import lock_action, lock_item
from handover.moves.watching import set_checks
from handover.moves.withdraw import withdraw_open_offer
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts.queries import lead_ids


@transaction.atomic
def lapse_acceptance(*, row: Taken, lease_token: UUID, at: datetime) -> bool:
    """Accepted and then nothing: the action goes to the pool of the giver's team, giver and lead are told.

    ``row`` is about the action. True if it lapsed; False if somebody else made the move, or nobody needs it.
    """
    action = lock_action(row.subject_id)
    if not due.mark_fired(due_id=row.pk, lease_token=lease_token, at=at):
        return False
    accepted = handovers.lock_of(action, states_in=[State.ACCEPTED])
    if action.state != ActionState.HELD or not accepted or accepted[-1].accepted_by_id != action.responsible_id:
        return False
    item, before, holder = accepted[-1], action.responsible_id, action.responsible
    own = [check for check in checks.lock_unanswered(action) if check.item_id == item.pk]
    withdrawn = withdraw_open_offer(action, by=None, at=at, reason="Its holder's acceptance lapsed")
    handovers.mark(item, State.LAPSED, at=at, reason="Accepted, and then nothing happened")
    checks.cancel(own)
    actions.put_in_pool(action, at=at, team_id=item.from_team_id)
    due.cancel(item, *own, at=at)
    notifications.settle(item, *own, at=at)
    due.owe(*owed.pool(action, at), at=at)
    new_checks = set_checks(action, accepted[:-1], at=at)
    told = [item.sees_through_id, before, *lead_ids(item.from_team_id, at)]
    notifications.tell(Kind.LAPSED, to=told, about=item, action=action, words=f"{holder.display_name} held it." if holder else "", at=at)
    due.ring()
    data = {
        "rule": Rule.LAPSE.value,
        "from": before,
        "to": None,
        "checks": [check.pk for check in own],
        "new_checks": [check.pk for check in new_checks],
        "offer_withdrawn": withdrawn,
    }
    audit.record(Event.LAPSED, actor=None, subject=item, team_id=item.from_team_id, also_team_id=item.to_team_id, at=at, data=data)
    return True


@transaction.atomic
def lapse_offer(*, row: Taken, lease_token: UUID, at: datetime) -> bool:
    """An offer ran out: its giver keeps the action; giver and lead are told. ``row`` is about the item."""
    action, item = lock_item(row.subject_id)
    if not due.mark_fired(due_id=row.pk, lease_token=lease_token, at=at) or not item.is_on_offer:
        return False
    handovers.mark(item, State.LAPSED, at=at, reason="Not accepted in time")
    due.cancel(item, at=at)
    notifications.settle(item, at=at)
    told = [item.giver_id, *lead_ids(item.from_team_id, at)]
    notifications.tell(Kind.OFFER_LAPSED, to=told, about=item, action=action, at=at)
    due.ring()
    data = {"rule": Rule.OFFER_LAPSES.value, "giver": item.giver_id, "holder": action.responsible_id}
    audit.record(Event.OFFER_LAPSED, actor=None, subject=item, team_id=item.from_team_id, also_team_id=item.to_team_id, at=at, data=data)
    return True
