"""Words about an action: change them, add a note, write down that the customer got in touch, agree another time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid
from handover.actions import operations as actions
from handover.actions import permissions
from handover.actions.models import Action, Contact, Note
from handover.actions.states import State
from handover.due import operations as due
from handover.due.models import Rule
from handover.events import Event
from handover.handovers import operations as handovers
from handover.handovers.models import Item
from handover.handovers.states import State as ItemState
from handover.handovers.timing import accept_limits
from handover.moves import owed
from handover.moves.activity import active
from handover.moves.locks import lock_action
from handover.notifications import operations as notifications
from handover.notifications.models import Kind


@transaction.atomic
def edit(*, action_id: int, by: User, at: datetime, version: int | None = None, **words: Any) -> Action:
    """Change what was typed: title, customer, service, urgency, promise and its time.

    ``version`` is the one that the typing started from; if somebody changed the action since, ``StaleVersion`` carries
    what it says now, and nothing is lost. ``None`` (rules) does not ask. A closed action is not edited.
    """
    action = lock_action(action_id)
    permissions.check_change(by, action)
    actions.check_open(action)
    actions.check_version(action, version)
    service = words.get("service")
    if service is not None and service.pk != action.service_id and service.team_id != action.team_id:
        raise Invalid("This service belongs to another team.", possible="Choose one of this team's services.", field="service")
    changed = actions.change(action, at=at, **words)
    if not changed:
        return action
    if "promised_by" in changed:
        _replan_promise(action, at)
    if "urgency" in changed:
        _replan_urgency(action, at)
    active(action, by=by, at=at)
    audit.record(Event.CHANGED, actor=by, subject=action, team_id=action.team_id, at=at, data={"fields": changed, "version": action.version})
    return action


def _replan_urgency(action: Action, at: datetime) -> None:
    """The clock of the pool begins anew. An offer that is more urgent now has its accept limit from now on; a limit never moves away."""
    if action.state == State.POOL:
        due.replace(*owed.pool(action, at), at=at)
    item = handovers.lock_open_offer(action)
    if item is None:
        return
    shift = item.receiving_shift
    limits = accept_limits(
        offered_at=at,
        urgency=action.urgency,
        version=item.agreement_version,
        receiving_starts=shift.starts_at if shift else None,
        receiving_ends=shift.ends_at if shift else at,
    )
    if item.accept_by is not None and limits.accept_by < item.accept_by:
        handovers.hasten(item, accept_by=limits.accept_by)
        due.replace(*owed.reminders_to_accept(item, limits), at=at)


@transaction.atomic
def promise(
    *,
    action_id: int,
    by: User,
    at: datetime,
    promised_by: datetime,
    customer_told: bool,
    promise: str | None = None,
    reason: str = "",
    version: int | None = None,
) -> Action:
    """Agree another time with the customer. ``promise`` are its new words; ``None`` leaves them.

    Raises ``Invalid`` where the customer was not told: a promise is between the customer and us.
    """
    action = lock_action(action_id)
    permissions.check_change(by, action)
    actions.check_open(action)
    actions.check_version(action, version)
    if not customer_told:
        raise Invalid("A new time has to be agreed with the customer.", possible="Tell the customer, then tick that you did.", field="customer_told")
    if promised_by <= at:
        raise Invalid("The new time has to lie ahead.", possible="Choose a later time.", field="promised_by")
    data = promise_locked(action, by=by, at=at, promised_by=promised_by, promise=promise)
    if not data:
        return action
    if reason:
        actions.add_note(action, by=by, text=reason, at=at)
    active(action, by=by, at=at)
    audit.record(Event.PROMISED, actor=by, subject=action, team_id=action.team_id, at=at, data=data)
    return action


def promise_locked(action: Action, *, by: User, at: datetime, promised_by: datetime, promise: str | None = None) -> dict[str, object]:
    """Another time for a (locked) action: its clocks and whoever watches it; return what changed for the event, nothing where nothing did."""
    before = action.promised_by
    words = {"promised_by": promised_by} | ({"promise": promise} if promise is not None else {})
    if not actions.change(action, at=at, **words):
        return {}
    _replan_promise(action, at)
    givers = Item.objects.filter(action=action, state=ItemState.ACCEPTED)
    watchers = [item.sees_through_id for item in givers.only("giver", "watcher")]
    notifications.tell(Kind.PROMISE_CHANGED, to=[*watchers, action.responsible_id], about=action, action=action, by=by, at=at)
    due.ring()
    return {"from": before.isoformat() if before else None, "to": promised_by.isoformat(), "version": action.version}


def _replan_promise(action: Action, at: datetime) -> None:
    due.cancel(action, rules=[Rule.PROMISE], at=at)
    if rows := owed.promise(action, at):
        due.owe(*rows, at=at)


@transaction.atomic
def note(*, action_id: int, by: User, at: datetime, text: str, item_id: int | None = None) -> Note:
    """Write something down. With ``item_id`` it is an addendum to that item's brief, which is fixed since it was accepted."""
    action = lock_action(action_id)
    permissions.check_note(by, action)
    if item_id is not None and not Item.objects.filter(pk=item_id, action=action).exists():
        raise Invalid("This brief belongs to another action.", possible="Add the note to the action itself.", field="item")
    written = actions.add_note(action, by=by, text=text, at=at, item_id=item_id)
    active(action, by=by, at=at)
    if item_id is not None:
        notifications.tell(Kind.ADDED, to=[action.responsible_id], about=action, action=action, by=by, at=at)
        due.ring()
    data = {"note": written.pk, "item": item_id, "text": audit.digest(text, action.trail_salt)}
    audit.record(Event.NOTED, actor=by, subject=action, team_id=action.team_id, at=at, data=data)
    return written


@transaction.atomic
def contact(*, action_id: int, by: User, at: datetime, channel: str = "", text: str = "", chased: bool = False) -> Contact:
    """The customer got in touch; ``chased``: they had to ask before it was done. The responsible colleague is told of a chase."""
    action = lock_action(action_id)
    permissions.check_note(by, action)
    written = actions.add_contact(action, by=by, channel=channel, text=text, chased=chased, at=at)
    active(action, by=by, at=at)
    if chased:
        notifications.tell(Kind.CHASED, to=[action.responsible_id], about=action, action=action, by=by, at=at)
        due.ring()
    data = {"contact": written.pk, "chased": chased, "text": audit.digest(text, action.trail_salt)}
    audit.record(Event.CONTACTED, actor=by, subject=action, team_id=action.team_id, at=at, data=data)
    return written
