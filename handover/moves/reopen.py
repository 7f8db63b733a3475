"""Reopen what was closed too early; undo within 30 seconds; *Not so*."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid, InvalidTransition
from handover.actions import operations as actions
from handover.actions import permissions
from handover.actions.models import Action
from handover.actions.states import State
from handover.due import operations as due
from handover.due.limits import UNDO
from handover.events import Event
from handover.handovers import operations as handovers
from handover.handovers import permissions as item_permissions
from handover.handovers.models import Item
from handover.handovers.states import State as ItemState
from handover.moves import owed
from handover.moves.locks import lock_action, lock_item
from handover.moves.watching import set_checks
from handover.notifications import operations as notifications
from handover.notifications.models import Kind


@transaction.atomic
def reopen(*, action_id: int, by: User, at: datetime, reason: str) -> Action:
    """Bring back a closed action, with a reason. Who held it last holds it again, or the pool if they have left.

    Its givers watch again, each with a new check.
    """
    action = lock_action(action_id)
    if action.is_open:
        raise InvalidTransition("This action is open already.", possible="Go on with it as it is.")
    givers = {item.sees_through_id for item in Item.objects.filter(action=action, state=ItemState.ENDED).only("giver", "watcher")}
    permissions.check_reopen(by, action, givers)
    if not reason.strip():
        raise Invalid("Say why this is to be reopened.", field="reason")
    _reopen_locked(action, by=by, at=at, reason=reason.strip(), undo=False)
    return action


@transaction.atomic
def undo_complete(*, action_id: int, by: User, at: datetime) -> Action:
    """Undo one's own *completed* or *no longer needed* within 30 seconds."""
    action = lock_action(action_id)
    if action.is_open:
        return action
    if action.responsible_id != by.pk or action.closed_at is None or at - action.closed_at > UNDO:
        raise InvalidTransition("It is too late to undo this.", possible="Reopen it, with a reason.")
    _reopen_locked(action, by=by, at=at, reason="", undo=True)
    return action


@transaction.atomic
def not_so(*, item_id: int, by: User, at: datetime, reason: str) -> Action:
    """The giver answers a final outcome with *Not so*: the action is open again."""
    action, item = lock_item(item_id)
    item_permissions.check_giver(by, item)
    if item.state != ItemState.ENDED or action.is_open:
        raise InvalidTransition("There is no final outcome to object to.", possible="Ask how it went.")
    if not reason.strip():
        raise Invalid("Say what is not so.", possible="Your colleague needs to know what is left to do.", field="reason")
    _reopen_locked(action, by=by, at=at, reason=reason.strip(), undo=False)
    return action


def _reopen_locked(action: Action, *, by: User, at: datetime, reason: str, undo: bool) -> None:
    was, closed_at, last = State(action.state), action.closed_at, action.responsible
    items = [item for item in handovers.lock_of(action, states_in=[ItemState.ENDED]) if item.ended_at == closed_at]
    if last is not None and last.is_person and last.belongs_to_as_member(action.team_id):
        actions.give_to(action, colleague=last, at=at)
    else:
        actions.put_in_pool(action, at=at)
    handovers.reopen(items)
    notifications.settle(*items, kinds=[Kind.OUTCOME], at=at)
    rows = owed.promise(action, at) + owed.pool(action, at) + owed.carried(action, at)
    if rows:
        due.owe(*rows, at=at)
    new_checks = set_checks(action, items, at=at)
    if reason:
        actions.add_note(action, by=by, text=reason, at=at)
    if not undo:
        notifications.tell(
            Kind.REOPENED, to=[action.responsible_id, *(item.sees_through_id for item in items)], about=action, action=action, by=by, words=reason, at=at
        )
        due.ring()
    data = {"was": was.value, "holder": action.responsible_id, "undo": undo, "items": [item.pk for item in items], "checks": [check.pk for check in new_checks]}
    audit.record(Event.REOPENED, actor=by, subject=action, team_id=action.team_id, at=at, data=data)
