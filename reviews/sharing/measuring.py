"""What a page asks of the figures: a team, a period, perhaps one service, agreement or kind of handover; answered from the counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncWeek

from reviews.sharing.figures import FIGURES, SMALLEST_GROUP
from reviews.sharing.models import HandoverFact, SharingCount, SharingDay
from reviews.sharing.rollups import measures

WEEK = timedelta(days=7)
Z = 1.959963984540054  # 97.5 % of the normal distribution


@dataclass(frozen=True)
class Scope:
    """Whose handovers, from ``since`` (included) to ``until`` (not included), by the giving team's calendar."""

    team_id: int
    since: date
    until: date
    service_id: int | None = None
    agreement_id: int | None = None
    point_id: int | None = None
    when: str = ""

    @property
    def before(self) -> Scope:
        """The period of the same length just before."""
        return replace(self, since=self.since - (self.until - self.since), until=self.since)

    @property
    def last(self) -> date:
        """The last day, included."""
        return self.until - timedelta(days=1)

    def within(self, rows: QuerySet) -> QuerySet:  # type: ignore[type-arg]
        """Those of these counts, or facts, that are in the scope."""
        rows = rows.filter(team_id=self.team_id, day__gte=self.since, day__lt=self.until)
        wanted = {"service_id": self.service_id, "agreement_id": self.agreement_id, "agreement__point_id": self.point_id, "when": self.when}
        return rows.filter(**{name: value for name, value in wanted.items() if value})


@dataclass(frozen=True)
class Measured:
    """``numerator`` of ``denominator``. ``share`` is a part of 1, or the mean; ``None`` for a group so small that one person may be picked out."""

    numerator: float = 0
    denominator: float = 0

    @property
    def hidden(self) -> bool:
        return 0 < self.denominator < SMALLEST_GROUP

    @property
    def share(self) -> float | None:
        return None if self.denominator < SMALLEST_GROUP else self.numerator / self.denominator


@dataclass(frozen=True)
class Mark:
    """One mark of a chart."""

    a: str
    b: str
    measured: Measured


def sums(names: Iterable[str]) -> dict[str, Any]:
    """The aggregates over days that add these figures up."""
    return {f"{part}{name}": Sum(f"{part}{name}", default=0.0) for name in names for part in ("n_", "d_")}


def measured(row: Mapping[str, Any], name: str) -> Measured:
    return Measured(row[f"n_{name}"], row[f"d_{name}"])


def measure(scope: Scope, names: Iterable[str] | None = None) -> dict[str, Measured]:
    """Every figure (or those of ``names``) in this scope, from the counts by day, in one statement."""
    wanted = list(names) if names is not None else list(FIGURES)
    found = scope.within(SharingDay.objects.all()).aggregate(**sums(wanted))
    return {name: measured(found, name) for name in wanted}


def measure_live(scope: Scope) -> dict[str, Measured]:
    """The same, counted from the facts one by one."""
    found = scope.within(HandoverFact.objects.all()).aggregate(**measures())
    return {name: Measured(found[f"n_{name}"], found[f"d_{name}"]) for name in FIGURES}


def weekly(scope: Scope, names: Iterable[str]) -> dict[str, list[tuple[date, Measured]]]:
    """These figures by week, each beginning on a Monday, the earliest first; weeks without a handover are left out. One statement."""
    wanted = list(names)
    weeks = scope.within(SharingDay.objects.all()).annotate(week=TruncWeek("day")).values("week").annotate(**sums(wanted)).order_by("week")
    rows = list(weeks)
    return {name: [(row["week"], measured(row, name)) for row in rows if row[f"d_{name}"]] for name in wanted}


def by(scope: Scope, column: str, names: Iterable[str]) -> dict[int | None, dict[str, Measured]]:
    """These figures for each service or agreement (``column``: “service_id” or “agreement_id”), where anything was counted. One statement."""
    wanted = list(names)
    rows = scope.within(SharingDay.objects.all()).values(column).annotate(**sums(wanted)).order_by()
    found = {row[column]: {name: measured(row, name) for name in wanted if row[f"d_{name}"]} for row in rows}
    return {key: figures for key, figures in found.items() if figures}


def marks(scope: Scope, chart: str) -> list[Mark]:
    """The marks of a chart, the biggest first. One statement."""
    rows = scope.within(SharingCount.objects.filter(name=chart)).values("a", "b").annotate(n=Sum("numerator"), d=Sum("denominator"))
    return [Mark(a, b, Measured(n, d)) for a, b, n, d in rows.order_by("-d", "a", "b").values_list("a", "b", "n", "d")]


def slots(scope: Scope) -> dict[tuple[int, int], Measured]:
    """Late handovers by weekday (Monday is 1) and two-hour slot (0 to 11). One statement."""
    rows = scope.within(SharingCount.objects.filter(name="slot")).values("day__iso_week_day", "a").annotate(n=Sum("numerator"), d=Sum("denominator"))
    return {(weekday, int(slot)): Measured(n, d) for weekday, slot, n, d in rows.order_by().values_list("day__iso_week_day", "a", "n", "d")}


def interval(measured: Measured) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927). Nothing measured: anything, from 0 to 1."""
    n = measured.denominator
    if n <= 0:
        return 0.0, 1.0
    p, squared = measured.numerator / n, Z * Z
    centre, spread = p + squared / (2 * n), Z * sqrt(p * (1 - p) / n + squared / (4 * n * n))
    return max(0.0, (centre - spread) / (1 + squared / n)), min(1.0, (centre + spread) / (1 + squared / n))


def two_proportions(before: Measured, after: Measured) -> tuple[float, float, float]:
    """How much a share rose, with its 95 % interval (low, high): Newcombe's hybrid score method (1998, method 10), from two Wilson intervals.

    Raises ``ValueError`` where nothing was measured before or after.
    """
    if not before.denominator or not after.denominator:
        raise ValueError("Nothing was measured before, or after.")
    one, two = before.numerator / before.denominator, after.numerator / after.denominator
    (low_one, high_one), (low_two, high_two) = interval(before), interval(after)
    rose = two - one
    return rose, rose - sqrt((two - low_two) ** 2 + (high_one - one) ** 2), rose + sqrt((high_two - two) ** 2 + (one - low_one) ** 2)
