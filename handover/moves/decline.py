"""Decline: no, with a reason. Responsibility never left the giver."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid, InvalidTransition, NotAllowed
from handover.actions.models import Action
from handover.due import operations as due
from handover.due.limits import UNDO
from handover.events import Event
from handover.followups import operations as followups
from handover.handovers import operations as handovers
from handover.handovers import permissions, states
from handover.handovers.brief import Decline
from handover.handovers.models import Item
from handover.handovers.states import State
from handover.handovers.timing import accept_limits
from handover.moves import owed
from handover.moves.locks import lock_item
from handover.moves.receiving import wanted_for
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts import eligibility


@transaction.atomic
def decline(*, item_id: int, by: User, at: datetime, reason: str) -> Item:
    """Say no to one item. An offer to a shift stays open until its last eligible colleague has declined.

    A second call by the same person changes nothing.
    """
    action, item = lock_item(item_id)
    if Decline.objects.filter(item=item, colleague=by, undone_at__isnull=True).exists():
        return item
    want, table = wanted_for(item, at=at)
    permissions.check_answer_offer(by, item, want)
    states.check_next(item.state, State.DECLINED)
    if not reason.strip():
        raise Invalid("Say why you decline.", possible=f"{item.giver.first_name} needs to know what to do next.", field="reason")
    handovers.decline(item, by=by, reason=reason.strip(), at=at)
    said_no = set(Decline.objects.filter(item=item, undone_at__isnull=True).values_list("colleague_id", flat=True))
    last = item.receiver_id is not None or not eligibility.eligible_ids(want, giver_id=item.giver_id, table=table, without=said_no)
    if last:
        handovers.mark(item, State.DECLINED, at=at, by=by, reason=reason.strip())
        due.cancel(item, at=at)
        notifications.settle(item, at=at)
        notifications.tell(Kind.DECLINED, to=[item.giver_id], about=item, action=action, by=by, words=reason.strip(), at=at)
        due.ring()
    else:
        notifications.settle(item, recipient_id=by.pk, at=at)
    data = {"giver": item.giver_id, "over": last, "handover": item.handover_id}
    audit.record(Event.DECLINED, actor=by, subject=item, team_id=item.to_team_id, also_team_id=item.from_team_id, at=at, data=data)
    return item


@transaction.atomic
def undo_decline(*, item_id: int, by: User, at: datetime) -> Item:
    """Take back one's own *no* within 30 seconds, unless the action moved on meanwhile."""
    action, item = lock_item(item_id)
    said = Decline.objects.filter(item=item, colleague=by).order_by("-at", "-pk").first()
    if said is None:
        raise NotAllowed("You have not declined this.", possible="Only your own no can be undone.")
    if said.undone_at is not None:
        return item
    if at - said.at > UNDO:
        raise InvalidTransition("It is too late to undo this.", possible=f"Ask {item.giver.first_name} to offer it to you again.")
    over = item.state == State.DECLINED
    if over and _has_moved_on(action, item):
        raise InvalidTransition("This has moved on since you declined.", possible=f"Ask {item.giver.first_name} to offer it to you again.")
    said.undone_at = at
    said.save(update_fields=["undone_at"])
    if over:
        _offer_again(action, item, at=at)
    audit.record(Event.DECLINE_UNDONE, actor=by, subject=item, team_id=item.to_team_id, also_team_id=item.from_team_id, at=at, data={"giver": item.giver_id})
    return item


def _has_moved_on(action: Action, item: Item) -> bool:
    """Whether the action is not any more where it was when the item was declined."""
    stays = action.responsible_id == item.giver_id or (action.responsible_id is None and item.giver.is_integration)
    return not (action.is_open and stays) or followups.owed_on(action) is not None or handovers.lock_open_offer(action) is not None


def _offer_again(action: Action, item: Item, *, at: datetime) -> None:
    """On offer as before, an open question included."""
    asked = item.queries.filter(answered_at__isnull=True).exists()
    handovers.mark_on_offer(item, State.QUERIED if asked else State.OFFERED)
    ends = item.receiving_shift.ends_at if item.receiving_shift else at
    limits = accept_limits(offered_at=item.offered_at, urgency=action.urgency, version=item.agreement_version, receiving_starts=None, receiving_ends=ends)
    due.owe(*owed.acceptance(item, limits), at=at)
    notifications.settle(item, kinds=[Kind.DECLINED], at=at)
