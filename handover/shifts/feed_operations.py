"""Calendar addresses: made, shown once, used, revoked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.keys import digest_of, new_key
from accounts.models import Team, User
from accounts.permissions import check_belongs
from audit import operations as audit
from common.errors import NotAllowed, Refusal
from handover.events import Event
from handover.shifts.feed_models import Feed

MOST = 20


@transaction.atomic
def make_feed(*, by: User, at: datetime, team: Team | None = None, with_checks: bool = False) -> tuple[Feed, str]:
    """A new address with its secret, which is returned here and nowhere else. ``team``: all shifts of it; else one's own."""
    if not by.is_person:
        raise NotAllowed("Calendar addresses are for colleagues.", possible="An integration reads shifts by the API.")
    if team is not None:
        check_belongs(by, team.pk)
    if Feed.objects.standing().filter(owner=by).count() >= MOST:
        raise Refusal(f"You have {MOST} addresses already.", possible="Revoke one that is not used any more.")
    secret = new_key()
    feed = Feed.objects.create(owner=by, team=team, with_checks=with_checks and team is None, digest=digest_of(secret), hint=secret[:6], created_at=at)
    audit.record(Event.FEED_MADE, actor=by, subject=feed, team_id=team.pk if team else None, at=at, data={"with_checks": feed.with_checks})
    return feed, secret


@transaction.atomic
def revoke_feed(*, feed_id: int, by: User, at: datetime) -> Feed:
    """The address is not found any more. Twice is harmless."""
    feed = Feed.objects.select_for_update().get(pk=feed_id)
    if feed.owner_id != by.pk:
        raise NotAllowed("This is somebody else's address.")
    if feed.revoked_at is None:
        feed.revoked_at = at
        feed.save(update_fields=["revoked_at"])
        audit.record(Event.FEED_REVOKED, actor=by, subject=feed, team_id=feed.team_id, at=at, data={})
    return feed


def note_use(feed: Feed, *, at: datetime) -> None:
    """Remember that the address was read, at most once a minute. No event: nobody changed anything."""
    if feed.last_used_at is None or at - feed.last_used_at >= timedelta(minutes=1):
        Feed.objects.filter(pk=feed.pk).update(last_used_at=at)
