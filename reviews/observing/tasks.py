"""When handovers are drawn to be observed."""

from celery import shared_task
from django.utils import timezone

from reviews.observing import operations


@shared_task(name="observing.draw", soft_time_limit=280)
def draw() -> int:
    """Draw for every team whose half of a month is over; return how many. Harmless to run twice, at once, or late."""
    return operations.draw_due(at=timezone.now())
