"""When links of assessors have run out."""

from celery import shared_task
from django.utils import timezone

from reviews.evidence import operations


@shared_task(name="evidence.forget", soft_time_limit=280)
def forget() -> int:
    """Let go of what links showed that have run out; return how many. Safe to run twice, late or at once."""
    return operations.forget_expired(at=timezone.now())
