"""Writes about absences: somebody is away, somebody is back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Membership, Team, User
from audit import operations as audit
from common.errors import Invalid, Refusal
from handover.events import Event
from handover.shifts import absence as on_the_rota
from handover.shifts import absence_permissions as permissions
from handover.shifts import marks
from handover.shifts.absence_models import Absence
from handover.shifts.changes import roster_changes
from handover.shifts.models import Away, How, Rostering, Shift


@transaction.atomic
def be_away(
    *,
    team: Team,
    colleague: User,
    by: User,
    at: datetime,
    starts_at: datetime,
    ends_at: datetime | None = None,
    whole_days: bool = True,
    reason: str = "",
    stand_in: User | None = None,
) -> tuple[Absence, list[Shift]]:
    """``colleague`` is away from ``starts_at`` (included) to ``ends_at`` (not included; ``None``: until further notice).

    Returns it with the shifts on which it was marked. Told twice alike, nothing changes.
    """
    permissions.check_tell(by, colleague, team.pk)
    with roster_changes(team_id=team.pk, by=by, at=at):
        there = Absence.objects.touching(starts_at, ends_at).filter(team=team, colleague=colleague).first()
        if there and (there.starts_at, there.ends_at, there.stand_in) == (starts_at, ends_at, stand_in):
            return there, []
        _check(team, colleague, starts_at, ends_at, at, there)
        check_stand_in(team, stand_in, colleague, starts_at)
        absence = Absence.objects.create(
            team=team,
            colleague=colleague,
            starts_at=starts_at,
            ends_at=ends_at,
            whole_days=whole_days,
            reason=reason,
            stand_in=stand_in,
            told_by=by,
            told_at=at,
        )
        shifts = list(
            Shift.objects.filter(team=team, ends_at__gt=max(at, starts_at), rosterings__colleague=colleague, rosterings__away="").order_by("starts_at")
        )
        marked = on_the_rota.mark(absence, shifts, at=at)
        audit.record(Event.AWAY, actor=by, subject=absence, team_id=team.pk, at=at, data=_told(absence, marked))
    return absence, marked


@transaction.atomic
def be_back(*, absence_id: int, by: User, at: datetime) -> Absence:
    """The absence ends now; one that has not begun is called off. They are on their shifts to come again, and stand-ins are off those.

    A stand-in who is on the shift that runs now stays on it. Ending it twice changes nothing.
    """
    absence = Absence.objects.select_related("colleague", "team", "stand_in").get(pk=absence_id)
    permissions.check_change(by, absence)
    with roster_changes(team_id=absence.team_id, by=by, at=at):
        absence = Absence.objects.select_for_update(of=("self",)).select_related("colleague", "team", "stand_in").get(pk=absence_id)
        if absence.is_over(at):
            return absence
        begun = absence.starts_at < at
        if begun:
            absence.ends_at = absence.ended_at = at
        else:
            absence.cancelled_at = at
        absence.save(update_fields=["ends_at", "ended_at", "cancelled_at"])
        lines = list(Rostering.objects.filter(absence=absence, shift__ends_at__gt=at).select_related("shift").order_by("shift__starts_at", "pk"))
        to_come = [line for line in lines if line.shift.starts_at > at or not begun]
        running = [line for line in lines if line not in to_come and line.away == Away.ABSENCE]
        marks.take_off([line for line in to_come if line.how == How.STAND_IN], at=at)
        marks.bring_back([line for line in to_come if line.away == Away.ABSENCE], at=at)
        marks.back_from_now(running, at=at)
        data = {"colleague": absence.colleague_id, "begun": begun, "shifts": sorted({line.shift_id for line in to_come})}
        audit.record(Event.BACK, actor=by, subject=absence, team_id=absence.team_id, at=at, data=data)
    return absence


# --- What the above is made of ------------------------------------------------------------------------------------------


def _told(absence: Absence, shifts: list[Shift]) -> dict[str, Any]:
    """What the trail keeps of an absence: not why."""
    return {
        "colleague": absence.colleague_id,
        "from": absence.starts_at.isoformat(),
        "until": absence.ends_at.isoformat() if absence.ends_at else None,
        "stand_in": absence.stand_in_id,
        "shifts": [shift.pk for shift in shifts],
        "reason_given": bool(absence.reason),
    }


def _check(team: Team, colleague: User, starts_at: datetime, ends_at: datetime | None, at: datetime, there: Absence | None) -> None:
    if not Membership.objects.current().filter(team=team, user=colleague).exists():
        raise Invalid("Only colleagues of the team are away from it.", field="colleague")
    if ends_at is not None and ends_at <= starts_at:
        raise Invalid("An absence must end after it starts.", field="last")
    if ends_at is not None and ends_at <= at:
        raise Invalid("This time is over.", possible="Report an absence that lasts until now at least.", field="last")
    if there is not None:
        zone = team.tz
        until = f"until {there.ends_at.astimezone(zone):%d %b, %H:%M}" if there.ends_at else "until further notice"
        raise Refusal(f"{colleague.display_name} is away already at that time, {until} ({there.ref}).", possible="End that absence first.", field="first")


def check_stand_in(team: Team, stand_in: User | None, colleague: User, starts_at: datetime) -> None:
    """Raise ``Invalid`` unless ``stand_in`` is nobody yet, or another colleague of the team who is there when the absence begins."""
    if stand_in is None:
        return
    if stand_in.pk == colleague.pk:
        raise Invalid("Somebody else stands in.", possible="Choose another colleague.", field="stand_in")
    if not Membership.objects.current().filter(team=team, user=stand_in, user__is_active=True, user__kind="person").exists():
        raise Invalid("Only a colleague of the team stands in.", field="stand_in")
    if Absence.objects.at(starts_at).filter(team=team, colleague=stand_in).exists():
        raise Invalid(f"{stand_in.display_name} is away then.", possible="Choose another colleague.", field="stand_in")
