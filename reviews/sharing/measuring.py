"""What a page asks of the figures: a team, a period, perhaps one service, agreement or kind of handover; answered from the counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt

from django.db.models import QuerySet

from reviews.sharing import adding_up
from reviews.sharing.figures import FIGURES, SMALLEST_GROUP
from reviews.sharing.models import HandoverFact
from reviews.sharing.rollups import measures

WEEK = timedelta(days=7)
WEEK_OF, WEEKDAY_OF = "date_trunc('week', day)::date", "extract(isodow FROM day)"
GROUPS = {"service_id": "service_id", "agreement_id": "agreement_id"}
OF_POINT = "agreement_id IN (SELECT id FROM handover_agreement WHERE point_id = %s)"
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

    @property
    def where(self) -> adding_up.Where:
        """The condition on counts by day that says the same as ``within``."""
        wanted = {"service_id = %s": self.service_id, "agreement_id = %s": self.agreement_id, OF_POINT: self.point_id, '"when" = %s': self.when}
        chosen = {condition: value for condition, value in wanted.items() if value}
        return " AND ".join(["team_id = %s AND day >= %s AND day < %s", *chosen]), [self.team_id, self.since, self.until, *chosen.values()]

    def within(self, rows: QuerySet) -> QuerySet:  # type: ignore[type-arg]
        """Those of these facts that are in the scope."""
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
class Compared:
    """Figures now, in the period before, and week by week (Mondays; only weeks with a handover)."""

    now: dict[str, Measured]
    before: dict[str, Measured]
    weeks: list[tuple[date, dict[str, Measured]]]


@dataclass(frozen=True)
class Mark:
    """One mark of a chart."""

    a: str
    b: str
    measured: Measured


def measure(scope: Scope, names: Iterable[str] | None = None) -> dict[str, Measured]:
    """Every figure (or those of ``names``) in this scope, from the counts by day, in one statement."""
    ((_, found),) = adding_up.figures(scope.where, list(FIGURES) if names is None else names)
    return _measured(found)


def _measured(sums: adding_up.Sums) -> dict[str, Measured]:
    return {name: Measured(n, d) for name, (n, d) in sums.items()}


def compare(scope: Scope, names: Iterable[str], *, weeks: int) -> Compared:
    """These figures in this scope, in the period before, and in the last weeks up to its end. One statement."""
    before = scope.before
    wide = replace(scope, since=min(before.since, scope.until - weeks * WEEK))
    condition, parameters = wide.where
    by = (f"day >= date '{scope.since}'", f"day >= date '{before.since}'", WEEK_OF, f"grouping({WEEK_OF})")
    rows = adding_up.figures((condition, parameters), names, by=by, sets="GROUPING SETS ((1, 2), (3))")
    periods = {is_now: _measured(sums) for (is_now, is_shown, _, whole), sums in rows if whole and is_shown}
    shown = sorted((week, _measured(sums)) for (_, _, week, whole), sums in rows if not whole and week >= scope.until - weeks * WEEK - timedelta(days=6))
    none = dict.fromkeys(names, Measured())
    return Compared(periods.get(True, none), periods.get(False, none), shown)


def measure_live(scope: Scope) -> dict[str, Measured]:
    """The same, counted from the facts one by one."""
    found = scope.within(HandoverFact.objects.all()).aggregate(**measures())
    return {name: Measured(found[f"n_{name}"], found[f"d_{name}"]) for name in FIGURES}


def weekly(scope: Scope, names: Iterable[str]) -> dict[str, list[tuple[date, Measured]]]:
    """These figures by week, each beginning on a Monday, the earliest first; weeks without a handover are left out. One statement."""
    wanted = list(names)
    rows = sorted((week, _measured(sums)) for (week,), sums in adding_up.figures(scope.where, wanted, by=[WEEK_OF]))
    return {name: [(week, figures[name]) for week, figures in rows if figures[name].denominator] for name in wanted}


def daily(scope: Scope, name: str) -> dict[date, Measured]:
    """This figure by day, the earliest first; days on which nothing was counted are left out. One statement."""
    rows = sorted((day, _measured(sums)[name]) for (day,), sums in adding_up.figures(scope.where, [name], by=["day"]))
    return {day: one for day, one in rows if one.denominator}


def by(scope: Scope, column: str, names: Iterable[str]) -> dict[int | None, dict[str, Measured]]:
    """These figures for each service or agreement (``column``: “service_id” or “agreement_id”), where anything was counted. One statement."""
    found = {}
    for (key,), sums in adding_up.figures(scope.where, names, by=[GROUPS[column]]):
        if counted := {name: one for name, one in _measured(sums).items() if one.denominator}:
            found[key] = counted
    return found


def groups(scope: Scope, names: Iterable[str]) -> dict[str, dict[int | None, dict[str, Measured]]]:
    """``by`` for services and for agreements at once, under their columns. One statement."""
    columns = list(GROUPS)
    rows = adding_up.figures(scope.where, names, by=[*columns, f"grouping({columns[0]})"], sets="GROUPING SETS ((1), (2))")
    found: dict[str, dict[int | None, dict[str, Measured]]] = {column: {} for column in columns}
    for (service, agreement, is_agreement), sums in rows:
        if counted := {name: one for name, one in _measured(sums).items() if one.denominator}:
            found[columns[is_agreement]][agreement if is_agreement else service] = counted
    return found


def marks(scope: Scope, chart: str) -> list[Mark]:
    """The marks of a chart, the biggest first. One statement."""
    return [Mark(a, b, Measured(n, d)) for _, a, b, _, n, d in adding_up.marks(scope.where, [chart])]


def slots(scope: Scope) -> dict[tuple[int, int], Measured]:
    """Late handovers by weekday (Monday is 1) and two-hour slot (0 to 11). One statement."""
    rows = adding_up.marks(scope.where, ["slot"], by=WEEKDAY_OF)
    return {(int(weekday), int(slot)): Measured(n, d) for _, slot, _, weekday, n, d in rows}


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
