"""“Remind me”: a notice to oneself about something passed on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid
from handover.due import operations as due
from handover.due.models import Due, Rule
from handover.due.operations import Owed
from handover.events import Event
from handover.handovers import permissions
from handover.handovers.models import Item
from handover.moves.locks import lock_item


@transaction.atomic
def remind_me(*, item_id: int, by: User, at: datetime, remind_at: datetime | None) -> Item:
    """Set, or with ``None`` drop, the giver's own reminder about an item. One at a time."""
    _, item = lock_item(item_id)
    permissions.check_giver(by, item)
    if remind_at is not None and remind_at <= at:
        raise Invalid("A reminder lies ahead.", possible="Choose a later time.", field="remind_at")
    before = Due.objects.live().about(item).filter(rule=Rule.OWN_REMINDER, person=by).values_list("due_at", flat=True).first()
    if before == remind_at:
        return item
    due.cancel(item, rules=[Rule.OWN_REMINDER], person_id=by.pk, at=at)
    if remind_at is not None:
        due.owe(Owed(Rule.OWN_REMINDER, item, item.from_team_id, remind_at, 1, by.pk), at=at)
    data = {"at": remind_at.isoformat() if remind_at else None}
    audit.record(Event.REMINDER_SET, actor=by, subject=item, team_id=item.from_team_id, at=at, data=data)
    return item
