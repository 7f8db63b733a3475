"""Sending: claim → transmitting → sent, each committed on its own, each write only while the lease is ours.

A process may die between any two steps. Claimed and not yet transmitting: nothing left the house, it is simply sent again.
Transmitting: nobody can know whether it arrived, so it is sent again with the same Message-ID, and that is counted.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.db.models import QuerySet
from django.template.loader import render_to_string

from common import failpoints
from handover.due.queries import AppNow
from handover.notifications.models import Delivery, DeliveryState, Notification

log = logging.getLogger(__name__)

AT_ONCE = 5
LEASE = timedelta(seconds=60)
NEEDED = timedelta(seconds=20)  # of the lease, to begin with one more message
BACK_OFF, LONGEST_BACK_OFF = timedelta(seconds=15), timedelta(hours=1)
MOST_ATTEMPTS = 100  # about four days
CLAIM = """
WITH ours AS MATERIALIZED (
    SELECT id AS ours_id, state AS was FROM handover_delivery
    WHERE state IN ('pending', 'claimed', 'transmitting') AND next_at <= (SELECT app_now())
    ORDER BY next_at, id LIMIT %s FOR UPDATE SKIP LOCKED
)
UPDATE handover_delivery SET state = 'claimed', lease_token = gen_random_uuid(), lease_until = app_now() + %s, next_at = app_now() + %s,
    attempts = attempts + 1, resent_unknown = resent_unknown + (was = 'transmitting')::int
FROM ours WHERE id = ours_id
RETURNING id, notification_id, address, message_id, subject_line, body, attempts, lease_token
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message in this worker's hands until its lease is over."""

    id: int
    notification_id: int
    address: str
    message_id: str
    subject_line: str
    body: str
    attempts: int
    lease_token: UUID


def claim(*, limit: int = AT_ONCE) -> list[Claimed]:
    """Take a few messages that wait, or whose worker let its lease run out. Never waits for another worker."""
    values: list[Any] = [limit, LEASE, LEASE]
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, values)
        return [Claimed(*row) for row in cursor.fetchall()]


def ours(one: Claimed) -> QuerySet[Delivery]:
    """The row, if its lease is still this worker's: every write goes through this."""
    return Delivery.objects.filter(pk=one.id, lease_token=one.lease_token)


def deliver(claimed: Iterable[Claimed]) -> int:
    """Send these one by one; return how many were. What cannot be sent now waits longer each time."""
    sent = 0
    post = get_connection()
    for one in claimed:
        failpoints.hit("deliver.claimed")
        if not _is_still_wanted(one):
            ours(one).update(state=DeliveryState.CANCELLED, lease_token=None)
            continue
        if not _is_open(post, one) or not begin(one):
            continue
        failpoints.hit("deliver.transmitting")
        sent += _transmit(post, one)
    post.close()
    return sent


def _is_still_wanted(one: Claimed) -> bool:
    """Asked again just before sending: what was read or settled meanwhile, or whose recipient left, is not sent."""
    standing = Notification.objects.filter(pk=one.notification_id, read_at__isnull=True, settled_at__isnull=True, recipient__is_active=True)
    return standing.exists()


def _is_open(post: BaseEmailBackend, one: Claimed) -> bool:
    """Reach the mail server before anything is marked: if nobody answers, nothing was sent for certain."""
    try:
        post.open()
    except Exception as error:
        put_back(one, trouble=f"The mail server does not answer: {error}")
        return False
    return True


def begin(one: Claimed) -> bool:
    """Mark it as on its way; False where the lease is over or not ours any more: then somebody else sends it."""
    return ours(one).filter(state=DeliveryState.CLAIMED, lease_until__gt=AppNow() + NEEDED).update(state=DeliveryState.TRANSMITTING) == 1


def finish(one: Claimed) -> bool:
    """Mark it as sent; False where somebody else has claimed it meanwhile, whose word then counts."""
    done = ours(one).filter(state=DeliveryState.TRANSMITTING)
    return done.update(state=DeliveryState.SENT, sent_at=AppNow(), lease_token=None, lease_until=None, trouble="") == 1


def _transmit(post: BaseEmailBackend, one: Claimed) -> bool:
    message = EmailMultiAlternatives(one.subject_line, one.body, to=[one.address], headers={"Message-ID": one.message_id, "Auto-Submitted": "auto-generated"})
    message.attach_alternative(render_to_string("emails/notice.html", {"subject": one.subject_line, "body": one.body}), "text/html")
    try:
        post.send_messages([message])
    except Exception as error:
        post.close()
        _failed(one, error)
        return False
    failpoints.hit("deliver.sent")
    if not finish(one):
        log.warning("Message %s was sent after its lease was over; another worker sends it too.", one.message_id)
    return True


def _failed(one: Claimed, error: Exception) -> None:
    code, words = reply_of(error)
    if 500 <= code < 600:
        log.error("Message %s to notice %s was refused: %s", one.message_id, one.notification_id, words)
        ours(one).update(state=DeliveryState.FAILED, lease_token=None, trouble=f"{code} {words}"[:250])
    elif code:
        put_back(one, trouble=f"{code} {words}")
    else:  # the line was cut: it may have arrived
        put_back(one, trouble=f"{type(error).__name__}: {error}", unknown=True)


def reply_of(error: Exception) -> tuple[int, str]:
    """The mail server's answer, or (0, …) where it gave none."""
    code: int
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused) and error.recipients:
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        return 0, str(error)
    return int(code), words.decode(errors="replace") if isinstance(words, bytes) else str(words)


def put_back(one: Claimed, *, trouble: str, unknown: bool = False) -> None:
    """Try again later: after 15 s, 30 s, 60 s … at most an hour; after about four days it counts as refused."""
    log.warning("Message %s was not sent: %s", one.message_id, trouble)
    wait = min(BACK_OFF * 2 ** min(one.attempts - 1, 12), LONGEST_BACK_OFF)
    state = DeliveryState.FAILED if one.attempts >= MOST_ATTEMPTS else DeliveryState.TRANSMITTING if unknown else DeliveryState.PENDING
    ours(one).update(state=state, next_at=AppNow() + wait, lease_token=None, lease_until=None, trouble=trouble[:250])
