"""How long things may take, where no agreement says otherwise. Minutes, from the table “When things fall due” of the domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import models


class Urgency(models.TextChoices):
    ROUTINE = "routine", "routine"
    SOON = "soon", "soon"
    URGENT = "urgent", "urgent"


@dataclass(frozen=True)
class Limit:
    """Minutes until somebody is reminded, and until the lead is told. ``None``: the end of the incoming shift."""

    remind: int
    escalate: int | None


ACCEPT = {
    Urgency.URGENT: Limit(3, 5),
    Urgency.SOON: Limit(15, 30),
    Urgency.ROUTINE: Limit(60, None),
}
POOL = {
    Urgency.URGENT: Limit(5, 10),
    Urgency.SOON: Limit(30, 60),
    Urgency.ROUTINE: Limit(120, 240),
}
FOLLOW_UP = {
    Urgency.URGENT: Limit(10, 20),
    Urgency.SOON: Limit(30, 60),
    Urgency.ROUTINE: Limit(30, 60),
}
CHECK_ANSWER = Limit(30, 60)
LAPSE_URGENT = timedelta(hours=1)
PROMISE_BEFORE = timedelta(minutes=30)
NOTHING_OFFERED_BEFORE = (timedelta(minutes=30), timedelta(minutes=10))
WINDOW_BEFORE = timedelta(minutes=60)
"""The handover window opens so long before a shift's end."""
BY_RULE_AFTER = timedelta(minutes=15)
"""What is still held so long after a shift's end is offered to the incoming one by rule."""
CARRIED_MOST = 3
"""An action that crosses more shift changes than this must be decided."""
CHANGES_APART = timedelta(hours=3)
"""Shifts of one team that end closer together than this make one shift change."""
STAND_IN_SHIFT = timedelta(hours=8)
"""Stands in for a shift's end or start where a team has no rota."""
CHECK_AFTER_PROMISE = timedelta(minutes=15)
CHECK_EARLIEST = timedelta(minutes=15)
UNDO = timedelta(seconds=30)
