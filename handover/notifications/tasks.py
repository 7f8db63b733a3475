"""When messages leave: every 10 seconds by beat's bell, and after a commit that owes something."""

from time import monotonic

from celery import shared_task

from handover.notifications import preparing, sending


@shared_task(name="notifications.send", soft_time_limit=55)
def send() -> int:
    """Prepare what is new and send what waits, a few at a time, until nothing is left or 45 seconds are gone; return how many were sent.

    Safe to run twice, late, or on ten workers at once: a message is claimed under a lease before it is sent.
    """
    sent, until = 0, monotonic() + 45
    while monotonic() < until and preparing.prepare():
        pass
    while monotonic() < until and (claimed := sending.claim()):
        sent += sending.deliver(claimed)
    return sent
