"""Every task of looking back, so that Celery finds them; each lives with its concept."""

from reviews.evidence.tasks import forget
from reviews.improvements.tasks import fire as fire_improvements
from reviews.observing.tasks import draw
from reviews.reviewing.tasks import look
from reviews.sharing.tasks import refresh, week

__all__ = ["draw", "fire_improvements", "forget", "look", "refresh", "week"]
