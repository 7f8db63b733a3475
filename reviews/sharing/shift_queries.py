"""Figures about shifts, counted live: a period has few."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import Team
from handover.reports.models import ShiftReport
from handover.shifts.models import Rostering, Shift
from reviews.sharing.measuring import Measured, Scope, measure

RULES = {
    "unreported": (
        "Shifts without a signed report",
        "Over for at least an hour, and nobody of the outgoing side has signed its report; of all that are over so long.",
    ),
    "load": ("Actions taken over per colleague and shift", "Accepted handovers of the period, per colleague who was on a shift that began in it."),
}


def unreported(team: Team, scope: Scope, *, at: datetime) -> Measured:
    """Shifts of the period (by the day on which they start) that ended an hour ago or more and have no signed report."""
    over = Shift.objects.filter(team=team, local_date__gte=scope.since, local_date__lt=scope.until, ends_at__lte=at - timedelta(hours=1))
    signed = Exists(ShiftReport.objects.filter(shift=OuterRef("pk")))
    found = over.annotate(is_signed=signed).aggregate(all=Count("pk"), without=Count("pk", filter=Q(is_signed=False)))
    return Measured(found["without"], found["all"])


def load(team: Team, scope: Scope, *, at: datetime) -> Measured:
    """What was taken over, per colleague on a shift."""
    begins, ends = (datetime.combine(day, time(), tzinfo=team.tz) for day in (scope.since, scope.until))
    on = Rostering.objects.effective().filter(shift__team=team, shift__starts_at__gte=begins, shift__starts_at__lt=min(ends, at)).count()
    return Measured(measure(scope, ["unable"])["unable"].denominator, on)
