"""The upper part of the dashboard: the figures on top, the viewer's own, and what is open now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from accounts.models import Team, User
from handover.actions.models import Action
from reviews.sharing.ageing import Ageing, ageing
from reviews.sharing.figures import FIGURES, Figure
from reviews.sharing.measuring import Compared, Measured, Scope, compare
from reviews.sharing.models import HandoverFact
from reviews.sharing.standing_out import LOOKED_AT

TILES = ("in_time", "complete_by_check", "missing", "bounced", "unable")
TOP = tuple(dict.fromkeys(("given", *TILES, *LOOKED_AT)))
SPARK_WEEKS = 8


@dataclass(frozen=True)
class Shown:
    """A figure with its number, how it changed, and the weeks before it (shares; ``None`` where hidden)."""

    figure: Figure
    measured: Measured
    before: Measured = field(default_factory=Measured)
    weeks: tuple[float | None, ...] = ()

    @property
    def points(self) -> int | None:
        """How much it rose, in points of a hundred (or in the figure's own unit); nothing where either side is hidden."""
        now, then = self.measured.share, self.before.share
        if self.figure.unit == "count":
            return round(self.measured.denominator - self.before.denominator) if self.before.denominator else None
        if now is None or then is None:
            return None
        return round((now - then) * (100 if self.figure.unit == "share" else 1))

    @property
    def is_better(self) -> bool | None:
        return None if not self.points or not self.figure.good else (self.points > 0) == (self.figure.good == "up")


def compared(scope: Scope) -> Compared:
    """What the top of the page needs of the counts. One statement."""
    return compare(scope, TOP, weeks=SPARK_WEEKS)


def shown(found: Compared, names: Iterable[str]) -> list[Shown]:
    """These figures with the period before, and with the weeks in which anything was counted."""
    return [Shown(FIGURES[name], found.now[name], found.before[name], _weeks(found.weeks, name)) for name in names]


def _weeks(weeks: Iterable[tuple[date, dict[str, Measured]]], name: str) -> tuple[float | None, ...]:
    return tuple(figures[name].share for _, figures in weeks if figures[name].denominator)


@dataclass(frozen=True)
class Own:
    """What one colleague gave and took over."""

    given: int
    missing: int
    taken: int
    late: int


def own(user: User, scope: Scope) -> Own:
    """What the viewer gave and took in this scope: everyone sees their own first. One statement."""
    gave, took = Q(giver=user), Q(taker=user)
    found = scope.within(HandoverFact.objects.filter(gave | took)).aggregate(
        given=Count("pk", filter=gave),
        missing=Count("pk", filter=gave & Q(is_missing=True)),
        taken=Count("pk", filter=took),
        late=Count("pk", filter=took & Q(in_time=False)),
    )
    return Own(**found)


def open_now(team: Team, at: datetime) -> Ageing:
    """How long the team's open actions have been open. One statement."""
    return ageing(team.pk, at)


def older_than(team: Team, at: datetime, *, least: int, most: int | None) -> QuerySet[Action]:
    """The open actions behind a bar of “how long have open ones been open”: hours, ``least`` included, ``most`` not."""
    rows = Action.objects.open().filter(team=team, imported_from="", created_at__lte=at - timedelta(hours=least))
    rows = rows.filter(created_at__gt=at - timedelta(hours=most)) if most else rows
    return rows.select_related("service", "responsible")
