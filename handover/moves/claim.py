"""Claim an action from the team pool."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import TakenByAnother
from handover.actions import operations as actions
from handover.actions import permissions
from handover.actions.models import Action
from handover.actions.states import State
from handover.due import operations as due
from handover.due.models import Rule
from handover.events import Event
from handover.moves.locks import lock_action
from handover.moves.withdraw import withdraw_open_offer
from handover.notifications import operations as notifications
from handover.notifications.models import Kind


@transaction.atomic
def claim(*, action_id: int, by: User, at: datetime) -> Action:
    """Become responsible for what nobody holds. Two at once: one wins, the other is told who. Twice by the same is harmless."""
    action = lock_action(action_id)
    permissions.check_claim(by, action)
    actions.check_open(action)
    if action.state == State.HELD:
        if action.responsible_id == by.pk:
            return action
        holder = action.responsible
        raise TakenByAnother(
            f"{holder.display_name if holder else 'A colleague'} has it already.", possible="Nothing is left for you to do here.", holder=action.responsible_id
        )
    withdrawn = withdraw_open_offer(action, by=by, at=at, reason="Claimed from the pool")
    actions.give_to(action, colleague=by, at=at)
    due.cancel(action, rules=[Rule.POOL], at=at)
    notifications.settle(action, kinds=[Kind.IN_POOL], at=at)
    audit.record(Event.CLAIMED, actor=by, subject=action, team_id=action.team_id, at=at, data={"from": None, "to": by.pk, "offer_withdrawn": withdrawn})
    return action
