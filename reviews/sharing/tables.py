"""Every table of the dashboard as rows for a file: the numbers that the page shows, with numerator and denominator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from accounts.models import Team
from reviews.sharing import chart_queries as parts
from reviews.sharing import wording
from reviews.sharing.charts import NOBODY, all_figures
from reviews.sharing.dashboard_queries import open_now
from reviews.sharing.measuring import Measured, Scope, compare, marks
from reviews.sharing.shift_queries import loads
from reviews.sharing.wording import name_of_agreement

Table = tuple[list[str], Iterable[list[Any]]]


def _share(measured: Measured) -> Any:
    return "" if measured.share is None else round(measured.share, 4)


def _of(measured: Measured) -> list[Any]:
    """Share, numerator and denominator; all empty where the group is hidden."""
    return ["", "", ""] if measured.hidden else [_share(measured), measured.numerator, measured.denominator]


def figures(team: Team, scope: Scope, at: datetime) -> Table:
    rows = ([one.figure.label, one.figure.unit, *_of(one.measured), one.figure.rule] for one in all_figures(team, scope, at))
    return ["figure", "unit", "value", "numerator", "denominator", "rule"], rows


def pairs(lens: str) -> Callable[[Team, Scope, datetime], Table]:
    def table(team: Team, scope: Scope, at: datetime) -> Table:
        found = parts.visible_marks(marks(scope, f"pair_{lens}"), most=10_000)
        return ["from", "to", "handovers", "in time"], ([one.a, one.b, int(one.measured.denominator), _share(one.measured)] for one in found)

    return table


def late(team: Team, scope: Scope, at: datetime) -> Table:
    heat = parts.heat(parts.parts(scope, ["slot", "bulk"]))
    rows = ([day, wording.slot(slot), *_of(measured), bulk] for day, cells in heat for slot, measured, bulk in cells)
    return ["weekday", "from", "late", "numerator", "denominator", "offered in bulk"], rows


def ages(team: Team, scope: Scope, at: datetime) -> Table:
    return ["open for", "actions"], ([label, n] for label, n in open_now(team, at).bars)


def weeks(team: Team, scope: Scope, at: datetime) -> Table:
    wide = parts.weeks_of(scope)
    found = compare(scope, ["in_time"], weeks=-(-(wide.until - wide.since).days // 7))
    rows = ([week.isoformat(), *_of(now), _share(then) if then else ""] for week, now, then in parts.in_time_by_week(found, parts.year_before(scope)))
    return ["week from", "in time", "numerator", "denominator", "a year before"], rows


def outcomes(team: Team, scope: Scope, at: datetime) -> Table:
    rows = ([name, *(counts.get(key, 0) for key in parts.OUTCOMES)] for name, _, counts in parts.outcomes(parts.parts(scope, ["outcome"])))
    return ["service", *parts.OUTCOMES], rows


def waits(team: Team, scope: Scope, at: datetime) -> Table:
    return ["minutes to accept", "handovers"], ([label, n] for label, n in parts.buckets(parts.parts(scope, ["bucket"])))


def agreements(team: Team, scope: Scope, at: datetime) -> Table:
    found = parts.by_agreement(scope, parts.parts(scope, ["missing_what"]))
    figures = parts.BY_AGREEMENT[1:]
    rows = (
        [name_of_agreement(one.agreement), int(one.figures["given"].denominator), *(_share(one.figures[name]) for name in figures), one.most_missing]
        for one in found
    )
    return ["agreement", "given", *figures, "most often missing"], rows


def details(team: Team, scope: Scope, at: datetime) -> Table:
    found = parts.visible_marks(marks(scope, "missing_what"), most=10_000)
    return ["detail", "missing"], ([mark.a, int(mark.measured.denominator)] for mark in found)


def gone_past(team: Team, scope: Scope, at: datetime) -> Table:
    found = parts.visible_marks(marks(scope, "gone_past_why"))
    return ["gone past", "handovers"], ([wording.GONE_PAST[mark.a], int(mark.measured.denominator)] for mark in found)


def load(team: Team, scope: Scope, at: datetime) -> Table:
    rows = ([one.shift or NOBODY["shift"], one.shifts, one.people, one.taken, _share(one.each)] for one in loads(team, scope, at=at))
    return ["shift", "shifts", "colleagues on them", "taken over", "each"], rows


TABLES: dict[str, Callable[[Team, Scope, datetime], Table]] = {
    "figures": figures,
    "pairs-shift": pairs("shift"),
    "pairs-role": pairs("role"),
    "pairs-team": pairs("team"),
    "late": late,
    "ages": ages,
    "weeks": weeks,
    "outcomes": outcomes,
    "waits": waits,
    "agreements": agreements,
    "details": details,
    "gone-past": gone_past,
    "load": load,
}
"""By the name in the address of the file."""
