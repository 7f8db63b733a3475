"""What the end of a shift does by rule: the change is counted, and what is still held is offered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from audit import operations as audit
from handover.actions import operations as actions
from handover.actions.models import Action
from handover.due import operations as due
from handover.due.limits import CARRIED_MOST, CHANGES_APART
from handover.due.models import Rule
from handover.due.operations import Owed, Taken
from handover.events import Event
from handover.handovers.models import Item
from handover.moves.offer_by_rule import offer_what_is_held
from handover.moves.window import crew_of, still_held
from handover.shifts.ends import COUNT, OFFER
from handover.shifts.models import Shift


def shift_ended(*, row: Taken, lease_token: UUID, at: datetime) -> bool:
    """At the end the change is counted; 15 minutes later each colleague who still holds something gets a row of their own, and that one offers."""
    if row.step == COUNT:
        return count_change(row=row, lease_token=lease_token, at=at)
    if row.person_id is None:
        return ask_who_still_holds(row=row, lease_token=lease_token, at=at)
    return offer_what_is_held(row=row, lease_token=lease_token, at=at)


@transaction.atomic
def count_change(*, row: Taken, lease_token: UUID, at: datetime) -> bool:
    """Every open action of the team crossed one more shift change. Where that is one too many, its holder and the leads are told.

    Ends that lie close together make one change. What is on record from another system counts from Baton's own first move on it.
    """
    ended = row.due_at
    before = Q(carried_at__isnull=True) | Q(carried_at__lte=ended - CHANGES_APART)
    own = Q(imported_from="") | Exists(Item.objects.filter(action=OuterRef("pk"), imported_from=""))
    crossing = Action.objects.open().filter(before, own, team=row.team_id, created_at__lte=ended)
    found = list(crossing.select_for_update(of=("self",), no_key=True).order_by("pk"))
    shift = Shift.objects.filter(pk=row.subject_id).first()
    if not due.mark_fired(due_id=row.pk, lease_token=lease_token, at=at) or shift is None:
        return False
    actions.count_change([action.pk for action in found], change_at=ended)
    too_far = [action for action in found if action.carried + 1 - action.carried_settled > CARRIED_MOST]
    due.replace(*(Owed(Rule.CARRIED, action, action.team_id, at) for action in too_far), at=at)
    if found:
        data = {"rule": Rule.SHIFT_ENDED.value, "crossed": [action.pk for action in found], "to_decide": [action.pk for action in too_far]}
        audit.record(Event.SHIFT_ENDED, actor=None, subject=shift, team_id=shift.team_id, at=at, data=data)
    return True


@transaction.atomic
def ask_who_still_holds(*, row: Taken, lease_token: UUID, at: datetime) -> bool:
    """A row for each colleague of the shift who still holds something, so that one whose offer fails keeps nobody else's waiting."""
    shift = Shift.objects.filter(pk=row.subject_id).first()
    if not due.mark_fired(due_id=row.pk, lease_token=lease_token, at=at) or shift is None:
        return False
    people = sorted(set(still_held(shift.team_id, crew_of(shift)).values_list("responsible_id", flat=True)))
    due.owe(*(Owed(Rule.SHIFT_ENDED, shift, shift.team_id, at, OFFER, person) for person in people), at=at)
    return bool(people)
