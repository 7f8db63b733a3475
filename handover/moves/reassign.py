"""A lead gives an action to somebody else, or puts it into the pool."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid
from handover.actions import operations as actions
from handover.actions import permissions
from handover.actions.models import Action
from handover.due import operations as due
from handover.due.models import Rule
from handover.events import Event
from handover.moves import owed
from handover.moves.locks import id_of, lock_action
from handover.moves.withdraw import withdraw_open_offer
from handover.notifications import operations as notifications
from handover.notifications.models import Kind


@transaction.atomic
def reassign(*, action_id: int, by: User, at: datetime, to: User | None, reason: str) -> Action:
    """Move responsibility as a lead, with a reason; ``to=None`` puts it into the team's pool. Both sides are told.

    An open offer is withdrawn. What givers watch goes on being watched. The same again changes nothing.
    """
    action = lock_action(action_id)
    permissions.check_reassign(by, action)
    actions.check_open(action)
    before = action.responsible_id
    if before == id_of(to):
        return action
    if to is not None and not (to.is_person and to.belongs_to_as_member(action.team_id)):
        raise Invalid(f"{to.display_name} is not in this team.", possible="Choose a colleague of the team, or the pool.", field="to")
    if not reason.strip():
        raise Invalid("Say why you reassign this.", field="reason")
    data = reassign_locked(action, to=to, by=by, at=at, reason=reason.strip())
    audit.record(Event.REASSIGNED, actor=by, subject=action, team_id=action.team_id, at=at, data=data)
    return action


def reassign_locked(action: Action, *, to: User | None, by: User, at: datetime, reason: str, tell_before: bool = True) -> dict[str, object]:
    """Responsibility for a (locked, open) action moves because of what is being done; return what changed, for the event.

    ``tell_before`` is false where who held it is not there any more to hear of it.
    """
    before = action.responsible_id
    withdrawn = withdraw_open_offer(action, by=by, at=at, reason=reason)
    due.cancel(action, rules=[Rule.POOL, Rule.LAPSE], at=at)
    notifications.settle(action, kinds=[Kind.IN_POOL], at=at)
    if to is None:
        actions.put_in_pool(action, at=at)
        due.owe(*owed.pool(action, at), at=at)
    else:
        actions.give_to(action, colleague=to, at=at)
    notifications.tell(Kind.REASSIGNED, to=[id_of(to)], about=action, action=action, by=by, words=reason, at=at)
    if tell_before:
        notifications.tell(Kind.TAKEN_BACK, to=[before], about=action, action=action, by=by, words=reason, at=at)
    due.ring()
    return {"from": before, "to": id_of(to), "offer_withdrawn": withdrawn, "reason": audit.digest(reason, action.trail_salt)}
