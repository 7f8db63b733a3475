"""Writes to links for wall screens."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts import permissions
from accounts.keys import digest_of, new_key
from accounts.models import Team, User
from audit import operations as audit
from handover.board.models import WallLink
from handover.events import Event

NOTED = timedelta(minutes=1)


@transaction.atomic
def make_link(*, team: Team, name: str, by: User, at: datetime) -> tuple[WallLink, str]:
    """Return the link and its path, which is known only now: what is kept cannot show it again."""
    permissions.check_enrol_devices(by, team.pk)
    secret = new_key()
    link = WallLink.objects.create(team=team, name=name, digest=digest_of(secret), made_by=by, made_at=at)
    audit.record(Event.WALL_LINK_MADE, actor=by, subject=link, team_id=team.pk, at=at, data={})
    return link, f"/wall/{secret}/"


@transaction.atomic
def revoke_link(*, link_id: int, by: User, at: datetime) -> WallLink:
    """Whoever has it sees nothing any more, screens that show it now within 20 seconds. Twice is harmless."""
    link = WallLink.objects.select_for_update(of=("self",)).get(pk=link_id)
    permissions.check_enrol_devices(by, link.team_id)
    if link.revoked_at is None:
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
        audit.record(Event.WALL_LINK_REVOKED, actor=by, subject=link, team_id=link.team_id, at=at, data={})
    return link


def note_use(link: WallLink, *, at: datetime) -> None:
    """Remember that it was shown, at most once a minute. No event: nobody changed anything."""
    if link.last_used_at is None or at - link.last_used_at >= NOTED:
        WallLink.objects.filter(pk=link.pk).update(last_used_at=at)
