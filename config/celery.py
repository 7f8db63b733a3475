"""The Celery application and its table of bells.

Rows are the queue: a task only looks what is due and does it. So a bell that is lost, late or rung twice does no
harm, and each has an expiry: a worker that was away does not find a thousand old bells.
"""

import os

from celery import Celery

from config import bells

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("baton")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
bells.install(app)


def every(seconds: float, task: str) -> dict[str, object]:
    return {"task": task, "schedule": float(seconds), "options": {"expires": float(seconds)}}


# Plain intervals, in UTC. Business time is in the rows, never here.
HOUR = 60 * 60
app.conf.beat_schedule = {
    "due": every(10, "due.fire"),
    "notifications": every(10, "notifications.send"),
    "trail": every(2, "audit.seal"),
    "shifts": every(HOUR, "shifts.generate"),
    "reports": every(300, "reports.owe"),
    "evidence": every(HOUR, "evidence.forget"),
    "improvements": every(300, "improvements.fire"),
    "observing": every(HOUR, "observing.draw"),
    "reviewing": every(300, "reviewing.look"),
    "sharing": every(300, "sharing.refresh"),
    "week": every(300, "sharing.week"),
    "purge": every(HOUR, "common.purge"),
}
app.conf.task_routes = {
    "notifications.send": {"queue": "mail"},
    "common.purge": {"queue": "heavy"},
    "shifts.generate": {"queue": "heavy"},
    "observing.draw": {"queue": "heavy"},
    "reviewing.look": {"queue": "heavy"},
    "sharing.refresh": {"queue": "heavy"},
    "sharing.week": {"queue": "heavy"},
}
