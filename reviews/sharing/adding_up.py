"""Sums of the counts by day, each in one statement. For sums as wide as these the ORM takes longer to write the SQL than PostgreSQL to answer it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from reviews.sharing.figures import CHARTS, FIGURES

Where = tuple[str, list[Any]]
"""A condition on the counts with its parameters."""
Sums = dict[str, tuple[float, float]]
"""Numerator and denominator of each figure."""


def figures(where: Where, names: Iterable[str], *, by: Sequence[str] = (), sets: str = "") -> list[tuple[tuple[Any, ...], Sums]]:
    """The sums of these figures, for each value of ``by`` (constant expressions of ours over the columns of a day).

    ``sets``: the grouping sets, where one statement answers several questions; without it, all of ``by`` at once.
    """
    wanted = [name for name in names if name in FIGURES]
    sums = [f"sum({part}_{name})" for name in wanted for part in ("n", "d")]
    group = f"GROUP BY {sets or ', '.join(map(str, range(1, len(by) + 1)))}" if by else ""
    rows = _rows(f"SELECT {', '.join([*by, *sums])} FROM reviews_sharingday WHERE {where[0]} {group}", where[1])  # noqa: S608 - constants
    return [(row[: len(by)], _sums(wanted, row[len(by) :])) for row in rows]


def _sums(names: list[str], numbers: Sequence[float | None]) -> Sums:
    return {name: (numbers[2 * at] or 0.0, numbers[2 * at + 1] or 0.0) for at, name in enumerate(names)}


def marks(where: Where, charts: Iterable[str], *, by: str = "NULL") -> list[tuple[str, str, str, Any, float, float]]:
    """The marks of these charts, the biggest first: chart, a, b, ``by`` (a constant expression of ours), numerator, denominator."""
    wanted = [name for name in charts if name in CHARTS]
    return _rows(
        f"SELECT name, a, b, {by}, sum(numerator), sum(denominator) AS d FROM reviews_sharingcount "  # noqa: S608 - constants
        f"WHERE name = ANY(%s) AND {where[0]} GROUP BY 1, 2, 3, 4 ORDER BY name, d DESC, a, b",
        [wanted, *where[1]],
    )


def _rows(sql: str, parameters: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[Any] = cursor.fetchall()
    return found
