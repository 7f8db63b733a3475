"""Who plans the rota: leads decide; everybody of the team reads."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import check_lead
from common.permissions import allowed


def check_plan(user: User, team_id: int) -> None:
    check_lead(user, team_id)


def may_plan(user: User, team_id: int) -> bool:
    return allowed(check_plan, user, team_id)
