"""The week in three sentences, on Monday morning, for the leads who asked for it: what stands out, in figures, and no customer's words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.db import transaction

from accounts.models import Membership, Team
from handover.due import operations as due
from handover.notifications import operations as notifications
from handover.notifications.models import Kind, Notification
from reviews.sharing import rollups, wording
from reviews.sharing.figures import SMALLEST_GROUP
from reviews.sharing.findings import said
from reviews.sharing.measuring import WEEK, Scope, measure

MORNING = time(8)
WITHIN = timedelta(days=2)
"""How late it may still go out, for example after an outage: later it is no news any more, and the next one is near."""
MOST = 3


def send_due(*, at: datetime) -> int:
    """Tell every lead who wants it, once a week, from Monday at eight on the team's wall clock; return how many. Harmless to run twice, or late."""
    found = [(team, leads, monday) for team, leads in _wanting().items() if (monday := _monday(team, at))]
    waiting = [(team, leads) for team, leads, monday in found if _untold(team, leads, monday)]
    if waiting:
        rollups.refresh(at=at)
    return sum(_send(team.pk, leads, at) for team, leads in waiting)


@transaction.atomic
def _send(team_id: int, leads: Collection[int], at: datetime) -> int:
    """Only one worker is at a team at a time; another passes it by."""
    team = Team.objects.select_for_update(of=("self",), skip_locked=True, no_key=True).filter(pk=team_id).first()
    monday = _monday(team, at) if team else None
    if team is None or monday is None or not (to := _untold(team, leads, monday)):
        return 0
    scope = Scope(team.pk, monday.date() - WEEK, monday.date())
    path = f"/sharing/?{urlencode({'since': scope.since.isoformat(), 'until': scope.last.isoformat()})}"
    what = f"{team}, {wording.period(scope.since, scope.last)}"
    notifications.tell(Kind.SHARING_WEEK, to=to, about=team, at=at, words=in_words(scope), what=what, team_id=team.pk, path=path)
    due.ring()
    return len(to)


def in_words(scope: Scope) -> str:
    """How many handovers, then what stands out, a line each; or that nothing does."""
    given = int(measure(scope, ["given"])["given"].denominator)
    if given < SMALLEST_GROUP:
        return f"Fewer than {SMALLEST_GROUP} handovers last week: too few to say anything."
    found = said(scope, most=MOST)
    if not found:
        return f"{given} handovers. Nothing stands out: nothing is clearly worse than the rest, or than the week before."
    return "\n".join([f"{given} handovers.", *(f"{number}. {one['title']}. {one['text']}" for number, one in enumerate(found, 1))])


def _wanting() -> dict[Team, list[int]]:
    """Leads who chose to get it, by team: nobody does by default."""
    wanting = Membership.objects.leads().filter(user__preference__reminders__sharing_week__contains="email").select_related("team")
    found: dict[Team, list[int]] = {}
    for place in wanting.order_by("team", "pk"):
        found.setdefault(place.team, []).append(place.user_id)
    return found


def _monday(team: Team, at: datetime) -> datetime | None:
    """This week's Monday at eight on the team's wall clock, if that has come and is not long ago."""
    today = team.local(at).date()
    eight = datetime.combine(today - timedelta(days=today.weekday()), MORNING, tzinfo=team.tz)
    return eight if eight <= at < eight + WITHIN else None


def _untold(team: Team, leads: Collection[int], monday: datetime) -> list[int]:
    """Those of the leads who have not had this week's."""
    had = Notification.objects.filter(recipient__in=leads, at__gte=monday, kind=Kind.SHARING_WEEK, team=team)
    told = set(had.values_list("recipient_id", flat=True))
    return [lead for lead in leads if lead not in told]
