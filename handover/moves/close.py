"""Complete, or close as no longer needed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid, Refusal
from handover.actions import operations as actions
from handover.actions import permissions
from handover.actions.models import Action
from handover.actions.states import State
from handover.checks import operations as checks
from handover.checks.models import Check
from handover.checks.states import Outcome
from handover.due import operations as due
from handover.events import Event
from handover.followups import operations as followups
from handover.handovers import operations as handovers
from handover.handovers.states import State as ItemState
from handover.moves.locks import lock_action
from handover.moves.withdraw import withdraw_open_offer
from handover.notifications import operations as notifications
from handover.notifications.models import Kind

CLOSES = {Outcome.COMPLETED: State.COMPLETED, Outcome.NOT_NEEDED: State.NOT_NEEDED}


@transaction.atomic
def complete(*, action_id: int, by: User, at: datetime, words: str = "") -> Action:
    """The responsible colleague has done it. Every giver is told; a second call changes nothing."""
    action = lock_action(action_id)
    if action.state == State.COMPLETED and action.responsible_id == by.pk:
        return action
    permissions.check_responsible(by, action)
    changed = close_locked(action, outcome=Outcome.COMPLETED, by=by, at=at, words=words.strip())
    audit.record(Event.COMPLETED, actor=by, subject=action, team_id=action.team_id, at=at, data=changed)
    return action


@transaction.atomic
def close(*, action_id: int, by: User, at: datetime, reason: str) -> Action:
    """No longer needed, with the reason. A second call changes nothing."""
    action = lock_action(action_id)
    if action.state == State.NOT_NEEDED and action.responsible_id == by.pk:
        return action
    permissions.check_responsible(by, action)
    if not reason.strip():
        raise Invalid("Say why this is no longer needed.", field="reason")
    changed = close_locked(action, outcome=Outcome.NOT_NEEDED, by=by, at=at, words=reason.strip())
    audit.record(Event.CLOSED, actor=by, subject=action, team_id=action.team_id, at=at, data=changed)
    return action


def close_locked(
    action: Action, *, outcome: Outcome, by: User, at: datetime, words: str, by_word_of_mouth: bool = False, open_checks: list[Check] | None = None
) -> dict[str, object]:
    """Close a (locked, open) action with one of the final outcomes; return what changed, for the event.

    Open checks get the outcome as their answer, accepted items end and wait for their giver's *Seen*, an open offer
    is withdrawn, and nothing is owed any more. Refused while a follow-up is to be decided: *unable* has one before it closes.
    """
    actions.check_open(action)
    if owed := followups.owed_on(action):
        raise Refusal("What happens next is not decided yet.", possible=f"{owed.owed_by.display_name} or a lead decides that first.", follow_up=owed.ref)
    withdrawn = withdraw_open_offer(action, by=by, at=at, reason=outcome.label.capitalize())
    items = handovers.lock_of(action, states_in=[ItemState.ACCEPTED])
    unanswered = checks.lock_unanswered(action) if open_checks is None else open_checks
    actions.close(action, then=CLOSES[outcome], words=words, at=at)
    checks.settle(unanswered, outcome=outcome, words=words, by=by, by_word_of_mouth=by_word_of_mouth, at=at)
    handovers.end(items, outcome=outcome, by=by, at=at)
    due.cancel(action, *items, *unanswered, at=at)
    notifications.settle(action, *items, *unanswered, at=at)
    for item in items:
        notifications.tell(Kind.OUTCOME, to=[item.sees_through_id], about=item, action=action, by=by, words=words, at=at)
    due.ring()
    return {
        "outcome": outcome.value,
        "holder": action.responsible_id,
        "items": [item.pk for item in items],
        "checks": [check.pk for check in unanswered],
        "offer_withdrawn": withdrawn,
        "words": audit.digest(words, action.trail_salt),
    }
