"""When rows fire: every 10 seconds, by beat's bell. Safe to run twice, late, or on ten workers at once."""

from time import monotonic

from celery import shared_task

from handover.due import bell
from handover.moves import by_rule


@shared_task(name="due.fire", soft_time_limit=55)
def fire() -> int:
    """Fire what is due, a thousand rows at a time, until nothing is due or 45 seconds are gone; return how many."""
    fired, until = 0, monotonic() + 45
    while monotonic() < until:
        some = by_rule.tell_due() + by_rule.move_due()
        if not some:
            break
        fired += some
    if fired:
        bell.ring(bell.SEND)
    return fired
