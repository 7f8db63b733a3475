from celery import shared_task
from django.utils import timezone

from common import idempotency


@shared_task(name="common.purge")
def purge() -> int:
    """Forget the stored answers that nobody may ask for again; return how many."""
    return idempotency.purge(at=timezone.now())
