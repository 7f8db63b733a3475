"""Evidence is its owner's: nobody else sees it, leads and administrators included. A lead sees what the team's records show, without names."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import check_lead
from common.errors import NotAllowed, Refusal
from common.permissions import allowed
from reviews.evidence.models import Evidence


def check_person(user: User) -> None:
    if not user.is_person:
        raise NotAllowed("Evidence is a colleague’s own.", possible="A colleague reads it when signed in.")


def check_on(evidence: Evidence | None) -> Evidence:
    if evidence is None or not evidence.is_on:
        raise Refusal("Your evidence is off.", possible="Turn it on first: nothing is gathered before.")
    return evidence


def check_see_team(user: User, team_id: int) -> None:
    check_lead(user, team_id)


def may_see_team(user: User, team_id: int) -> bool:
    return allowed(check_see_team, user, team_id)
