"""When the counts are brought up to date."""

from celery import shared_task
from django.utils import timezone

from reviews.sharing import rollups, sources


@shared_task(name="sharing.refresh", soft_time_limit=280)
def refresh() -> int:
    """Rung every five minutes. A bell that is lost or rung twice does no harm: what was touched is found by the trail's position,
    and imports by when they ended."""
    now = timezone.now()
    sources.recount_changed(at=now)
    return rollups.refresh(at=now)
