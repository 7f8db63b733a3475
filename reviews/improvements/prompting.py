"""What falls due about improvements: whoever has not answered is reminded, leads hear that they may decide, the owner that the day comes or is
over, leads that it is time to judge. Rung every five minutes; safe to run twice at once, late, or after a long outage."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from handover.notifications.models import Kind
from handover.shifts.queries import lead_ids
from reviews.improvements import measures, queries, telling
from reviews.improvements.models import Improvement, Prompt, What
from reviews.improvements.operations import make_agreed
from reviews.improvements.states import State

BATCH = 50
LEFT = "those who had not agreed have left"


def fire(*, at: datetime) -> int:
    """Tell what has fallen due by ``at``, and agree what nobody is waited for any more; return how many improvements were looked at."""
    looked_at = 0
    while found := _some_due(at):
        looked_at += found
    return looked_at + _agree_those_left_alone(at)


@transaction.atomic
def _some_due(at: datetime) -> int:
    """One batch. What somebody else holds just now waits for the next bell."""
    due = Prompt.objects.filter(told_at__isnull=True, due_at__lte=at).order_by("due_at", "pk").values_list("improvement_id", flat=True)
    ids = list(dict.fromkeys(due[: 4 * BATCH]))[:BATCH]
    locked = Improvement.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), skip_locked=True).select_related("team", "owner")
    improvements = list(locked)
    for improvement in improvements:
        prompts = improvement.prompts.filter(told_at__isnull=True, due_at__lte=at)
        _tell(improvement, set(prompts.values_list("what", flat=True)), at=at)
        prompts.update(told_at=at)
    return len(improvements)


def _tell(improvement: Improvement, whats: Collection[str], *, at: datetime) -> None:
    """One notice for each person at most, however much fell due while nobody looked."""
    leads = lead_ids(improvement.team_id, at)
    if improvement.state == State.PROPOSED and {What.ANSWER, What.DECIDE} & set(whats):
        told = set(leads) if What.DECIDE in whats else set()
        telling.tell(Kind.IMPROVEMENT_WAITS, improvement, to=sorted(told), at=at, by=None, past=True)
        waiting = queries.still_needed(improvement).filter(says="").values_list("colleague_id", flat=True)
        telling.tell(Kind.IMPROVEMENT_WAITS, improvement, to=[pk for pk in waiting if pk not in told], at=at, by=None)
    if improvement.state == State.AGREED and {What.SOON, What.OVERDUE} & set(whats):
        late = What.OVERDUE in whats
        owner = [improvement.owner_id] if queries.is_here(improvement.owner, improvement) else leads
        telling.tell(Kind.IMPROVEMENT_DUE, improvement, to=[*owner, *(leads if late else [])], at=at, by=None, past=late)
    if improvement.state == State.DONE and What.JUDGE in whats:
        telling.tell(Kind.IMPROVEMENT_JUDGE, improvement, to=leads, at=at, by=None, words=measures.target_words(improvement.figure, improvement.target))


def _agree_those_left_alone(at: datetime) -> int:
    ids = list(queries.left_alone().values_list("pk", flat=True)[:BATCH])
    return sum(_agree(pk, at) for pk in ids)


@transaction.atomic
def _agree(improvement_id: int, at: datetime) -> int:
    locked = queries.left_alone().filter(pk=improvement_id).select_for_update(of=("self",), skip_locked=True).select_related("team").first()
    if locked is None:
        return 0
    make_agreed(locked, by=None, at=at, rule=LEFT)
    return 1
