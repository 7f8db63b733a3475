"""“What happens if nobody acts”: what falls due about an action, before it does. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from handover.actions.models import Action
from handover.checks.models import Check
from handover.due.models import Due, Rule
from handover.followups.models import FollowUp
from handover.handovers.models import Item
from handover.handovers.states import ON_OFFER
from handover.shifts.ends import OFFER
from handover.shifts.models import Rostering

WORDS: dict[tuple[Rule, int], str] = {
    (Rule.NOT_ACCEPTED, 1): "Whoever is to accept it is reminded.",
    (Rule.NOT_ACCEPTED, 2): "If nobody has accepted it: the giver and the lead are told.",
    (Rule.OFFER_LAPSES, 1): "The offer runs out: the giver keeps it, and the giver and the lead are told.",
    (Rule.QUERY, 1): "If the question is not answered: the giver is reminded.",
    (Rule.CHECK, 1): "“Was it completed?” is put to whoever is responsible, and the giver is told.",
    (Rule.CHECK_NOT_ANSWERED, 1): "If the check is not answered: whoever is responsible is reminded.",
    (Rule.CHECK_NOT_ANSWERED, 2): "If the check is still not answered: the lead is told.",
    (Rule.FOLLOW_UP, 1): "If nobody has decided what happens next: the giver is reminded.",
    (Rule.FOLLOW_UP, 2): "If it is still not decided: the lead is told.",
    (Rule.POOL, 1): "If nobody takes it from the pool: the shift on duty is told.",
    (Rule.POOL, 2): "If it is still in the pool: the lead is told.",
    (Rule.PROMISE, 1): "Half an hour before the promise: the responsible colleague, the giver and the lead are told.",
    (Rule.PROMISE, 2): "The time promised to the customer passes: the responsible colleague, the giver and the lead are told.",
    (Rule.LAPSE, 1): "If nothing has happened since it was accepted: it goes to the pool of the giver’s team, and the lead is told.",
    (Rule.NO_ONE_ELIGIBLE, 1): "Nobody on shift can take it: the lead is told.",
    (Rule.RESUMES, 1): "It is not put off any more: its holder is told.",
    (Rule.CARRIED, 1): "It was carried over more than 3 shifts: its holder and the lead are asked to decide.",
}
REMINDER = "You are reminded, as you asked."
BY_RULE = "If it is still held and on offer to nobody: it is offered to the incoming shift by rule, and the lead is told."


@dataclass(frozen=True)
class Coming:
    """One thing that will happen by itself at ``due_at``; ``rule`` names why."""

    rule: str
    step: int
    due_at: datetime
    sentence: str


def what_falls_due(action: Action, *, reader_id: int | None = None) -> list[Coming]:
    """What is owed about the action, its open offer, its checks and its decision, soonest first; of own reminders only the reader's.

    Also the end of the shift that its holder is on, where it is neither on offer nor put off.
    """
    if not action.is_open:
        return []
    items = Item.objects.filter(action=action, state__in=[*ON_OFFER, "accepted"]).values("pk")
    about = Q(subject_type="action", subject_id=action.pk)
    about |= Q(subject_type="item", subject_id__in=items)
    about |= Q(subject_type="check", subject_id__in=Check.objects.unanswered().filter(action=action).values("pk"))
    about |= Q(subject_type="followup", subject_id__in=FollowUp.objects.owed().filter(action=action).values("pk"))
    rows = Due.objects.live().filter(about).filter(~Q(rule=Rule.OWN_REMINDER) | Q(person=reader_id)).order_by("due_at", "pk")
    found = [Coming(row.rule, row.step, row.due_at, _words(row)) for row in rows[:30]]
    return sorted([*found, *_end_of_shift(action)], key=lambda one: one.due_at)


def _words(row: Due) -> str:
    rule = Rule(row.rule)
    return REMINDER if rule == Rule.OWN_REMINDER else WORDS.get((rule, row.step), f"{rule.label.capitalize()}.")


def _end_of_shift(action: Action) -> list[Coming]:
    """The first of the rows by which what its holder still has is offered by rule."""
    if action.responsible_id is None or action.put_off_until is not None or Item.objects.on_offer().filter(action=action).exists():
        return []
    mine = Rostering.objects.effective().filter(colleague=action.responsible_id, shift__team=action.team_id).values("shift")
    rows = Due.objects.live().filter(rule=Rule.SHIFT_ENDED, step=OFFER, subject_type="shift", subject_id__in=mine).order_by("due_at")
    first = rows.filter(due_at__gte=action.held_since or action.created_at).first()
    return [Coming(first.rule, first.step, first.due_at, BY_RULE)] if first else []
