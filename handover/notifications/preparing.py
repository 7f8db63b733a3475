"""From notices to messages outside the product: whose, whether, and in which words. The words and the Message-ID are fixed here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.template.loader import render_to_string

from accounts.models import Preference, User
from handover.due.queries import app_now
from handover.notifications import wording
from handover.notifications.models import Delivery, Kind, Notification

PREPARER = (78, 1)  # the two numbers of the advisory lock
OLD = timedelta(minutes=10)
FLOOD = 5
"""More than this many notices older than ten minutes, still not sent to one person: they go as one."""


@transaction.atomic
def prepare(*, people: int = 200) -> int:
    """Make the messages for the notices of some people; return how many notices were looked at.

    One at a time: another worker returns 0 at once. So nobody gets two consolidated messages from two workers.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", PREPARER)
        if not cursor.fetchone()[0]:
            return 0
    notices = _unprepared(people)
    if not notices:
        return 0
    at = app_now()
    wanted = [one for one in notices if _is_wanted(one)]
    by_person: dict[int, list[Notification]] = {}
    for one in wanted:
        by_person.setdefault(one.recipient_id, []).append(one)
    to_send = [one for of_person in by_person.values() for one in _gathered(of_person, at)]
    Delivery.objects.bulk_create(_message(one, at) for one in to_send)
    Notification.objects.filter(pk__in=[one.pk for one in notices]).update(prepared_at=at)
    return len(notices)


def _unprepared(people: int) -> list[Notification]:
    """Every unprepared notice of the people whose notices wait longest; what a move is just settling is left for the next round."""
    waiting = Notification.objects.filter(prepared_at__isnull=True)
    whose = list(dict.fromkeys(waiting.order_by("pk").values_list("recipient_id", flat=True)[: 5 * people]))[:people]
    if not whose:
        return []
    ours = waiting.filter(recipient__in=whose).select_related("recipient__preference", "due").order_by("pk")
    return list(ours.select_for_update(of=("self",), skip_locked=True))


def _is_wanted(notice: Notification) -> bool:
    if notice.settled_at or notice.read_at:
        return False
    kind = Kind(notice.kind)
    for_them = notice.needs_you or kind not in wording.NEEDS_YOU  # a kind that needs somebody is only good to know for others
    return for_them and wants_email(notice.recipient, kind)


def wants_email(person: User, kind: Kind) -> bool:
    """Whether a person hears of this kind by e-mail: as they chose, and by default yes, but for what comes on request only."""
    if not (person.is_person and person.is_active and person.email and kind in wording.BY_EMAIL):
        return False
    chosen: Preference | None = getattr(person, "preference", None)
    by_default = [] if kind in wording.ON_REQUEST else ["email"]
    if chosen is None:
        return bool(by_default)
    return chosen.email_notices and (kind in wording.ALWAYS_BY_EMAIL or "email" in chosen.reminders.get(kind, by_default))


def _gathered(notices: list[Notification], at: datetime) -> Iterable[Notification]:
    """One person's notices as they are sent: after an outage one consolidated notice stands for all the old ones."""
    old = [one for one in notices if (one.due.due_at if one.due else one.at) <= at - OLD]
    if len(old) <= FLOOD:
        return notices
    many = Notification.objects.create(
        recipient=old[0].recipient,
        kind=Kind.DIGEST,
        subject_type="notification",
        subject_id=old[0].pk,
        title=f"{wording.title(Kind.DIGEST)}: {len(old)} notices",
        path="/notifications/",
        at=at,
        prepared_at=at,
    )
    return [many, *(one for one in notices if one not in old)]


def _message(notice: Notification, at: datetime) -> Delivery:
    sentence = wording.BY_EMAIL[Kind(notice.kind)]
    words = {
        "person": notice.recipient,
        "sentence": sentence,
        "figures": notice.words if notice.kind in wording.ON_REQUEST else "",
        "link": f"{settings.BATON_URL}{notice.path}",
        "reminders": f"{settings.BATON_URL}/settings/reminders/",
    }
    return Delivery(
        notification=notice,
        address=notice.recipient.email or "",
        message_id=f"<{uuid4().hex}@{urlsplit(settings.BATON_URL).hostname}>",
        subject_line=sentence,
        body=render_to_string("emails/notice.txt", words),
        next_at=at,
    )
