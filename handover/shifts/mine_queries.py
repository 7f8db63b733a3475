"""One colleague's shifts to come, and how they came to be on them or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Team, User
from handover.shifts.models import Away, How, Rostering, Shift
from handover.shifts.swap_models import Swap

MOST = 60
CAME = {How.COVER: "for", How.SWAP: "swapped with", How.STAND_IN: "standing in for"}
WENT = {Away.ABSENCE: "You are away", Away.COVERED: "Covered for you", Away.SWAPPED: "Swapped away"}


@dataclass(frozen=True)
class Mine:
    """``words``: how it came about, where it is not as planned. ``swap``: the open offer of this shift."""

    shift: Shift
    is_on: bool
    words: str
    swap: Swap | None


def my_shifts(user: User, team: Team, at: datetime) -> list[Mine]:
    """Everything of mine in the rota that is not over, also what I am off; the next ones first."""
    lines = Rostering.objects.filter(colleague=user, shift__team=team, shift__ends_at__gt=at).select_related("shift", "replaces", "absence__stand_in")
    on = set(Rostering.objects.effective().filter(colleague=user, shift__team=team, shift__ends_at__gt=at).values_list("pk", flat=True))
    offered = {swap.shift_id: swap for swap in Swap.objects.open().filter(offered_by=user, team=team).select_related("offered_to")}
    return [Mine(line.shift, line.pk in on, _words(line), offered.get(line.shift_id)) for line in lines.order_by("shift__starts_at", "pk")[:MOST]]


def _words(line: Rostering) -> str:
    if line.away:
        stand_in = line.absence.stand_in if line.absence else None
        return f"{WENT[Away(line.away)]}{f', {stand_in.display_name} stands in' if stand_in else ''}"
    how = How(line.how)
    return f"{CAME[how]} {line.replaces.display_name}" if how in CAME and line.replaces else ""
