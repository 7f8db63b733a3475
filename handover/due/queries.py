"""The one clock, and how the engine is doing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, DateTimeField, Func, Min, Q

from handover.due.models import Due


class AppNow(Func):
    """The clock that due instants are compared with, asked once per statement (so that an index can be used)."""

    template = "(SELECT app_now())"
    output_field = DateTimeField()


def app_now() -> datetime:
    """What time it is for everything that falls due: the database's clock, which tests can move."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app_now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


@dataclass(frozen=True)
class Backlog:
    """``late``: rows that should have fired more than a minute ago; ``oldest``: by how much; ``troubled``: rows that failed and wait."""

    late: int
    oldest: timedelta
    troubled: int

    @property
    def is_fine(self) -> bool:
        """Nothing is more than five minutes late, and nothing failed."""
        return self.oldest < timedelta(minutes=5) and not self.troubled


def backlog() -> Backlog:
    """How far firing is behind, in one statement over the live rows that are due."""
    now = app_now()
    minute_ago = now - timedelta(minutes=1)
    found: dict[str, Any] = (
        Due.objects.live()
        .filter(due_at__lte=now)
        .aggregate(late=Count("pk", filter=Q(due_at__lte=minute_ago)), oldest=Min("due_at"), troubled=Count("pk", filter=~Q(trouble="")))
    )
    behind = now - found["oldest"] if found["oldest"] else timedelta(0)
    return Backlog(found["late"], behind, found["troubled"])
