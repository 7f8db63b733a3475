"""What a move leaves owed, as rows: which rule falls due when. Only instants still to come are owed."""

from __future__ import annotations

from datetime import datetime, timedelta

from handover.actions.models import Action
from handover.actions.states import State
from handover.checks.models import Check
from handover.due.limits import FOLLOW_UP, LAPSE_URGENT, POOL, PROMISE_BEFORE, Urgency
from handover.due.models import Rule
from handover.due.operations import Owed
from handover.followups.models import FollowUp
from handover.handovers.models import Item
from handover.handovers.timing import AcceptLimits
from handover.shifts.queries import Timetable


def promise(action: Action, at: datetime) -> list[Owed]:
    """30 minutes before the promise to the customer, and when it passes."""
    if action.promised_by is None:
        return []
    instants = ((1, action.promised_by - PROMISE_BEFORE), (2, action.promised_by))
    return [Owed(Rule.PROMISE, action, action.team_id, due_at, step) for step, due_at in instants if due_at > at]


def pool(action: Action, at: datetime) -> list[Owed]:
    """The running clock of an action that nobody holds."""
    if action.state != State.POOL:
        return []
    limit = POOL[Urgency(action.urgency)]
    escalate = limit.escalate or 2 * limit.remind
    return [
        Owed(Rule.POOL, action, action.team_id, at + timedelta(minutes=limit.remind), 1),
        Owed(Rule.POOL, action, action.team_id, at + timedelta(minutes=escalate), 2),
    ]


def carried(action: Action, at: datetime) -> list[Owed]:
    """It crossed too many shift changes: its holder and the leads are told at once."""
    return [Owed(Rule.CARRIED, action, action.team_id, at)] if action.must_be_decided else []


def acceptance(item: Item, limits: AcceptLimits) -> list[Owed]:
    """The accept clock of an offer."""
    return [*reminders_to_accept(item, limits), Owed(Rule.OFFER_LAPSES, item, item.from_team_id, limits.lapse)]


def reminders_to_accept(item: Item, limits: AcceptLimits) -> list[Owed]:
    """Who may accept is reminded; at the limit giver and lead are told."""
    return [Owed(Rule.NOT_ACCEPTED, item, item.to_team_id, limits.remind, 1), Owed(Rule.NOT_ACCEPTED, item, item.to_team_id, limits.accept_by, 2)]


def lapse(action: Action, *, colleague_id: int, table: Timetable, at: datetime) -> Owed:
    """Accepted and then nothing: after an hour where it is urgent, else at the end of one shift."""
    due_at = at + LAPSE_URGENT if action.urgency == Urgency.URGENT else max(table.end_of_shift(colleague_id, at), at + LAPSE_URGENT)
    return Owed(Rule.LAPSE, action, action.team_id, due_at)


def check(one: Check) -> Owed:
    return Owed(Rule.CHECK, one, one.team_id, one.due_at)


def follow_up(one: FollowUp, action: Action, at: datetime) -> list[Owed]:
    limit = FOLLOW_UP[Urgency(action.urgency)]
    escalate = limit.escalate or 2 * limit.remind
    return [
        Owed(Rule.FOLLOW_UP, one, one.team_id, at + timedelta(minutes=limit.remind), 1),
        Owed(Rule.FOLLOW_UP, one, one.team_id, at + timedelta(minutes=escalate), 2),
    ]
