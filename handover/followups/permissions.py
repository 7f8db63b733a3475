"""Who decides what happens next."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from common.errors import NotAllowed
from handover.actions.permissions import check_member, check_person
from handover.followups.models import FollowUp
from handover.shifts.queries import Timetable


def check_decide(user: User, follow_up: FollowUp, table: Timetable, at: datetime) -> None:
    """The giver; a lead; and where the giver is not on shift, anybody who is.

    ``table`` is the timetable of the giver's team. Without a rota anybody of the team may stand in: nobody is stuck.
    """
    check_person(user)
    if user.pk == follow_up.owed_by_id and user.is_active:
        return
    check_member(user, follow_up.team_id)
    if user.is_lead_of(follow_up.team_id) or table.is_empty:
        return
    name = follow_up.owed_by.display_name
    if table.of(follow_up.owed_by_id, at) is not None:
        raise NotAllowed(f"{name} is on shift and decides what happens next.", possible=f"{name} or a lead can decide.")
    if table.of(user.pk, at) is None:
        raise NotAllowed("Only somebody on shift stands in for the giver.", possible="A colleague on shift or a lead can decide.")
