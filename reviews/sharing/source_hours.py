"""When work of an imported source was passed on: by weekday and hour, on the clock as it was written in the log."""

from __future__ import annotations

from typing import Any

from django.db import connection

from reviews.sharing.figures import BULK
from reviews.sharing.queries import Lens, robots_of

_COLUMN = {Lens.OWNER: "owner", Lens.ACTOR: "actor", Lens.GROUP: '"group"'}
_SQL = """
WITH kept AS (
    SELECT at, (at AT TIME ZONE 'UTC') + local_offset * interval '1 minute' AS wall, {column} AS b,
        lag({column}) OVER (PARTITION BY "case" ORDER BY at, source_row) AS a
    FROM handover_logevent WHERE source = %s AND {column} <> '' AND NOT actor = ANY(%s)
), passed_on AS (
    SELECT wall, count(*) OVER (PARTITION BY date_trunc('minute', at)) AS together FROM kept WHERE a <> b
)
SELECT extract(isodow FROM wall)::int, extract(hour FROM wall)::int, count(*), count(*) FILTER (WHERE together >= %s) FROM passed_on GROUP BY 1, 2
"""


def by_weekday_hour(source: str, lens: Lens, *, without: bool) -> dict[str, list[list[int]]]:
    """Handovers, “nobody” skipped, by the time of the row that receives: 7 days (Monday first) of 24 hours, and how many of them in bulk.

    In bulk: so many in one minute that a job made them, or somebody tidying up.
    """
    found = {"by_weekday_hour": _week(), "bulk_by_weekday_hour": _week()}
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(column=_COLUMN[lens]), [source, robots_of(source) if without else [], BULK])
        for weekday, hour, n, bulk in cursor.fetchall():
            found["by_weekday_hour"][weekday - 1][hour] = n
            found["bulk_by_weekday_hour"][weekday - 1][hour] = bulk
    return found


def _week() -> list[list[int]]:
    return [[0] * 24 for _ in range(7)]


def shaded(totals: dict[str, Any], days: tuple[str, ...]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows of the picture: each cell with its number, its shade (by fifths of the busiest) and how many came in bulk."""
    hours, bulk = totals.get("by_weekday_hour"), totals.get("bulk_by_weekday_hour")
    if not hours or not bulk:
        return []
    most = max((n for row in hours for n in row), default=0) or 1
    return [
        (day, [{"n": n, "shade": -(-5 * n // most), "bulk": bulk[at][hour], "hour": f"{hour:02d}"} for hour, n in enumerate(hours[at])])
        for at, day in enumerate(days)
    ]
