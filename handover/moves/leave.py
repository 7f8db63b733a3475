"""“I am leaving”: a colleague goes home from a shift. It never keeps anybody; urgent work that nobody has accepted needs a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid, NotAllowed, Refusal
from handover.actions.models import Action
from handover.actions.permissions import check_member
from handover.actions.states import State
from handover.due import operations as due
from handover.due.limits import Urgency
from handover.due.models import Rule
from handover.events import Event
from handover.handovers.brief import ShiftLeft
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts.models import Rostering, Shift
from handover.shifts.queries import lead_ids


@transaction.atomic
def leave(*, shift_id: int, by: User, at: datetime, reason: str = "") -> ShiftLeft:
    """Write down that ``by`` goes home. Urgent actions that nobody has accepted yet ask why, and the leads are told.

    What is held stays theirs until somebody accepts it; 15 minutes after the shift it is offered by rule. A second press changes nothing.
    """
    shift = Shift.objects.select_for_update(of=("self",), no_key=True).get(pk=shift_id)
    check_member(by, shift.team_id)
    if not Rostering.objects.effective().filter(shift=shift, colleague=by).exists():
        raise NotAllowed("You are not on this shift.", possible="Whoever is on it says that they leave.")
    if before := ShiftLeft.objects.filter(shift=shift, colleague=by).first():
        return before
    if at < shift.starts_at:
        raise Refusal("This shift has not begun.", possible="A lead can change the rota.")
    held = list(Action.objects.filter(team=shift.team_id, state=State.HELD, responsible=by).order_by("sort_at", "pk"))
    urgent = [action for action in held if action.urgency == Urgency.URGENT and action.put_off_until is None]
    words = reason.strip()
    if urgent and not words:
        refs = ", ".join(action.ref for action in urgent)
        raise Invalid(f"Nobody has accepted {refs} yet, and it is urgent.", possible="Say why you leave all the same. The lead is told.", field="reason")
    made = ShiftLeft.objects.create(shift=shift, colleague=by, at=at, held=len(held), unaccepted=len(urgent), reason=words[:300])
    due.cancel(shift, rules=[Rule.NOTHING_OFFERED], person_id=by.pk, at=at)
    notifications.settle(shift, recipient_id=by.pk, kinds=[Kind.NOTHING_OFFERED], at=at)
    if urgent:
        _tell(made, urgent, by=by, at=at)
    data = {
        "held": [action.pk for action in held],
        "unaccepted": [action.pk for action in urgent],
        "reason": audit.digest(words, urgent[0].trail_salt) if urgent else "",
    }
    audit.record(Event.LEFT, actor=by, subject=shift, team_id=shift.team_id, at=at, data=data)
    return made


def _tell(made: ShiftLeft, urgent: list[Action], *, by: User, at: datetime) -> None:
    path = f"/shifts/{made.shift.ref}/handover/"
    leads = lead_ids(made.shift.team_id, at)
    action = urgent[0] if len(urgent) == 1 else None
    notifications.tell(Kind.LEFT_UNACCEPTED, to=leads, about=made.shift, action=action, by=by, words=made.reason, team_id=made.shift.team_id, path=path, at=at)
    due.ring()
