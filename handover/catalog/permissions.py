"""Who says what the team delivers: leads decide; everybody of the team reads."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import check_lead
from common.permissions import allowed


def check_decide(user: User, team_id: int) -> None:
    check_lead(user, team_id)


def may_decide(user: User, team_id: int) -> bool:
    return allowed(check_decide, user, team_id)
