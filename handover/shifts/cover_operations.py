"""A lead puts somebody else on a shift for somebody. (Colleagues agree a cover between them by a swap without a return.)"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Refusal
from handover.events import Event
from handover.shifts import marks, permissions
from handover.shifts.changes import roster_changes
from handover.shifts.models import Away, How, Rostering, Shift
from handover.shifts.taking_on import check_on, check_takes_on


@transaction.atomic
def cover(*, shift_id: int, colleague: User, stand_in: User, by: User, at: datetime) -> Rostering:
    """``stand_in`` is on the shift for ``colleague``, who is not, or is away: then for this shift alone, whoever else stands in for them.

    Done twice, nothing changes. Raises ``Refusal`` with the reason where ``stand_in`` cannot take it on.
    """
    shift = Shift.objects.select_related("team").get(pk=shift_id)
    permissions.check_plan(by, shift.team_id)
    with roster_changes(team_id=shift.team_id, by=by, at=at):
        shift = Shift.objects.select_related("team").get(pk=shift_id)
        if shift.ends_at <= at:
            raise Refusal("This shift is over.", possible="Who was on it stays as it was.")
        there = Rostering.objects.effective(at).filter(shift=shift, colleague=stand_in, replaces=colleague).first()
        if there:
            return there
        away = Rostering.objects.filter(shift=shift, colleague=colleague, away=Away.ABSENCE).select_related("absence", "shift").first()
        if away is None:
            line = check_on(colleague, shift, team=shift.team, at=at)
        check_takes_on(stand_in, shift, team=shift.team, at=at, field="stand_in")
        before = Rostering.objects.filter(shift=shift, replaces=colleague, how__in=[How.STAND_IN, How.COVER]).select_related("shift")
        marks.take_off(before, at=at)
        if away is None:
            marks.mark_away(line, Away.COVERED, at=at)
        how = How.STAND_IN if away else How.COVER
        marks.put_on(shift, stand_in.pk, at=at, how=how, replaces_id=colleague.pk, absence=away.absence if away else None)
        data = {"colleague": colleague.pk, "stand_in": stand_in.pk, "how": how.value}
        audit.record(Event.COVERED, actor=by, subject=shift, team_id=shift.team_id, at=at, data=data)
    return Rostering.objects.get(shift=shift, colleague=stand_in)
