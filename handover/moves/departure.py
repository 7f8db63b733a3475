"""What becomes of one action when somebody goes: made by ``leaving``, on an action that it has locked, one event for each move.

``rule`` names why: the membership ended, or the colleague went home in mid-shift.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid
from handover.actions.models import Action
from handover.checks.models import Check
from handover.checks.states import State as CheckState
from handover.due import operations as due
from handover.due.models import Due, Rule
from handover.due.operations import Owed
from handover.events import Event
from handover.followups import operations as followups
from handover.handovers import operations as handovers
from handover.handovers.models import Item
from handover.handovers.states import State
from handover.moves.locks import id_of
from handover.moves.reassign import reassign_locked
from handover.notifications import operations as notifications
from handover.notifications.models import Kind


@dataclass(frozen=True)
class Departure:
    """Who goes, who says so, why, and in which words colleagues hear it."""

    person: User
    by: User
    at: datetime
    rule: str
    words: str


def check_taker(to: User | None, *, team_id: int, person: User) -> None:
    """Raise ``Invalid`` unless ``to`` is the pool or another colleague of the team."""
    if to is not None and (to.pk == person.pk or not (to.is_person and to.belongs_to_as_member(team_id))):
        raise Invalid(f"{to.display_name} cannot take this over.", possible="Choose another colleague of the team, or the pool.", field="to")


def pass_on(action: Action, *, to: User | None, gone: Departure) -> None:
    """``to`` holds it now, or the pool with its clock running. What they offered is withdrawn; a check that was put is put to ``to``."""
    check_taker(to, team_id=action.team_id, person=gone.person)
    changed = reassign_locked(action, to=to, by=gone.by, at=gone.at, reason=gone.words, tell_before=False)
    put = list(Check.objects.filter(action=action, state=CheckState.ASKED).order_by("pk"))
    for check in put:
        notifications.settle(check, recipient_id=gone.person.pk, at=gone.at)
        notifications.tell(Kind.CHECK_ASKED, to=[id_of(to)], about=check, action=action, at=gone.at)
    data = {**changed, "rule": gone.rule, "checks": [check.pk for check in put]}
    audit.record(Event.REASSIGNED, actor=gone.by, subject=action, team_id=action.team_id, at=gone.at, data=data)


def return_offer(action: Action, item: Item, *, gone: Departure) -> None:
    """What waited for them alone is declined in their name: its giver hears it at once, and still holds it."""
    handovers.mark(item, State.DECLINED, at=gone.at, by=gone.by, reason=gone.words)
    due.cancel(item, at=gone.at)
    notifications.settle(item, at=gone.at)
    notifications.tell(Kind.DECLINED, to=[item.giver_id], about=item, action=action, by=gone.person, words=gone.words, at=gone.at)
    data = {"giver": item.giver_id, "over": True, "handover": item.handover_id, "rule": gone.rule}
    audit.record(Event.DECLINED, actor=gone.by, subject=item, team_id=item.to_team_id, also_team_id=item.from_team_id, at=gone.at, data=data)


def pass_watch(action: Action, item: Item, *, to: User, gone: Departure) -> None:
    """``to`` sees it through instead: its check tells them, what is owed on it is theirs to decide, its reminders are theirs."""
    item.watcher = to
    item.save(update_fields=["watcher"])
    checks = list(Check.objects.select_for_update(of=("self",)).unanswered().filter(item=item))
    Check.objects.filter(pk__in=[check.pk for check in checks]).update(giver=to)
    owed = pass_decision(action, to=to, gone=gone) if item.state == State.ACCEPTED else None
    _pass_reminder(item, to=to, gone=gone)
    notifications.settle(item, *checks, recipient_id=gone.person.pk, at=gone.at)
    if item.state == State.ENDED:
        notifications.tell(Kind.OUTCOME, to=[to.pk], about=item, action=action, by=item.ended_by, words=action.closing_words, at=gone.at)
    elif item.read_back and item.read_back_right is None:
        notifications.tell(Kind.READ_BACK, to=[to.pk], about=item, action=action, by=item.accepted_by, at=gone.at)
    data = {"from": gone.person.pk, "watcher": to.pk, "rule": gone.rule, "checks": [check.pk for check in checks], "follow_up": owed}
    audit.record(Event.WATCH_PASSED, actor=gone.by, subject=item, team_id=item.from_team_id, also_team_id=item.to_team_id, at=gone.at, data=data)


def pass_decision(action: Action, *, to: User, gone: Departure) -> int | None:
    """``to`` decides what happens next, where the one who goes owed that; return the follow-up's id."""
    owed = followups.owed_on(action)
    if owed is None or owed.owed_by_id != gone.person.pk:
        return None
    followups.owe_by(owed, colleague=to)
    notifications.settle(owed, recipient_id=gone.person.pk, at=gone.at)
    notifications.tell(Kind.UNABLE, to=[to.pk], about=owed, action=action, by=action.responsible, at=gone.at)
    return owed.pk


def _pass_reminder(item: Item, *, to: User, gone: Departure) -> None:
    """Reminders that they set themselves fall due for ``to``, at the same instants."""
    theirs = Due.objects.live().about(item).filter(rule=Rule.OWN_REMINDER)
    remind_at = theirs.filter(person=gone.person).values_list("due_at", flat=True).first()
    if remind_at is None:
        return
    due.cancel(item, rules=[Rule.OWN_REMINDER], person_id=gone.person.pk, at=gone.at)
    if not theirs.filter(person=to).exists():
        due.owe(Owed(Rule.OWN_REMINDER, item, item.from_team_id, remind_at, 1, to.pk), at=gone.at)
