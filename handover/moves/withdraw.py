"""Withdraw an offer: the giver takes it back before anybody accepted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid
from handover.actions.models import Action
from handover.due import operations as due
from handover.events import Event
from handover.handovers import operations as handovers
from handover.handovers import permissions, states
from handover.handovers.brief import Seen
from handover.handovers.models import Item
from handover.handovers.states import State
from handover.moves.locks import lock_item
from handover.notifications import operations as notifications
from handover.notifications.models import Kind


@transaction.atomic
def withdraw(*, item_id: int, by: User, at: datetime, reason: str = "") -> Item:
    """Take the offer back. A lead may withdraw another's, with a reason; the giver is then told. Twice is harmless."""
    action, item = lock_item(item_id)
    if item.state == State.WITHDRAWN and item.ended_by_id == by.pk:
        return item
    permissions.check_withdraw(by, item)
    states.check_next(item.state, State.WITHDRAWN)
    if by.pk not in (item.giver_id, item.offered_by_id) and not reason.strip():
        raise Invalid("Say why you withdraw a colleague's offer.", field="reason")
    withdraw_locked(action, item, by=by, at=at, reason=reason.strip())
    data = {"giver": item.giver_id, "handover": item.handover_id, "by_lead": by.pk != item.giver_id}
    audit.record(Event.WITHDRAWN, actor=by, subject=item, team_id=item.from_team_id, also_team_id=item.to_team_id, at=at, data=data)
    return item


def withdraw_locked(action: Action, item: Item, *, by: User | None, at: datetime, reason: str) -> None:
    """The offer is over because of a move that is being made on its (locked) action; that move's event tells of it."""
    handovers.mark(item, State.WITHDRAWN, at=at, by=by, reason=reason)
    due.cancel(item, at=at)
    notifications.settle(item, at=at)
    seen = Seen.objects.filter(item=item).values_list("colleague_id", flat=True)
    notifications.tell(Kind.WITHDRAWN, to=[item.giver_id, item.receiver_id, *seen], about=item, action=action, by=by, words=reason, at=at)
    due.ring()


def withdraw_open_offer(action: Action, *, by: User | None, at: datetime, reason: str) -> int | None:
    """Withdraw what is on offer on a (locked) action, if anything is; return the item's id for the event."""
    item = handovers.lock_open_offer(action)
    if item is None:
        return None
    withdraw_locked(action, item, by=by, at=at, reason=reason)
    return item.pk
