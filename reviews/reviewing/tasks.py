"""When reviews open, remind, and ask to be concluded."""

from celery import shared_task
from django.utils import timezone

from reviews.reviewing import due_operations, opening_operations


@shared_task(name="reviewing.look", soft_time_limit=280)
def look() -> int:
    """Rung every five minutes; return how many reviews opened. Safe to run twice, late, or on several workers: rows say what is due."""
    now = timezone.now()
    due_operations.begin_cycles(at=now)
    opened = opening_operations.open_due(at=now)
    due_operations.fire(at=now)
    return opened
