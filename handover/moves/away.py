"""Somebody is away: the rota says so, and whatever waits for their answer is pointed out to those who can act."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Team, User
from common import moments
from handover.actions.models import Action
from handover.due import operations as due
from handover.handovers.models import Item
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts import absence_operations
from handover.shifts.absence_models import Absence
from handover.shifts.models import Away
from handover.shifts.queries import lead_ids


@transaction.atomic
def tell_absence(
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
) -> Absence:
    """``colleague`` is away; see ``absence_operations.be_away``. Leads hear of it; so does, of each offer that they would not answer in time, its giver.

    The clocks of those offers run on: withdrawing and offering anew is for people to decide.
    """
    absence, shifts = absence_operations.be_away(
        team=team, colleague=colleague, by=by, at=at, starts_at=starts_at, ends_at=ends_at, whole_days=whole_days, reason=reason, stand_in=stand_in
    )
    if absence.told_at != at:  # told before
        return absence
    leads = lead_ids(team.pk, at)
    off = any(shift.rosterings.effective().filter(colleague=colleague).count() == 0 for shift in shifts)
    told = [*leads, *([] if off else [colleague.pk]), *([stand_in.pk] if stand_in and not shifts else [])]
    words = in_words(absence, held=Action.objects.held_by(colleague).filter(team=team).count(), at=at)
    subject = colleague.display_name
    notifications.tell(Kind.AWAY, to=told, about=absence, by=by, what=subject, words=words, team_id=team.pk, at=at)
    for item in waiting(absence):
        point_out(item, absence, leads, by=by, at=at)
    due.ring()
    return absence


def waiting(absence: Absence) -> list[Item]:
    """What is on offer to the colleague and should be accepted while they are away."""
    offered = Item.objects.on_offer().filter(receiver=absence.colleague_id, to_team=absence.team_id, accept_by__gt=absence.starts_at)
    return list(offered.select_related("action", "giver", "handover").order_by("accept_by", "pk"))


def point_out(item: Item, absence: Absence, leads: list[int], *, by: User, at: datetime) -> None:
    stand_in = f" {absence.stand_in.display_name} stands in." if absence.stand_in else ""
    away = f"{absence.colleague.display_name} is away{until(absence, at)}.{stand_in}"
    words = f"{away} The offer waits for them: it can be withdrawn, and offered to somebody who is there."
    notifications.tell(Kind.AWAY, to=[item.giver_id, *leads], about=item, action=item.action, by=by, words=words, team_id=item.from_team_id, at=at)


def in_words(absence: Absence, *, held: int, at: datetime) -> str:
    parts = [f"Away{since(absence, at)}{until(absence, at)}."]
    parts.append(f"{absence.stand_in.display_name} stands in." if absence.stand_in else "Nobody stands in yet.")
    if held:
        parts.append(f"They hold {held} open {'action' if held == 1 else 'actions'}.")
    gone = absence.rosterings.filter(away=Away.ABSENCE).count()
    if gone:
        parts.append(f"{gone} {'shift' if gone == 1 else 'shifts'} in the rota.")
    return " ".join(parts)


def since(absence: Absence, at: datetime) -> str:
    return "" if absence.starts_at <= at else f" from {moments.full(absence.starts_at, at, absence.team.tz, dated=True)}"


def until(absence: Absence, at: datetime) -> str:
    return f" until {moments.full(absence.ends_at, at, absence.team.tz, dated=True)}" if absence.ends_at else " until further notice"
