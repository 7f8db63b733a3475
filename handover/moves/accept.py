"""Accept: responsibility moves, and a completion check is set."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import ReadBackNeeded
from handover.actions import operations as actions
from handover.checks import operations as checks
from handover.checks import timing
from handover.due import operations as due
from handover.due.models import Rule
from handover.events import Event
from handover.handovers import operations as handovers
from handover.handovers import permissions, states
from handover.handovers.models import Item
from handover.handovers.states import State
from handover.moves import owed
from handover.moves.locks import lock_item
from handover.moves.receiving import wanted_for
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts.queries import Timetable, timetable

OVER = [Rule.NOT_ACCEPTED, Rule.OFFER_LAPSES, Rule.QUERY, Rule.NO_ONE_ELIGIBLE, Rule.LAPSE, Rule.POOL]
"""What nobody waits for any more once it is accepted. The promise and own reminders stay."""


@transaction.atomic
def accept(*, item_id: int, by: User, at: datetime, read_back: str = "") -> Item:
    """Move responsibility for one offered action to ``by``, now.

    Calling it twice by the same person is harmless: the second call finds the work done. Raises ``TakenByAnother`` if
    a colleague was faster, ``NotAllowed`` if ``by`` is not eligible, ``ReadBackNeeded`` where the agreement asks for one.
    """
    action, item = lock_item(item_id)
    if item.is_accepted_by(by):
        return item
    want, table = wanted_for(item, at=at)
    permissions.check_answer_offer(by, item, want)
    states.check_next(item.state, State.ACCEPTED)
    check_read_back(read_back, needed=item.read_back_needed)
    handovers.mark_accepted(item, by=by, read_back=read_back.strip(), at=at)
    actions.give_to(action, colleague=by, at=at, team_id=item.to_team_id)
    givers_table = table if item.from_team_id == table.team_id else timetable(item.from_team_id, at)
    due_at = _check_time(item, urgency=action.urgency, promised_by=action.promised_by, table=givers_table, at=at)
    (check,) = checks.schedule([item], action=action, due_at=due_at, at=at)
    due.cancel(item, action, rules=OVER, at=at)
    due.owe(owed.check(check), owed.lapse(action, colleague_id=by.pk, table=table, at=at), at=at)
    notifications.settle(item, at=at)
    notifications.tell(Kind.READ_BACK if item.read_back else Kind.ACCEPTED, to=[item.giver_id], about=item, action=action, by=by, at=at)
    due.ring()
    data = {
        "from": item.giver_id,
        "to": by.pk,
        "handover": item.handover_id,
        "check": check.pk,
        "check_due": due_at.isoformat(),
        "read_back": bool(item.read_back),
    }
    audit.record(Event.ACCEPTED, actor=by, subject=item, team_id=item.to_team_id, also_team_id=item.from_team_id, at=at, data=data)
    return item


def check_read_back(words: str, *, needed: bool) -> None:
    if needed and not words.strip():
        raise ReadBackNeeded("Say in your own words what you will do, by when, and what if it goes wrong.", possible="Write the read-back, then accept.")


def _check_time(item: Item, *, urgency: str, promised_by: datetime | None, table: Timetable, at: datetime) -> datetime:
    """As the giver chose, else by rule; ``table`` is that of the giver's team."""
    incoming_ends = table.end_of_incoming(item.giver_id, at)
    if item.check_at is not None:
        return timing.within(item.check_at, accepted_at=at, urgency=urgency, incoming_ends=incoming_ends)
    return timing.propose(
        accepted_at=at,
        urgency=urgency,
        promised_by=promised_by,
        givers_next_start=table.next_start(item.giver_id, at),
        incoming_ends=incoming_ends,
        version=item.agreement_version,
    )
