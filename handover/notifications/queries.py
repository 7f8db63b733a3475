"""Reads for the list of notices, and how far sending is behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from accounts.models import User
from handover.due.queries import app_now
from handover.notifications.models import Delivery, DeliveryState, Notification

MOST = 100
"""As many stand at the top of the page; a person with more reads the rest under “Earlier”, or is better helped otherwise."""


def standing(user: User, at: datetime) -> tuple[list[Notification], list[Notification]]:
    """What waits for ``user``: what needs them, and what is good to know; newest first, at most a hundred together."""
    rows = list(Notification.objects.visible_to(user).standing(at).select_related("action").order_by("-at", "-pk")[:MOST])
    return [one for one in rows if one.needs_you], [one for one in rows if not one.needs_you]


def earlier(user: User, at: datetime) -> QuerySet[Notification]:
    """What was read, settled, or put off beyond ``at``."""
    past = Q(read_at__isnull=False) | Q(settled_at__isnull=False) | Q(snoozed_until__gt=at)
    return Notification.objects.visible_to(user).filter(past).select_related("action")


def refused_message(user: User, at: datetime) -> Delivery | None:
    """The newest message of the last fortnight that the mail server refused at the person's present address."""
    recent = Delivery.objects.filter(notification__recipient=user, notification__at__gt=at - timedelta(days=14), address=user.email or "")
    return recent.filter(state=DeliveryState.FAILED).order_by("-pk").first()


@dataclass(frozen=True)
class Outbox:
    """``waiting`` messages, the oldest of them by ``oldest``; ``stuck``: in somebody's hands for ten minutes; ``troubled``: tried and failed."""

    waiting: int
    oldest: timedelta
    stuck: int
    troubled: int
    unprepared: int
    resent_unknown: int


def outbox() -> Outbox:
    """How far sending is behind, over the messages that wait."""
    now = app_now()
    long_ago = now - timedelta(minutes=10)
    in_hands = Q(state__in=[DeliveryState.CLAIMED, DeliveryState.TRANSMITTING])
    found: dict[str, Any] = Delivery.objects.filter(Q(state=DeliveryState.PENDING) | in_hands).aggregate(
        waiting=Count("pk"),
        oldest=Min("notification__prepared_at"),
        stuck=Count("pk", filter=in_hands & Q(lease_until__lt=long_ago)),
        troubled=Count("pk", filter=~Q(trouble="")),
        resent=Count("pk", filter=Q(resent_unknown__gt=0)),
    )
    return Outbox(
        waiting=found["waiting"],
        oldest=now - found["oldest"] if found["oldest"] else timedelta(0),
        stuck=found["stuck"],
        troubled=found["troubled"],
        unprepared=Notification.objects.filter(prepared_at__isnull=True).count(),
        resent_unknown=found["resent"],
    )
