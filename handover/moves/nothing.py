"""“Nothing to hand over”: one press, recorded."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import NotAllowed
from handover.actions.permissions import check_member
from handover.due import operations as due
from handover.due.models import Rule
from handover.events import Event
from handover.handovers.brief import NothingToHandOver
from handover.notifications import operations as notifications
from handover.shifts.models import Shift


@transaction.atomic
def nothing_to_hand_over(*, shift_id: int, by: User, at: datetime) -> NothingToHandOver:
    """A colleague on the shift says that nothing is to be handed over from it. A second press changes nothing."""
    shift = Shift.objects.get(pk=shift_id)
    check_member(by, shift.team_id)
    if not shift.rosterings.effective(at).filter(colleague=by).exists():
        raise NotAllowed("You are not on this shift.", possible="Somebody on the shift says it.")
    said, new = NothingToHandOver.objects.get_or_create(shift=shift, colleague=by, defaults={"at": at})
    if new:
        due.cancel(shift, rules=[Rule.NOTHING_OFFERED], person_id=by.pk, at=at)
        notifications.settle(shift, recipient_id=by.pk, at=at)
        audit.record(Event.NOTHING, actor=by, subject=shift, team_id=shift.team_id, at=at, data={})
    return said
