"""“Nothing to hand over”: one press, recorded."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import NotAllowed, Refusal
from handover.actions.permissions import check_member
from handover.due import operations as due
from handover.due.models import Rule
from handover.events import Event
from handover.handovers.brief import NothingToHandOver
from handover.moves.window import stays_on, still_held
from handover.notifications import operations as notifications
from handover.shifts.models import Shift
from handover.shifts.queries import timetable

MOST = 5


@transaction.atomic
def nothing_to_hand_over(*, shift_id: int, by: User, at: datetime) -> NothingToHandOver:
    """A colleague on the shift says that nothing is to be handed over from it. A second press changes nothing.

    Refused while they hold something that is neither on offer nor put off, unless they go on working on the incoming shift.
    """
    shift = Shift.objects.get(pk=shift_id)
    check_member(by, shift.team_id)
    if not shift.rosterings.effective(at).filter(colleague=by).exists():
        raise NotAllowed("You are not on this shift.", possible="Somebody on the shift says it.")
    _check_nothing_held(shift, by, at)
    said, new = NothingToHandOver.objects.get_or_create(shift=shift, colleague=by, defaults={"at": at})
    if new:
        due.cancel(shift, rules=[Rule.NOTHING_OFFERED], person_id=by.pk, at=at)
        notifications.settle(shift, recipient_id=by.pk, at=at)
        audit.record(Event.NOTHING, actor=by, subject=shift, team_id=shift.team_id, at=at, data={})
    return said


def _check_nothing_held(shift: Shift, by: User, at: datetime) -> None:
    refs = list(still_held(shift.team_id, [by.pk]).order_by("sort_at", "pk").values_list("ref", flat=True))
    if not refs:
        return
    table = timetable(shift.team_id, at)
    if not stays_on(by.pk, table.by_id(shift.pk), table, at):
        listed = ", ".join(refs[:MOST]) + ("…" if len(refs) > MOST else "")
        raise Refusal(f"You still hold {len(refs)} action{'' if len(refs) == 1 else 's'}: {listed}.", possible="Hand over, complete or put off what you hold.")
