"""Every task of looking back, so that Celery finds them; each lives with its concept."""

from reviews.sharing.tasks import refresh

__all__ = ["refresh"]
