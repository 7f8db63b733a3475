"""Every task of the domain, so that Celery finds them; each lives with its concept."""

from handover.due.tasks import fire

__all__ = ["fire"]
