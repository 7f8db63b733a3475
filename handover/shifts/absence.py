"""What an absence does to the rota: who is away is marked on each shift that it touches, and the stand-in is put on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from accounts.models import Membership, Team
from common.errors import Refusal
from handover.shifts import marks
from handover.shifts.absence_models import Absence
from handover.shifts.calendar import instant
from handover.shifts.models import Away, How, Rostering, Shift


def settle(shifts: Collection[Shift], *, at: datetime) -> None:
    """Mark who is away on these shifts, and put their stand-ins on; harmless to repeat. For shifts that were just made, or changed."""
    ahead = [shift for shift in shifts if shift.ends_at > at]
    if not ahead:
        return
    teams = {shift.team_id for shift in ahead}
    first, last = min(shift.starts_at for shift in ahead), max(shift.ends_at for shift in ahead)
    for absence in Absence.objects.touching(first, last).filter(team__in=teams).select_related("stand_in").order_by("starts_at", "pk"):
        mark(absence, [shift for shift in ahead if shift.team_id == absence.team_id], at=at)


def mark(absence: Absence, shifts: Collection[Shift], *, at: datetime) -> list[Shift]:
    """Mark the colleague away on those of ``shifts`` that the absence touches and they are on; return these."""
    touched = [shift for shift in shifts if touches(absence, shift) and shift.ends_at > at]
    lines = Rostering.objects.filter(shift__in=touched, colleague=absence.colleague_id, away="").select_related("shift").order_by("shift__starts_at")
    marked = []
    for line in lines:
        marks.mark_away(line, Away.ABSENCE, at=at, absence=absence)
        marked.append(line.shift)
    if absence.stand_in_id is not None:
        stand_in(absence, absence.stand_in_id, marked, at=at)
    return marked


def stand_in(absence: Absence, colleague_id: int, shifts: Collection[Shift], *, at: datetime) -> list[Shift]:
    """Put ``colleague_id`` on these shifts for who is away, but where they are on already, are away or have left; return where they were put on."""
    if not Membership.objects.current().filter(team=absence.team_id, user=colleague_id, user__is_active=True).exists():
        return []
    there = set(Rostering.objects.filter(shift__in=shifts, colleague=colleague_id).values_list("shift_id", flat=True))
    theirs = list(Absence.objects.standing().filter(team=absence.team_id, colleague=colleague_id))
    free = [shift for shift in shifts if shift.pk not in there and not any(touches(one, shift) for one in theirs)]
    for shift in free:
        marks.put_on(shift, colleague_id, at=at, how=How.STAND_IN, replaces_id=absence.colleague_id, absence=absence)
    return free


def check_present(shift: Shift, colleague_ids: Collection[int]) -> None:
    """Raise ``Refusal`` if one of these colleagues is away for the whole of the shift."""
    found = Absence.objects.at(shift.starts_at).filter(team=shift.team_id, colleague__in=colleague_ids).select_related("colleague")
    for one in found.filter(Q(whole_days=True) | Q(ends_at__isnull=True) | Q(ends_at__gte=shift.ends_at)):
        raise Refusal(f"{one.colleague.display_name} is away then ({one.ref}).", possible="Put somebody else on, or end the absence.", field="colleagues")


def touches(absence: Absence, shift: Shift) -> bool:
    """Whether the absence takes somebody off the shift, for a part at least. Told in days, it takes the shifts that start on these days."""
    if absence.cancelled_at is not None:
        return False
    if absence.whole_days:
        return absence.starts_at <= shift.starts_at and (absence.ends_at is None or shift.starts_at < absence.ends_at)
    return absence.starts_at < shift.ends_at and (absence.ends_at is None or absence.ends_at > shift.starts_at)


def of_days(team: Team, first: date, last: date | None) -> tuple[datetime, datetime | None]:
    """From the first moment of ``first`` to the last of ``last`` (included), on the team's wall clock; ``None``: until further notice."""
    return instant(first, time.min, team.tz), instant(last + timedelta(days=1), time.min, team.tz) if last else None
