"""When shifts owe their report."""

from celery import shared_task
from django.utils import timezone

from handover.reports import operations


@shared_task(name="reports.owe", soft_time_limit=50)
def owe() -> int:
    """Let the shifts that have ended owe a signed report; return how many were new. Harmless to run twice, or late."""
    return operations.owe_unsigned(at=timezone.now())
