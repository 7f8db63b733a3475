"""The bell: “look at the tables now”. Losing one costs seconds, because beat rings anyway; so it may fail, and must be quick."""

from __future__ import annotations

import logging
from time import monotonic

from celery import current_app
from django.db import connection, transaction
from kombu.connection import Connection
from kombu.pools import producers

log = logging.getLogger(__name__)

SEND, FIRE = "notifications.send", "due.fire"
QUICK = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "max_retries": 0, "retry_on_timeout": False}
SILENCE = 5.0  # seconds without trying, after the broker did not answer

failures = 0
_quiet_until = 0.0


def after_commit() -> None:
    """Ring once when the running transaction commits, however often it is asked for in it; at once outside a transaction."""
    if any(function is _ring_now for _, function, *_ in connection.run_on_commit):
        return
    transaction.on_commit(_ring_now, robust=True)


def _ring_now() -> None:
    ring()


def ring(task: str = SEND) -> bool:
    """Send the bell; False if the broker did not take it. Counted in ``failures``; for some seconds afterwards nobody tries again."""
    global failures, _quiet_until
    if monotonic() < _quiet_until:
        return False
    try:
        with producers[_connection()].acquire(block=True, timeout=0.5) as producer:
            current_app.send_task(task, producer=producer, retry=False, expires=10, ignore_result=True)
    except Exception as error:
        failures += 1
        _quiet_until = monotonic() + SILENCE
        log.warning("The bell %s was not taken by the broker: %s", task, error)
        return False
    return True


def _connection() -> Connection:
    """The broker's address with time-outs that a person does not notice; equal ones share one pool."""
    made: Connection = current_app.connection_for_write(connect_timeout=0.5, transport_options=QUICK)
    return made
