"""When the rota is carried on."""

from celery import shared_task
from django.utils import timezone

from handover.shifts import operations


@shared_task(name="shifts.generate", soft_time_limit=50)
def generate() -> int:
    """Keep every team's shifts 14 days ahead; return how many were made. Harmless to run twice."""
    return operations.generate_all(at=timezone.now())
