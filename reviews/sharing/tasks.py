"""When the counts are brought up to date, and when leads hear of the week."""

from celery import shared_task
from django.utils import timezone

from reviews.sharing import rollups, sources, weekly


@shared_task(name="sharing.refresh", soft_time_limit=280)
def refresh() -> int:
    """Rung every five minutes. A bell that is lost or rung twice does no harm: what was touched is found by the trail's position,
    and imports by when they ended."""
    now = timezone.now()
    sources.recount_changed(at=now)
    return rollups.refresh(at=now)


@shared_task(name="sharing.week", soft_time_limit=280)
def week() -> int:
    """Rung every five minutes: on Monday mornings, tell the leads who want it how work was shared last week. Harmless to run twice, or late."""
    return weekly.send_due(at=timezone.now())
