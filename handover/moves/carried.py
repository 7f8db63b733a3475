"""Carried over too many shift changes: somebody decides what happens now, and until then it is not handed on once more."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid, NotAllowed, Refusal
from handover.actions import operations as actions
from handover.actions import permissions
from handover.actions.models import Action
from handover.actions.states import State
from handover.checks.states import Outcome
from handover.due import operations as due
from handover.due.models import Rule
from handover.due.operations import Owed
from handover.events import Event
from handover.moves.activity import active
from handover.moves.close import close_locked
from handover.moves.edit import promise_locked
from handover.moves.locks import lock_action
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts.queries import lead_ids


class NowWhat(models.TextChoices):
    """What becomes of an action that was carried too far."""

    DO_NOW = "do_now", "do it now"
    NEW_TIME = "new_time", "new time, and the customer was told"
    ESCALATE = "escalate", "escalate to a lead"
    CLOSE = "close", "close it"
    GO_ON = "go_on", "carry it on all the same"


def check_decided(action: Action) -> None:
    """Refuse to hand on what has to be decided first."""
    if action.must_be_decided:
        raise Refusal(
            f"{action.ref} was carried over {action.carried} shift changes. Somebody decides first what happens with it.",
            possible="Open the action: do it now, agree a new time with the customer, escalate it to a lead, or close it with a reason.",
            field="actions",
        )


def check_decide_carried(user: User, action: Action) -> None:
    """Its holder or a lead; what lies in the pool, any colleague of the team."""
    permissions.check_member(user, action.team_id)
    permissions.check_person(user)
    if action.state == State.POOL or user.pk == action.responsible_id or user.is_lead_of(action.team_id):
        return
    name = action.responsible.display_name if action.responsible else "Nobody"
    raise NotAllowed(f"{name} is responsible for this action.", possible=f"{name} or a lead decides what happens with it.")


@transaction.atomic
def decide_carried(
    *, action_id: int, by: User, at: datetime, decision: str, reason: str = "", time: datetime | None = None, customer_told: bool = False
) -> Action:
    """Decide what happens with an action that crossed more than 3 shift changes.

    *Do now* says by when, and its holder is reminded then; *new time* is agreed with the customer; *escalate* tells the leads;
    *close* needs a reason. *Carry it on* is the soft gate: a lead goes past the rule with a reason. What is not to be decided
    (any more) is refused, but for the same decision by the same colleague on an action that it closed.
    """
    action = lock_action(action_id)
    check_decide_carried(by, action)
    chosen, words = NowWhat(decision), reason.strip()
    actions.check_open(action)
    if not action.must_be_decided:
        raise Refusal("Nothing has to be decided about this action now.", possible="It can be handed over, put off or completed as any other.")
    _check(chosen, by, action, words, time, customer_told, at)
    actions.settle_carried(action)
    due.cancel(action, rules=[Rule.CARRIED], at=at)
    notifications.settle(action, kinds=[Kind.CARRIED], at=at)
    changed = _make(chosen, action, by, words, time, at)
    active(action, by=by, at=at)
    due.ring()
    data = {"decision": chosen.value, "carried": action.carried, "holder": action.responsible_id, "reason": audit.digest(words, action.trail_salt), **changed}
    audit.record(Event.CARRIED_DECIDED, actor=by, subject=action, team_id=action.team_id, at=at, data=data)
    return action


def decisions_of(user: User, action: Action) -> list[NowWhat]:
    """What this colleague can decide: only its holder closes it, only a lead goes past the rule, and what nobody holds is not done now."""
    never = {
        NowWhat.DO_NOW: action.state == State.POOL,
        NowWhat.CLOSE: user.pk != action.responsible_id,
        NowWhat.GO_ON: not user.is_lead_of(action.team_id),
    }
    return [one for one in NowWhat if not never.get(one, False)]


def _check(chosen: NowWhat, by: User, action: Action, words: str, time: datetime | None, customer_told: bool, at: datetime) -> None:
    if chosen in (NowWhat.DO_NOW, NowWhat.NEW_TIME) and (time is None or time <= at):
        raise Invalid("Say by when.", possible="Choose a time that lies ahead.", field="time")
    if chosen == NowWhat.NEW_TIME and not customer_told:
        raise Invalid("A new time has to be agreed with the customer.", possible="Tell the customer, then tick that you did.", field="customer_told")
    may = decisions_of(by, action)
    if chosen == NowWhat.DO_NOW and chosen not in may:
        raise Refusal("Nobody holds it, so nobody does it now.", possible="Claim it first.", field="decision")
    if chosen == NowWhat.CLOSE and chosen not in may:
        raise NotAllowed("Only the responsible colleague closes it.", possible="Escalate it, or reassign it to yourself.", field="decision")
    if chosen in (NowWhat.CLOSE, NowWhat.ESCALATE, NowWhat.GO_ON) and not words:
        raise Invalid("Say why.", possible="Whoever reads this action later sees the reason.", field="reason")
    if chosen == NowWhat.GO_ON and chosen not in may:
        raise NotAllowed("Only a lead goes past this rule, with a reason.", possible="Escalate it to a lead.", field="decision")


def _make(chosen: NowWhat, action: Action, by: User, words: str, time: datetime | None, at: datetime) -> dict[str, object]:
    """What the decision changes, for the event."""
    if chosen == NowWhat.CLOSE:
        return close_locked(action, outcome=Outcome.NOT_NEEDED, by=by, at=at, words=words)
    if words:
        actions.add_note(action, by=by, text=words, at=at)
    if chosen == NowWhat.NEW_TIME and time is not None:
        return promise_locked(action, by=by, at=at, promised_by=time)
    if chosen == NowWhat.DO_NOW and time is not None:
        actions.resume(action, at=at)
        due.cancel(action, rules=[Rule.OWN_REMINDER], person_id=action.responsible_id, at=at)
        due.owe(Owed(Rule.OWN_REMINDER, action, action.team_id, time, 1, action.responsible_id), at=at)
        return {"by": time.isoformat()}
    leads = lead_ids(action.team_id, at)
    kind = Kind.ESCALATED if chosen == NowWhat.ESCALATE else Kind.OVERRIDDEN
    notifications.tell(kind, to=leads, about=action, action=action, by=by, words=words, at=at)
    return {"told": leads, "went_past": chosen == NowWhat.GO_ON}
