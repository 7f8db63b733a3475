"""Figures about shifts, counted live: a period has few."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import connection
from django.db.models import Count, QuerySet

from accounts.models import Team
from common.prepared import prepared
from handover.shifts.models import Rostering
from reviews.sharing.measuring import Mark, Measured, Scope, marks

RULES = {
    "unreported": (
        "Shifts without a signed report",
        "Over for at least an hour, and nobody of the outgoing side has signed its report; of all that are over so long.",
    ),
    "load": (
        "Actions taken over per colleague and shift",
        "Handovers given and accepted within the team in the period, per colleague who was on a shift that began in it.",
    ),
}


_UNREPORTED = """
SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT FROM handover_shiftreport r WHERE r.shift_id = s.id)), count(*)
FROM handover_shift s WHERE s.team_id = %s AND s.local_date >= %s AND s.local_date < %s AND s.ends_at <= %s
"""


def unreported(team: Team, scope: Scope, *, at: datetime) -> Measured:
    """Shifts of the period (by the day on which they start) that ended an hour ago or more and have no signed report."""
    with connection.cursor() as cursor:
        cursor.execute(_UNREPORTED, [team.pk, scope.since, scope.until, at - timedelta(hours=1)])
        without, over = cursor.fetchone()
    return Measured(without, over)


@dataclass(frozen=True)
class Load:
    """What the shifts of one name took over in a period: how many shifts there were, colleagues on them, and handovers accepted."""

    shift: str
    shifts: int
    people: int
    taken: int

    @property
    def each(self) -> Measured:
        """Taken over, per colleague and shift."""
        return Measured(self.taken, self.people)


def loads(team: Team, scope: Scope, *, at: datetime, taken_over: Iterable[Mark] | None = None) -> list[Load]:
    """The load of each shift of the team, the heaviest first; work taken over from outside a shift is under “”. Two statements.

    Of the scope only the days count for the shifts: a shift serves every service. ``taken_over``: its marks, where they are read already.
    """
    begins, ends = (datetime.combine(day, time(), tzinfo=team.tz) for day in (scope.since, scope.until))
    there = {name: (shifts, people) for name, shifts, people in _there(team.pk, begins, min(ends, at))}
    taken = {mark.a: int(mark.measured.denominator) for mark in (marks(scope, "taken_by_shift") if taken_over is None else taken_over)}
    found = [Load(name, *there.get(name, (0, 0)), taken.get(name, 0)) for name in {*there, *taken}]
    return sorted(found, key=lambda one: (-(one.each.share or 0), one.shift))


@prepared
def _there(team_id: int, begins: datetime, ends: datetime) -> QuerySet[Rostering, tuple[str, int, int]]:
    """For each name of a shift: how many shifts began from ``begins`` (included) to ``ends`` (not included), and how many colleagues were on them."""
    on = Rostering.objects.effective().filter(shift__team=team_id, shift__starts_at__gte=begins, shift__starts_at__lt=ends)
    return on.values_list("shift__name").annotate(Count("shift", distinct=True), Count("pk"))


def load(found: Iterable[Load]) -> Measured:
    """What was taken over, per colleague on a shift."""
    rows = list(found)
    return Measured(sum(one.taken for one in rows), sum(one.people for one in rows))
