"""Swaps as their pages show them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Team, User
from handover.shifts.swap_models import RELATED, Swap, SwapRule, turns
from handover.shifts.swap_states import OPEN, State
from handover.shifts.taking_on import roles_lost, said, warning

LOOKS = {
    State.OFFERED: ("wait", "hourglass-high", "Waits for an answer"),
    State.AGREED: ("wait", "hourglass-high", "Waits for a lead"),
    State.MADE: ("ok", "circle-check", "Made"),
    State.DECLINED: ("late", "hand-stop", "Declined"),
    State.REFUSED: ("late", "hand-stop", "Refused by a lead"),
    State.WITHDRAWN: ("grey", "minus", "Withdrawn"),
    State.LAPSED: ("grey", "clock-pause", "Ran out"),
}


def of_team(team: Team) -> QuerySet[Swap]:
    return Swap.objects.filter(team=team).select_related(*RELATED)


def waiting_for(user: User, team: Team, *, leads: bool) -> list[Swap]:
    """What this colleague is asked to answer, or as a lead to decide; what ends first, first."""
    asked = Q(state=State.OFFERED, offered_to=user)
    if leads:
        asked |= Q(state=State.AGREED)
    return list(of_team(team).filter(asked).order_by("ends_at", "pk")[:50])


def others(user: User, team: Team, *, leads: bool) -> QuerySet[Swap]:
    """The team's other swaps."""
    asked = Q(state=State.OFFERED, offered_to=user)
    if leads:
        asked |= Q(state=State.AGREED)
    return of_team(team).exclude(asked)


def lead_approves(team: Team) -> bool:
    return SwapRule.objects.filter(team=team, lead_approves=True).exists()


def row(swap: Swap, at: datetime) -> dict[str, Any]:
    tone, icon, word = LOOKS[State(swap.state)]
    mine = said(swap.shift, swap.team, at)
    title = f"{mine}, for {said(swap.return_shift, swap.team, at)}" if swap.return_shift else f"{mine}, to be covered"
    return {"swap": swap, "title": title, "tone": tone, "art": icon, "word": word, "open": swap.state in OPEN}


def warnings(swap: Swap, at: datetime) -> list[str]:
    """Which job roles nobody would have any more on the shifts of an open swap."""
    if swap.state not in OPEN:
        return []
    said_of = [warning(roles_lost(shift, off=giver.pk, on=taker.pk), shift, swap.team, at) for giver, taker, shift in turns(swap)]
    return [words for words in said_of if words]
