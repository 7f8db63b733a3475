"""A lead reminds a colleague of a shift to hand over: one press."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import NotAllowed, Refusal
from handover.actions.permissions import check_member
from handover.due import operations as due
from handover.events import Event
from handover.moves.window import still_held
from handover.notifications import operations as notifications
from handover.notifications.models import Kind, Notification
from handover.shifts.models import Rostering, Shift

ONCE_IN = timedelta(minutes=5)
"""A second press within these minutes changes nothing."""


@transaction.atomic
def remind_to_hand_over(*, shift_id: int, colleague: User, by: User, at: datetime) -> Shift:
    """Tell ``colleague``, who is on the shift and still holds something, that it waits to be handed over."""
    shift = Shift.objects.select_for_update(of=("self",), no_key=True).get(pk=shift_id)
    check_member(by, shift.team_id)
    if not by.is_lead_of(shift.team_id):
        raise NotAllowed("Only a lead reminds colleagues.", possible="Speak to them, or ask a lead.")
    if not Rostering.objects.effective().filter(shift=shift, colleague=colleague).exists():
        raise NotAllowed(f"{colleague.display_name} is not on this shift.", possible="Choose somebody who is.", field="colleague")
    if not still_held(shift.team_id, [colleague.pk]).exists():
        raise Refusal(f"{colleague.display_name} holds nothing that is still to be handed over.", possible="Nothing is left for you to do here.")
    told = Notification.objects.filter(recipient=colleague, kind=Kind.NOTHING_OFFERED, subject_type="shift", subject_id=shift.pk, settled_at__isnull=True)
    if told.filter(at__gt=at - ONCE_IN).exists():
        return shift
    words = f"{by.display_name} asks you to hand over."
    notifications.tell(Kind.NOTHING_OFFERED, to=[colleague.pk], about=shift, by=by, words=words, team_id=shift.team_id, path="/handovers/new/", at=at)
    due.ring()
    audit.record(Event.REMINDED, actor=by, subject=shift, team_id=shift.team_id, at=at, data={"colleague": colleague.pk})
    return shift
