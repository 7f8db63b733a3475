"""Who tells, ends and reads an absence: whom it is about, and the leads of the team. Everybody of the team sees that somebody is away."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import check_belongs
from common.errors import NotAllowed
from common.permissions import allowed
from handover.shifts.absence_models import Absence


def check_tell(user: User, colleague: User, team_id: int) -> None:
    check_belongs(user, team_id)
    if user.pk != colleague.pk and not user.is_lead_of(team_id):
        raise NotAllowed("You tell your own absence; a lead tells those of others.", possible="Ask them, or a lead of the team.")


def check_change(user: User, absence: Absence) -> None:
    check_tell(user, absence.colleague, absence.team_id)


def may_change(user: User, absence: Absence) -> bool:
    return allowed(check_change, user, absence)


def may_read_reason(user: User, absence: Absence) -> bool:
    """Why somebody is away is theirs and the leads' to know."""
    return user.pk == absence.colleague_id or user.is_lead_of(absence.team_id)
