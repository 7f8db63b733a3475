"""The giver answers a read-back: *right*, or *not quite*."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid, InvalidTransition
from handover.due import operations as due
from handover.events import Event
from handover.handovers import operations as handovers
from handover.handovers import permissions
from handover.handovers.models import Item
from handover.moves.locks import lock_item
from handover.notifications import operations as notifications
from handover.notifications.models import Kind


@transaction.atomic
def answer_read_back(*, item_id: int, by: User, at: datetime, right: bool, words: str = "") -> Item:
    """Confirm what the incoming colleague read back, or correct it. *Not quite* needs words. The latest answer counts."""
    action, item = lock_item(item_id)
    permissions.check_giver(by, item)
    if not item.read_back:
        raise InvalidTransition("Nothing was read back here.", possible="Add what you want to say as a note.")
    if (item.read_back_right, item.read_back_answer) == (right, words.strip()):
        return item
    if not right and not words.strip():
        raise Invalid("Say what is not quite right.", possible="Your colleague acts on what they understood.", field="words")
    handovers.answer_read_back(item, right=right, words=words.strip())
    notifications.settle(item, kinds=[Kind.READ_BACK], at=at)
    notifications.tell(Kind.READ_BACK_ANSWERED, to=[item.accepted_by_id], about=item, action=action, by=by, words=words.strip(), at=at)
    due.ring()
    data = {"right": right, "words": audit.digest(words.strip(), action.trail_salt)}
    audit.record(Event.READ_BACK_ANSWERED, actor=by, subject=item, team_id=item.from_team_id, also_team_id=item.to_team_id, at=at, data=data)
    return item
