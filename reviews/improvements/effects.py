"""What an improvement did: its figure before and after, over stated days of equal length at most, with the difference and how sure it is.

Before: up to five weeks that end on the eve of the first day on which the change held, whole weeks, no more than there were handovers.
After: from that day to today, five weeks at most. Nothing is said of fewer than five handovers on a side. No cause is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Avg, Count, Variance

from reviews.improvements.intervals import Mean, two_means
from reviews.improvements.measures import figure_of, reached, up_is_better
from reviews.improvements.models import Improvement
from reviews.sharing.figures import FIGURES
from reviews.sharing.measuring import Measured, Scope, daily, two_proportions
from reviews.sharing.models import HandoverFact

WEEKS = 5
WEEK = timedelta(days=7)
MEANS = {"minutes", "reading", "queries"}
"""Figures that are means of a column of the facts, which has their name: only there is it known how much single values vary."""


@dataclass(frozen=True)
class Window:
    """From ``since`` (included) to ``until`` (not included)."""

    since: date
    until: date
    measured: Measured

    @property
    def days(self) -> int:
        return (self.until - self.since).days


@dataclass(frozen=True)
class Difference:
    """How much the figure rose, in its own unit (a part of 1 for shares), and the 95 % interval."""

    rose: float
    low: float
    high: float


@dataclass(frozen=True)
class Effect:
    """``difference`` is ``None`` where a side is empty or hidden; ``method`` is “proportions”, “means” or "" where no interval is known.
    ``weeks``: (first day, what was measured), counted from the first day of the change, so that no week is half before and half after."""

    figure: str
    target: float
    before: Window
    after: Window
    difference: Difference | None
    method: str
    weeks: tuple[tuple[date, Measured], ...] = ()

    @property
    def is_better(self) -> bool | None:
        """Whether the whole interval lies on the good side, or on the other; ``None`` where chance may explain it, or nothing is known."""
        if self.difference is None or not self.method:
            return None
        if self.difference.low <= 0 <= self.difference.high:
            return None
        return (self.difference.rose > 0) == up_is_better(figure_of(self.figure))

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is; ``None`` where the time after is hidden or empty."""
        share = self.after.measured.share
        return None if share is None else reached(self.figure, share, self.target)


def measure(improvement: Improvement, *, today: date) -> Effect:
    """The effect as of ``today``, on the team's calendar. Before it is done: where the figure stands now. One statement, for means three."""
    turn = improvement.done_on or today + timedelta(days=1)
    until = min(today + timedelta(days=1), turn + WEEKS * WEEK)
    scope = Scope(improvement.team_id, turn - WEEKS * WEEK, max(until, turn), improvement.service_id, improvement.agreement_id)
    if improvement.figure not in FIGURES:
        return _effect(improvement, scope, turn, {})
    return _effect(improvement, scope, turn, daily(scope, improvement.figure))


def _effect(improvement: Improvement, scope: Scope, turn: date, days: Mapping[date, Measured]) -> Effect:
    first = min((day for day in days if day < turn), default=scope.since)
    weeks_before = -(-(turn - first).days // 7)
    since = turn - weeks_before * WEEK
    before = Window(since, turn, _total(days, since, turn))
    after = Window(turn, scope.until, _total(days, turn, scope.until))
    weeks = []
    for monday in (since + number * WEEK for number in range(-(-(scope.until - since).days // 7))):
        weeks.append((monday, _total(days, monday, min(monday + WEEK, scope.until))))
    difference, method = _difference(improvement.figure, scope, before, after)
    return Effect(improvement.figure, improvement.target, before, after, difference, method, tuple(weeks))


def _total(days: Mapping[date, Measured], since: date, until: date) -> Measured:
    found = [one for day, one in days.items() if since <= day < until]
    return Measured(sum(one.numerator for one in found), sum(one.denominator for one in found))


def _difference(figure: str, scope: Scope, before: Window, after: Window) -> tuple[Difference | None, str]:
    one, two = before.measured, after.measured
    if one.share is None or two.share is None:
        return None, ""
    if figure_of(figure).unit == "share":
        return Difference(*two_proportions(one, two)), "proportions"
    if figure in MEANS:
        sides = [_mean(replace(scope, since=side.since, until=side.until), figure) for side in (before, after)]
        if min(side.n for side in sides) >= 2:
            return Difference(*two_means(*sides)), "means"
    rose = two.share - one.share
    return Difference(rose, rose, rose), ""


def _mean(scope: Scope, column: str) -> Mean:
    rows = scope.within(HandoverFact.objects.all())
    found = rows.aggregate(n=Count(column), mean=Avg(column), variance=Variance(column, sample=True))
    return Mean(found["n"], float(found["mean"] or 0), float(found["variance"] or 0))


# --- As it is kept with a verdict -------------------------------------------------------------------------------------


def as_data(effect: Effect) -> dict[str, Any]:
    """Plain values for the row of a judgement, with the numbers that were shown then."""
    sides = {name: _side(window) for name, window in (("before", effect.before), ("after", effect.after))}
    one = effect.difference
    kept = None if one is None else {"rose": one.rose, "low": one.low, "high": one.high}
    weeks = [[day.isoformat(), *_numbers(measured)] for day, measured in effect.weeks]
    return {"figure": effect.figure, "target": effect.target, **sides, "difference": kept, "method": effect.method, "weeks": weeks}


def from_data(data: Mapping[str, Any]) -> Effect:
    before, after = (Window(date.fromisoformat(side["since"]), date.fromisoformat(side["until"]), Measured(*side["n_of"])) for side in _sides(data))
    kept = data["difference"]
    difference = Difference(kept["rose"], kept["low"], kept["high"]) if kept else None
    weeks = tuple((date.fromisoformat(day), Measured(n, d)) for day, n, d in data["weeks"])
    return Effect(data["figure"], data["target"], before, after, difference, data["method"], weeks)


def _sides(data: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return data["before"], data["after"]


def _side(window: Window) -> dict[str, Any]:
    return {"since": window.since.isoformat(), "until": window.until.isoformat(), "n_of": _numbers(window.measured)}


def _numbers(measured: Measured) -> list[float]:
    """Kept as they are: pages and answers hide groups under 5."""
    return [measured.numerator, measured.denominator]
