"""May somebody take on a shift of somebody else, and what would the shift lose? Asked by covers, stand-ins and swaps."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from accounts.models import JobRole, Membership, Team, User
from common import moments
from common.errors import Refusal
from handover.shifts.absence import touches
from handover.shifts.absence_models import Absence
from handover.shifts.models import Rostering, Shift


def said(shift: Shift, team: Team, at: datetime) -> str:
    """“Late, Tue 3 Mar”."""
    return f"{shift.name}, {moments.day(shift.starts_at, at, team.tz)}"


def check_on(colleague: User, shift: Shift, *, team: Team, at: datetime) -> Rostering:
    """The line of a colleague who really is on a shift that is not over; ``Refusal`` otherwise."""
    line = Rostering.objects.effective(at).filter(shift=shift, colleague=colleague).select_related("shift").first()
    if line is None:
        raise Refusal(f"{colleague.display_name} is not on {said(shift, team, at)}.", possible="Look at the rota as it is now.", field="shift")
    return line


def check_takes_on(colleague: User, shift: Shift, *, team: Team, at: datetime, field: str, gives: Shift | None = None) -> None:
    """Raise ``Refusal`` with the reason why ``colleague`` cannot take on ``shift``. ``gives``: what they are off in return."""
    who, what = colleague.display_name, said(shift, team, at)
    if not Membership.objects.current().filter(team=team, user=colleague, user__is_active=True, user__kind="person").exists():
        raise Refusal(f"{who} is not in the team.", possible="Choose a colleague of the team.", field=field)
    around = Absence.objects.touching(shift.starts_at, shift.ends_at).filter(team=team, colleague=colleague)
    away = next((one for one in around if touches(one, shift)), None)
    if away:
        raise Refusal(f"{who} is away on {what} ({away.ref}).", possible="Choose another colleague, or end the absence.", field=field)
    at_that_time = Rostering.objects.effective().filter(colleague=colleague, shift__starts_at__lt=shift.ends_at, shift__ends_at__gt=shift.starts_at)
    other = at_that_time.exclude(shift=gives).select_related("shift", "shift__team").order_by("shift__starts_at").first()
    if other and other.shift_id == shift.pk:
        raise Refusal(f"{who} is on {what} already.", possible="Choose another colleague.", field=field)
    if other and not touch_only(other.shift, shift):
        where = said(other.shift, other.shift.team, at) if other.shift.team_id == team.pk else "a shift of another team"
        raise Refusal(f"{who} is on {where} at that time.", possible="Choose another colleague, or another shift.", field=field)


def touch_only(one: Shift, other: Shift) -> bool:
    """Whether two shifts share no more than the minutes in which one hands over to the other (an hour at most)."""
    shared = min(one.ends_at, other.ends_at) - max(one.starts_at, other.starts_at)
    return shared.total_seconds() <= 60 * 60 and one.starts_at != other.starts_at


def roles_lost(shift: Shift, *, off: int, on: int) -> list[str]:
    """Names of the job roles that nobody on the shift has any more if ``off`` goes and ``on`` comes."""
    staying = set(Rostering.objects.effective().filter(shift=shift).exclude(colleague=off).values_list("colleague_id", flat=True)) | {on}
    before, after = roles_of(shift.team_id, {off}), roles_of(shift.team_id, staying)
    return sorted(before - after)


def roles_of(team_id: int, people: Collection[int]) -> set[str]:
    memberships = Membership.objects.current().filter(team=team_id, user__in=people)
    return set(JobRole.objects.filter(memberships__in=memberships).values_list("name", flat=True))


def warning(lost: Collection[str], shift: Shift, team: Team, at: datetime) -> str:
    """“Nobody on Night, Tue 3 Mar is night receptionist any more.”; empty where nothing is lost."""
    return f"Nobody on {said(shift, team, at)} is {' or '.join(lost)} any more." if lost else ""
