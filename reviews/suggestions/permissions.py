"""Everybody of the team suggests and discusses; a lead answers."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import check_belongs, check_lead
from common.errors import NotAllowed
from common.permissions import allowed


def check_suggest(user: User, team_id: int) -> None:
    """A person of the team, or an integration of it with the scope to write."""
    check_belongs(user, team_id)


def check_answer(user: User, team_id: int) -> None:
    if not user.is_person:
        raise NotAllowed("An integration does not answer for the team.", possible="A lead answers.")
    check_lead(user, team_id)


def may_answer(user: User, team_id: int) -> bool:
    return allowed(check_answer, user, team_id)
