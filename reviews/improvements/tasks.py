"""When what falls due about improvements is looked for."""

from celery import shared_task
from django.utils import timezone

from reviews.improvements import prompting


@shared_task(name="improvements.fire", soft_time_limit=50)
def fire() -> int:
    """Rung every five minutes. A bell that is lost or rung twice does no harm: rows say what is due."""
    return prompting.fire(at=timezone.now())
