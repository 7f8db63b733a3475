"""What may be drawn, what waits to be observed, and what observers saw in a period.

For reviews: ``for_period(team_id, since, until)`` counts, for each point, yes of those where yes or no was said; nothing of persons.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Membership, Team, User
from handover.handovers.models import Item
from reviews.observing.halves import Half
from reviews.observing.models import Observation, Saw
from reviews.observing.points import NAMES
from reviews.sharing.measuring import Measured

WITHIN = timedelta(days=35)
"""After this long nobody is asked to observe a handover any more: nobody would remember it."""
MOST = 5_000


def for_period(team_id: int, since: date, until: date) -> dict[str, Measured]:
    """How often each point was seen: yes, of yes and no. By the day of the observation on the team's wall clock, ``until`` not included."""
    zone = Team.objects.get(pk=team_id).tz
    start, end = (datetime.combine(day, time(), tzinfo=zone) for day in (since, until))
    made = Observation.objects.filter(team_id=team_id, observed_at__gte=start, observed_at__lt=end)
    counts = {f"{name}_{saw}": Count("pk", filter=Q(**{name: saw})) for name in NAMES for saw in (Saw.YES, Saw.NO)}
    found = made.aggregate(**counts)
    return {name: Measured(found[f"{name}_yes"], found[f"{name}_yes"] + found[f"{name}_no"]) for name in NAMES}


def candidates(team: Team, half: Half) -> list[tuple[int, int, int]]:
    """Item, who gave it and who took it over: the month's accepted handovers of active colleagues that were never drawn, but not those made by rule."""
    start, end = half.bounds(team.tz)
    given = Item.objects.filter(from_team=team, offered_at__gte=start, offered_at__lt=end, accepted_at__isnull=False, imported_from="", handover__rule="")
    given = given.filter(is_colleague("giver"), giver__is_active=True, giver__kind="person", observation__isnull=True)
    return list(given.order_by("offered_at", "pk").values_list("pk", "giver_id", "accepted_by_id")[:MOST])


def is_colleague(column: str, team: str = "from_team") -> Exists:
    """Whether the person in this column is in the team now."""
    return Exists(Membership.objects.current().filter(team=OuterRef(team), user=OuterRef(column)))


def drawn_this_month(team: Team, month: date) -> dict[int, int]:
    """How many handovers of each colleague were drawn of this month."""
    rows = Observation.objects.filter(team=team, month=month).values("colleague").annotate(n=Count("pk"))
    return dict(rows.order_by().values_list("colleague", "n"))


def waiting(rows: QuerySet[Observation], at: datetime) -> QuerySet[Observation]:
    """Those that somebody should still observe; nobody is asked about a colleague who has left."""
    open_ = rows.filter(observed_at__isnull=True, set_aside_at__isnull=True, drawn_at__gt=at - WITHIN)
    return open_.filter(is_colleague("colleague", "team"), colleague__is_active=True)


def for_observer(rows: QuerySet[Observation], user: User) -> QuerySet[Observation]:
    """Without those that ``user`` gave or took over: another lead observes these."""
    return rows.exclude(colleague=user).exclude(item__accepted_by=user)


def with_people(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    """As lists and pages show them."""
    return rows.select_related("colleague", "observer", "set_aside_by", "item__action", "item__accepted_by", "item__handover")
