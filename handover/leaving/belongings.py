"""What is somebody's own besides actions: their lines on the rota, swaps, calendar addresses, answers that they owe."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Membership, User
from audit import operations as audit
from handover.due import operations as due
from handover.events import Event
from handover.shifts import marks
from handover.shifts.feed_models import Feed
from handover.shifts.models import Away, Rostering, ShiftPattern


def take_off_the_rota(place: Membership, *, by: User, at: datetime) -> list[int]:
    """Off every shift to come, off the rest of the one that runs, out of the usual crews; return the ids of the shifts. Callers lock the rota."""
    theirs = Rostering.objects.filter(colleague=place.user_id, shift__team=place.team_id).select_related("shift")
    lines = list(theirs.filter(shift__starts_at__gt=at))
    marks.take_off(lines, at=at)
    for line in theirs.effective(at).filter(shift__starts_at__lte=at, shift__ends_at__gt=at):
        line.away, line.away_from, line.marked_at = Away.ABSENCE, at, at
        line.save(update_fields=["away", "away_from", "marked_at"])
        due.cancel(line.shift, rules=marks.OWED, person_id=place.user_id, at=at)
    for pattern in ShiftPattern.objects.filter(team=place.team_id, crew=place.user_id):
        pattern.crew.remove(place.user_id)
    return sorted(line.shift_id for line in lines)


def end_answers(place: Membership, *, at: datetime) -> None:
    """Nobody waits for an answer of theirs any more."""


def end_feeds(person: User, *, at: datetime) -> None:
    """Their calendar addresses answer nobody any more."""
    for feed in Feed.objects.standing().filter(owner=person).select_for_update():
        feed.revoked_at = at
        feed.save(update_fields=["revoked_at"])
        audit.record(Event.FEED_REVOKED, actor=None, subject=feed, team_id=feed.team_id, at=at, data={"rule": "account_closed"})
