"""Take back what was passed on: responsibility returns to the giver's side."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import InvalidTransition, Refusal
from handover.actions import operations as actions
from handover.actions.models import Action
from handover.checks import operations as checks
from handover.due import operations as due
from handover.due.models import Rule
from handover.events import Event
from handover.followups import operations as followups
from handover.handovers import operations as handovers
from handover.handovers import permissions
from handover.handovers.models import Item
from handover.handovers.states import State
from handover.moves.locks import lock_item
from handover.moves.watching import set_checks
from handover.moves.withdraw import withdraw_open_offer
from handover.notifications import operations as notifications
from handover.notifications.models import Kind


@transaction.atomic
def take_back(*, item_id: int, by: User, at: datetime, reason: str = "") -> Item:
    """The giver takes back what was accepted and is not seen through yet. A second call changes nothing."""
    action, item = lock_item(item_id)
    if item.state == State.TAKEN_BACK and item.ended_by_id == by.pk:
        return item
    permissions.check_take_back(by, item)
    if item.state != State.ACCEPTED:
        raise InvalidTransition("Only what was accepted can be taken back.", possible="Withdraw an offer that nobody has accepted yet.")
    if follow_up := followups.owed_on(action):
        raise Refusal("What happens next is to be decided first.", possible="Decide it: taking it back is one of the choices.", follow_up=follow_up.ref)
    changed = take_back_locked(action, item, by=by, at=at, reason=reason.strip())
    audit.record(Event.TAKEN_BACK, actor=by, subject=item, team_id=item.from_team_id, also_team_id=item.to_team_id, at=at, data=changed)
    return item


def take_back_locked(action: Action, item: Item, *, by: User, at: datetime, reason: str) -> dict[str, object]:
    """``by`` is responsible again in the giver's team; return what changed, for the event.

    Whatever was passed on from there is over too. Givers before this one go on watching, each with one unanswered check.
    """
    actions.check_open(action)
    before = action.responsible_id
    withdrawn = withdraw_open_offer(action, by=by, at=at, reason=reason)
    accepted = handovers.lock_of(action, states_in=[State.ACCEPTED])
    over = [one for one in accepted if one.pk >= item.pk]
    still_watched = [one for one in accepted if one.pk < item.pk]
    unanswered = checks.lock_unanswered(action)
    ended_checks = [check for check in unanswered if check.item_id in {one.pk for one in over}]
    for one in over:
        handovers.mark(one, State.TAKEN_BACK, at=at, by=by, reason=reason)
    checks.cancel(ended_checks)
    due.cancel(action, rules=[Rule.LAPSE, Rule.POOL], at=at)
    due.cancel(*over, *ended_checks, at=at)
    notifications.settle(*over, *ended_checks, at=at)
    actions.give_to(action, colleague=by, at=at, team_id=item.from_team_id)
    new_checks = set_checks(action, still_watched, at=at)
    notifications.tell(Kind.TAKEN_BACK, to=[before, *(one.sees_through_id for one in over)], about=item, action=action, by=by, words=reason, at=at)
    due.ring()
    return {
        "from": before,
        "to": by.pk,
        "items": [one.pk for one in over],
        "checks": [check.pk for check in ended_checks],
        "new_checks": [check.pk for check in new_checks],
        "offer_withdrawn": withdrawn,
    }
