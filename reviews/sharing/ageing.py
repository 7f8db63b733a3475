"""How long what is open now has been open. Not of a period: as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from handover.actions.models import OPEN

HOURS = (0, 4, 8, 24, 48, 72)
LABELS = ("under 4 h", "4 to 8 h", "8 to 24 h", "1 to 2 d", "2 to 3 d", "over 3 d")
_SQL = """
SELECT width_bucket(extract(epoch FROM %(at)s - created_at)::float8 / 3600, %(hours)s::float8[]) - 1, count(*), min(created_at)
FROM handover_action WHERE team_id = %(team)s AND state = ANY(%(open)s) AND imported_from = '' AND created_at <= %(at)s GROUP BY 1
"""


@dataclass(frozen=True)
class Ageing:
    """How many open actions are in each of the bars of ``LABELS``, and since when the oldest is open."""

    counts: tuple[int, ...]
    oldest: datetime | None

    @property
    def bars(self) -> list[tuple[str, int]]:
        return list(zip(LABELS, self.counts, strict=True))


def ageing(team_id: int, at: datetime) -> Ageing:
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"team": team_id, "at": at, "hours": list(HOURS), "open": [state.value for state in OPEN]})
        rows = cursor.fetchall()
    found = {bar: n for bar, n, _ in rows}
    return Ageing(tuple(found.get(bar, 0) for bar in range(len(HOURS))), min((since for _, _, since in rows), default=None))


def hours_of(bar: int) -> tuple[int, int | None]:
    """From (included) and to (not included); the last bar has no end."""
    return HOURS[bar], HOURS[bar + 1] if bar + 1 < len(HOURS) else None
