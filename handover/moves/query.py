"""Ask before accepting, and answer. The accept clock never stops."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid, InvalidTransition
from handover.due import operations as due
from handover.due.models import Rule
from handover.due.operations import Owed
from handover.events import Event
from handover.handovers import operations as handovers
from handover.handovers import permissions, states
from handover.handovers.brief import Query
from handover.handovers.states import State
from handover.moves.locks import lock_item
from handover.moves.receiving import wanted_for
from handover.notifications import operations as notifications
from handover.notifications.models import Kind


@transaction.atomic
def query(*, item_id: int, by: User, at: datetime, text: str) -> Query:
    """Ask the giver something about an item on offer. The giver is reminded when half of the time that is left has gone."""
    action, item = lock_item(item_id)
    want, _ = wanted_for(item, at=at)
    permissions.check_answer_offer(by, item, want)
    if item.state == State.QUERIED:
        open_query = item.queries.get(answered_at__isnull=True)
        if open_query.asked_by_id == by.pk and open_query.text == text.strip():
            return open_query
        raise InvalidTransition("A question about this is open already.", possible=f"{item.giver.first_name} answers that one first.")
    states.check_next(item.state, State.QUERIED)
    if not text.strip():
        raise Invalid("Write your question.", field="text")
    asked = handovers.ask(item, by=by, text=text.strip(), at=at)
    handovers.mark_on_offer(item, State.QUERIED)
    left = (item.accept_by - at) / 2 if item.accept_by and item.accept_by > at else None
    if left:
        due.owe(Owed(Rule.QUERY, item, item.from_team_id, at + left), at=at)
    notifications.tell(Kind.QUERIED, to=[item.giver_id], about=item, action=action, by=by, words=text.strip(), at=at)
    due.ring()
    data = {"query": asked.pk, "giver": item.giver_id, "text": audit.digest(text.strip(), action.trail_salt)}
    audit.record(Event.QUERIED, actor=by, subject=item, team_id=item.to_team_id, also_team_id=item.from_team_id, at=at, data=data)
    return asked


@transaction.atomic
def answer_query(*, item_id: int, by: User, at: datetime, text: str) -> Query:
    """The giver answers the open question; whoever asked is told."""
    action, item = lock_item(item_id)
    permissions.check_giver(by, item)
    open_query = item.queries.filter(answered_at__isnull=True).first() if item.state == State.QUERIED else None
    if open_query is None:
        last = item.queries.order_by("-answered_at").first()
        if last is not None and last.answer == text.strip() and last.answered_by_id == by.pk:
            return last
        raise InvalidTransition("There is no open question about this.", possible="Add what you want to say as a note.")
    if not text.strip():
        raise Invalid("Write your answer.", field="text")
    states.check_next(item.state, State.OFFERED)
    handovers.answer(open_query, by=by, text=text.strip(), at=at)
    handovers.mark_on_offer(item, State.OFFERED)
    due.cancel(item, rules=[Rule.QUERY], at=at)
    notifications.settle(item, kinds=[Kind.QUERIED, Kind.QUERY_WAITS], at=at)
    notifications.tell(Kind.QUERY_ANSWERED, to=[open_query.asked_by_id], about=item, action=action, by=by, words=text.strip(), at=at)
    due.ring()
    data = {"query": open_query.pk, "text": audit.digest(text.strip(), action.trail_salt)}
    audit.record(Event.QUERY_ANSWERED, actor=by, subject=item, team_id=item.from_team_id, also_team_id=item.to_team_id, at=at, data=data)
    return open_query
