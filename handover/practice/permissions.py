"""Everybody practises for themselves; leads see who has."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import check_belongs, check_lead
from common.errors import NotAllowed
from common.permissions import allowed


def check_practise(user: User, team_id: int) -> None:
    check_belongs(user, team_id)
    if not user.is_person:
        raise NotAllowed("Only a colleague practises.", possible="A colleague does this in the browser.")


def check_see_who(user: User, team_id: int) -> None:
    check_lead(user, team_id)


def may_see_who(user: User, team_id: int) -> bool:
    return allowed(check_see_who, user, team_id)
