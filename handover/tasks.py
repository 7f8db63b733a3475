"""Every task of the domain, so that Celery finds them; each lives with its concept."""

from handover.due.tasks import fire
from handover.notifications.tasks import send
from handover.reports.tasks import owe
from handover.shifts.tasks import generate

__all__ = ["fire", "generate", "owe", "send"]
