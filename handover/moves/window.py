"""The handover window: what is still to be passed on, by whom, and the handover that is prepared when it opens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from audit import operations as audit
from handover.actions.models import Action
from handover.actions.states import State
from handover.due import operations as due
from handover.due.limits import BY_RULE_AFTER
from handover.due.models import Rule
from handover.due.operations import Taken
from handover.events import Event
from handover.followups.models import FollowUp
from handover.handovers import drafts
from handover.handovers.models import Item
from handover.shifts.models import Rostering, Shift
from handover.shifts.queries import Slot, Timetable


def still_held(team_id: int, colleague_ids: Collection[int]) -> QuerySet[Action]:
    """What these colleagues hold and somebody else has to take: neither on offer, put off, nor waiting for a decision."""
    held = Action.objects.filter(team=team_id, state=State.HELD, responsible__in=colleague_ids, put_off_until__isnull=True)
    undecided = FollowUp.objects.owed().filter(action=OuterRef("pk"))
    return held.exclude(pk__in=Item.objects.on_offer().values("action")).exclude(Exists(undecided))


def crew_of(shift: Shift) -> list[int]:
    """Who was on the shift, for a part of it at least."""
    return list(Rostering.objects.effective().filter(shift=shift).order_by("colleague").values_list("colleague_id", flat=True))


def stays_on(colleague_id: int, slot: Slot | None, table: Timetable, at: datetime) -> bool:
    """Whether the colleague is on the shift after ``slot`` as well, or on any other just after its end or at ``at``: then nothing has to pass."""
    ended = slot.ends_at if slot else at
    incoming = table.incoming(slot, ended) if slot else None
    return bool(incoming and colleague_id in incoming.crew) or table.of(colleague_id, max(at, ended + BY_RULE_AFTER)) is not None


@transaction.atomic
def open_window(*, row: Taken, lease_token: UUID, at: datetime) -> bool:
    """60 minutes before the end: everybody on the shift who holds something finds a handover prepared. ``row`` is about the shift."""
    shift = Shift.objects.filter(pk=row.subject_id).first()
    if not due.mark_fired(due_id=row.pk, lease_token=lease_token, at=at) or shift is None:
        return False
    writers = sorted(set(still_held(shift.team_id, crew_of(shift)).values_list("responsible_id", flat=True)))
    drafts.prepare(writer_ids=writers, team_id=shift.team_id, shift_id=shift.pk, at=at)
    data = {"rule": Rule.WINDOW_OPENS.value, "prepared_for": writers}
    audit.record(Event.WINDOW_OPENED, actor=None, subject=shift, team_id=shift.team_id, at=at, data=data)
    return True
