"""Every task of looking back, so that Celery finds them; each lives with its concept."""

from reviews.evidence.tasks import forget
from reviews.observing.tasks import draw
from reviews.sharing.tasks import refresh

__all__ = ["draw", "forget", "refresh"]
