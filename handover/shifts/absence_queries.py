"""Absences as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.models import Team, User
from common import moments
from handover.shifts.absence_models import Absence
from handover.shifts.models import Away, Rostering, Shift


@dataclass(frozen=True)
class Line:
    """A shift that somebody is away from, and who is on it in their place."""

    shift: Shift
    stand_in: User | None


def listed(team: Team, *, over: bool, at: datetime) -> QuerySet[Absence]:
    """Absences of the team: those that hold or are to come, or those that are over."""
    rows = Absence.objects.filter(team=team).select_related("colleague", "stand_in", "team")
    standing = Q(cancelled_at__isnull=True) & (Q(ends_at__isnull=True) | Q(ends_at__gt=at))
    return rows.exclude(standing) if over else rows.filter(standing)


def lines(absence: Absence, at: datetime) -> list[Line]:
    """The shifts to come that the absence takes, each with its stand-in."""
    marked = absence.rosterings.filter(away=Away.ABSENCE, shift__ends_at__gt=at).select_related("shift").order_by("shift__starts_at")
    found = [line.shift for line in marked]
    stand_ins = Rostering.objects.effective().filter(shift__in=found, replaces=absence.colleague_id).select_related("colleague")
    by_shift = {line.shift_id: line.colleague for line in stand_ins}
    return [Line(shift, by_shift.get(shift.pk)) for shift in found]


def when(absence: Absence, at: datetime) -> str:
    """“Mon 2 Mar to Wed 4 Mar”, “Mon 2 Mar, 14:00 GMT to …”, “from Mon 2 Mar, until further notice”."""
    zone = absence.team.tz

    def said(moment: datetime) -> str:
        return moments.day(moment, at, zone) if absence.whole_days else moments.full(moment, at, zone, dated=True)

    first = said(absence.starts_at)
    if absence.ends_at is None:
        return f"From {first}, until further notice"
    if absence.whole_days and absence.ended_at is None:
        last = said(absence.ends_at - timedelta(seconds=1))
        return first if last == first else f"{first} to {last}"
    return f"{first} to {moments.full(absence.ends_at, at, zone, dated=True)}"
