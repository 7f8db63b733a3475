"""Celery's beat as a thread of a worker (``celery worker --bells``): the same scheduler, without a process of 50 MB for it."""

import logging
import os
from threading import Thread
from typing import Any

from celery import bootsteps
from celery.beat import Scheduler, Service
from click import Option

log = logging.getLogger(__name__)


class Bells(bootsteps.StartStopStep):
    """Where the thread fails the whole worker ends, so that whoever watches the process starts both again."""

    requires = {"celery.worker.components:Pool"}

    def __init__(self, parent: Any, bells: bool = False, **options: Any) -> None:
        super().__init__(parent, **options)
        self.enabled = bells

    def start(self, parent: Any) -> None:
        # Kept in memory: after a start every bell rings once, which does no harm.
        self.service = Service(parent.app, max_interval=1, scheduler_cls=Scheduler)
        Thread(target=self.ring, name="bells", daemon=True).start()

    def ring(self) -> None:
        try:
            self.service.start()
        except BaseException:
            log.critical("The bells stopped; this worker ends.", exc_info=True)
            os._exit(70)

    def stop(self, parent: Any) -> None:
        self.service.stop()


def install(app: Any) -> None:
    app.user_options["worker"].add(Option(["--bells"], is_flag=True, help="Ring the bells of config.celery from this worker."))
    app.steps["worker"].add(Bells)
