"""Seen: an offer by its receiver, a final outcome by its giver."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import InvalidTransition
from handover.events import Event
from handover.handovers import operations as handovers
from handover.handovers import permissions
from handover.handovers.models import Item
from handover.handovers.states import State
from handover.moves.locks import lock_item
from handover.moves.receiving import wanted_for
from handover.notifications import operations as notifications


@transaction.atomic
def see(*, item_id: int, by: User, at: datetime) -> bool:
    """Write down that ``by`` opened what is on offer to them; True the first time. Responsibility does not move."""
    _, item = lock_item(item_id)
    if not item.is_on_offer:
        return False
    want, _ = wanted_for(item, at=at)
    permissions.check_answer_offer(by, item, want)
    if not handovers.mark_seen(item, by=by, at=at):
        return False
    audit.record(Event.SEEN, actor=by, subject=item, team_id=item.to_team_id, also_team_id=item.from_team_id, at=at, data={"giver": item.giver_id})
    return True


@transaction.atomic
def see_outcome(*, item_id: int, by: User, at: datetime) -> Item:
    """The giver presses *Seen* on a final outcome: the item leaves the watch list."""
    _, item = lock_item(item_id)
    permissions.check_giver(by, item)
    if item.seen_through_at is not None:
        return item
    if item.state != State.ENDED:
        raise InvalidTransition("There is no final outcome yet.", possible="Ask how it went.")
    handovers.mark_seen_through(item, at=at)
    notifications.settle(item, at=at)
    audit.record(Event.OUTCOME_SEEN, actor=by, subject=item, team_id=item.from_team_id, also_team_id=item.to_team_id, at=at, data={"outcome": item.outcome})
    return item
