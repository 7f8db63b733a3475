"""What happens next, where an action could not be completed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid, Refusal
from handover.actions import operations as actions
from handover.actions.models import Action
from handover.actions.permissions import check_hold
from handover.checks import timing
from handover.due import operations as due
from handover.due.limits import CHECK_AFTER_PROMISE, CHECK_ANSWER
from handover.due.models import Rule
from handover.events import Event
from handover.followups import operations as followups
from handover.followups import permissions
from handover.followups.models import Decision, FollowUp
from handover.handovers import operations as handovers
from handover.handovers.states import State as ItemState
from handover.moves import owed
from handover.moves.locks import lock_action
from handover.moves.take_back import take_back_locked
from handover.moves.watching import set_checks
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts.queries import lead_ids, timetable


@transaction.atomic
def decide(
    *, follow_up_id: int, by: User, at: datetime, decision: str, words: str = "", new_time: datetime | None = None, customer_told: bool = False
) -> FollowUp:
    """Decide a follow-up: take it back, pass it on again, agree a new time with the customer, or escalate to a lead.

    *Pass it on again* takes it back to whoever decides; the next offer of the action is linked to this follow-up.
    A new time lies ahead and the customer was told. *Escalate* tells the lead; the responsible colleague still holds it,
    and it is checked within the hour. The same decision twice is harmless.
    """
    action = lock_action(FollowUp.objects.values_list("action_id", flat=True).get(pk=follow_up_id))
    follow_up = followups.lock(follow_up_id)
    if follow_up.decided_at is not None:
        if follow_up.decided_by_id == by.pk and follow_up.decision == decision:
            return follow_up
        raise Refusal("What happens next is decided already.", possible="Open the action to see where it stands.")
    table = timetable(follow_up.team_id, at)
    permissions.check_decide(by, follow_up, table, at)
    chosen = Decision(decision)
    if chosen in (Decision.TAKE_BACK, Decision.PASS_ON):
        check_hold(by, follow_up.team_id)
    if chosen == Decision.NEW_TIME:
        _check_new_time(new_time, customer_told, at)
    followups.mark_decided(
        follow_up, by=by, decision=chosen, words=words.strip(), new_time=new_time if chosen == Decision.NEW_TIME else None, customer_told=customer_told, at=at
    )
    due.cancel(follow_up, at=at)
    notifications.settle(follow_up, at=at)
    if chosen in (Decision.TAKE_BACK, Decision.PASS_ON):
        changed = take_back_locked(action, follow_up.item, by=by, at=at, reason=words.strip())
    elif chosen == Decision.NEW_TIME and new_time is not None:
        latest = table.end_of_incoming(follow_up.owed_by_id, at)
        changed = _new_time(action, new_time, latest=latest, by=by, at=at, words=words.strip())
    else:
        changed = _escalate(action, follow_up, by=by, at=at, words=words.strip())
    due.ring()
    data = {**changed, "decision": chosen.value, "words": audit.digest(words.strip(), action.trail_salt)}
    audit.record(Event.DECIDED, actor=by, subject=follow_up, team_id=follow_up.team_id, also_team_id=action.team_id, at=at, data=data)
    return follow_up


def _check_new_time(new_time: datetime | None, customer_told: bool, at: datetime) -> None:
    if new_time is None or new_time <= at:
        raise Invalid("Say which new time was agreed.", possible="Choose a time that lies ahead.", field="new_time")
    if not customer_told:
        raise Invalid("A new time has to be agreed with the customer.", possible="Tell the customer, then tick that you did.", field="customer_told")


def _watch_on(action: Action, *, due_at: datetime, at: datetime) -> list[int]:
    accepted = handovers.lock_of(action, states_in=[ItemState.ACCEPTED])
    return [check.pk for check in set_checks(action, accepted, at=at, due_at=due_at)]


def _new_time(action: Action, new_time: datetime, *, latest: datetime, by: User, at: datetime, words: str) -> dict[str, object]:
    """``latest``: an urgent action is checked at the end of the incoming shift at the latest, however far the new time lies."""
    before = action.promised_by
    actions.change(action, at=at, promised_by=new_time)
    due.cancel(action, rules=[Rule.PROMISE], at=at)
    due.owe(*owed.promise(action, at), at=at)
    due_at = timing.within(new_time + CHECK_AFTER_PROMISE, accepted_at=at, urgency=action.urgency, incoming_ends=latest)
    made = _watch_on(action, due_at=due_at, at=at)
    notifications.tell(Kind.DECIDED, to=[action.responsible_id], about=action, action=action, by=by, words=words, at=at)
    return {"promised_before": before.isoformat() if before else None, "promised_by": new_time.isoformat(), "checks": made}


def _escalate(action: Action, follow_up: FollowUp, *, by: User, at: datetime, words: str) -> dict[str, object]:
    escalate = CHECK_ANSWER.escalate or 2 * CHECK_ANSWER.remind
    made = _watch_on(action, due_at=at + timedelta(minutes=escalate), at=at)
    leads = lead_ids(follow_up.team_id, at)
    notifications.tell(Kind.ESCALATED, to=leads, about=action, action=action, by=by, words=words, at=at)
    notifications.tell(Kind.DECIDED, to=[action.responsible_id], about=action, action=action, by=by, words=words, at=at)
    return {"told": leads, "checks": made}
