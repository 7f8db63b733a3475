"""From the past to now: what fell due meanwhile has happened, at its own instant, and nobody gets a message about it any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import F, OuterRef, Q, Subquery

from handover.due import operations as due
from handover.due.limits import WINDOW_BEFORE
from handover.due.models import Due, Rule
from handover.due.operations import Taken
from handover.moves import by_rule
from handover.notifications.models import Notification
from handover.shifts.ends import OF_AN_END

NOT_OF_THE_PAST = [Rule.NOTHING_OFFERED, *OF_AN_END]
"""What the end of a shift makes due; of shifts that are over the stories tell. The window of one that runs now has opened."""
ONE_BY_ONE = [*by_rule.MOVES, Rule.CHECK]
"""Rules that change more than who was told: each acts at its own instant, and leaves more to fall due."""
READ_WITHIN = timedelta(minutes=4)
STILL_NEW, STILL_NEWS = timedelta(hours=8), timedelta(hours=2)
"""How old something may be that nobody has read: what needs somebody, and what is only good to know."""


def catch_up(team_ids: Collection[int], *, now: datetime) -> None:
    """Let each rule do what a row of before ``now`` owes, so that the notices of the present are there.

    What the moves of a story made needless was cancelled by them: what is left is what still stands. In one transaction
    with the stories, so that no worker sees a row of the past.
    """
    owed = Due.objects.live().filter(team__in=team_ids, due_at__lte=now)
    open_now = Q(rule=Rule.WINDOW_OPENS, due_at__gt=now - WINDOW_BEFORE)
    owed.filter(rule__in=NOT_OF_THE_PAST).exclude(open_now).update(cancelled_at=now)
    while row := owed.filter(rule__in=ONE_BY_ONE).order_by("due_at", "pk").first():
        fire(row)
    rows = list(owed.order_by("due_at", "pk"))
    by_rule.tell([taken(row) for row in rows], at=now)
    fired = Due.objects.filter(pk__in=[row.pk for row in rows], fired_at=now)
    Notification.objects.filter(due__in=fired).update(at=Subquery(Due.objects.filter(pk=OuterRef("due")).values("due_at")))
    fired.update(fired_at=F("due_at"))
    owed.update(cancelled_at=now)


def fire(row: Due) -> None:
    if Rule(row.rule) in by_rule.MOVES:
        token = uuid4()
        Due.objects.filter(pk=row.pk).update(lease_token=token, lease_until=row.due_at + due.LEASE)
        row.lease_token = token
        by_rule.MOVES[Rule(row.rule)](row=taken(row), lease_token=token, at=row.due_at)
    else:
        by_rule.tell([taken(row)], at=row.due_at)
    Due.objects.live().filter(pk=row.pk).update(cancelled_at=row.due_at)


def taken(row: Due) -> Taken:
    return Taken(row.pk, row.rule, row.step, row.subject_type, row.subject_id, row.team_id, row.person_id, row.due_at, row.attempts, row.lease_token)


def hush(team_ids: Collection[int], *, now: datetime) -> None:
    """No e-mail goes out about the past, and what came long ago was read when it came."""
    told = Notification.objects.filter(team__in=team_ids)
    told.filter(prepared_at=None).update(prepared_at=now)
    told.filter(Q(at__lt=now - STILL_NEW) | Q(at__lt=now - STILL_NEWS, needs_you=False), read_at=None).update(read_at=F("at") + READ_WITHIN)
