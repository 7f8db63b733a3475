"""Put an action off until a date: its holder keeps it, and it comes back by itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid, Refusal
from handover.actions import operations as actions
from handover.actions import permissions
from handover.actions.models import Action
from handover.due import operations as due
from handover.due.models import Rule
from handover.due.operations import Owed, Taken
from handover.events import Event
from handover.followups import operations as followups
from handover.handovers import operations as handovers
from handover.moves.activity import active
from handover.moves.locks import lock_action
from handover.notifications import operations as notifications
from handover.notifications.models import Kind


@transaction.atomic
def put_off(*, action_id: int, by: User, at: datetime, until: datetime, reason: str) -> Action:
    """Do nothing about it before ``until``; whoever holds it goes on holding it, also when their shift ends.

    Refused where something was promised to the customer before that, while it is on offer, and while it is to be decided:
    no clock of the customer's is escaped. The same again changes nothing.
    """
    action = lock_action(action_id)
    permissions.check_responsible(by, action)
    actions.check_open(action)
    if (action.put_off_until, action.put_off_reason) == (until, reason.strip()):
        return action
    if until <= at:
        raise Invalid("It can be put off until a time to come.", possible="Choose a later time.", field="until")
    if not reason.strip():
        raise Invalid("Say why it is put off.", possible="Your colleagues and the lead see the reason.", field="reason")
    if action.promised_by is not None and action.promised_by < until:
        raise Refusal("It is promised to the customer before that.", possible="Agree another time with the customer first.", field="until")
    _check_at_rest(action)
    due.cancel(action, rules=[Rule.RESUMES], at=at)
    actions.put_off(action, until=until, reason=reason.strip(), at=at)
    due.owe(Owed(Rule.RESUMES, action, action.team_id, until), at=at)
    notifications.settle(action, kinds=[Kind.BACK_AGAIN], at=at)
    active(action, by=by, at=at)
    data = {"until": until.isoformat(), "holder": action.responsible_id, "reason": audit.digest(reason.strip(), action.trail_salt)}
    audit.record(Event.PUT_OFF, actor=by, subject=action, team_id=action.team_id, at=at, data=data)
    return action


def _check_at_rest(action: Action) -> None:
    if handovers.lock_open_offer(action) is not None:
        raise Refusal("It is on offer to somebody.", possible="Withdraw that offer first.")
    if owed := followups.owed_on(action):
        raise Refusal("What happens next is not decided yet.", possible=f"{owed.owed_by.display_name} or a lead decides that first.")
    if action.must_be_decided:
        raise Refusal(f"It was carried over {action.carried} shift changes and has to be decided.", possible="Open the action and decide what happens now.")


@transaction.atomic
def bring_back(*, action_id: int, by: User, at: datetime) -> Action:
    """It is not put off any more. What is not put off stays as it is."""
    action = lock_action(action_id)
    permissions.check_responsible(by, action)
    if action.put_off_until is None:
        return action
    actions.resume(action, at=at)
    audit.record(Event.RESUMED, actor=by, subject=action, team_id=action.team_id, at=at, data={"holder": action.responsible_id})
    return action


@transaction.atomic
def resume_due(*, row: Taken, lease_token: UUID, at: datetime) -> bool:
    """By rule: its time has come. Whoever holds it is told. ``row`` is about the action."""
    action = lock_action(row.subject_id)
    if not due.mark_fired(due_id=row.pk, lease_token=lease_token, at=at) or action.put_off_until is None:
        return False
    words = action.put_off_reason
    actions.resume(action, at=at)
    notifications.tell(Kind.BACK_AGAIN, to=[action.responsible_id], about=action, action=action, words=words, at=at)
    due.ring()
    data = {"rule": Rule.RESUMES.value, "holder": action.responsible_id}
    audit.record(Event.RESUMED, actor=None, subject=action, team_id=action.team_id, at=at, data=data)
    return True
