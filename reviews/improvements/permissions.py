"""Everybody of the teams concerned proposes and remarks; those named answer; the owner carries it out; leads decide and judge."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import check_lead
from common.errors import NotAllowed
from common.permissions import allowed
from reviews.improvements.models import Improvement


def check_propose(user: User, team_id: int, other_team_id: int | None = None) -> None:
    """``other_team_id``: the receiving team that takes part in the review where it is proposed."""
    if not user.is_person:
        raise NotAllowed("An integration does not propose improvements.", possible="It can make a suggestion; a colleague of the team takes it up.")
    if not any(user.belongs_to(side) for side in (team_id, other_team_id) if side):
        raise NotAllowed("You do not belong to this team.", possible="Its colleagues propose what they change.")


def may_propose(user: User, team_id: int, other_team_id: int | None = None) -> bool:
    return allowed(check_propose, user, team_id, other_team_id)


def check_remark(user: User, improvement: Improvement) -> None:
    """To say what else changed: a colleague of either team concerned."""
    sides = [improvement.team_id, improvement.other_team_id]
    if not user.is_person or not any(user.belongs_to(side) for side in sides if side):
        raise NotAllowed("Only colleagues of the teams concerned say what else changed.", possible="Tell a colleague of the team.")


def check_answer(user: User, improvement: Improvement) -> None:
    if not improvement.consents.filter(colleague=user.pk).exists():
        raise NotAllowed("You are not among those whom this concerns.", possible="Whoever proposed it, or a lead, can name you.")


def check_run(user: User, improvement: Improvement) -> None:
    """Leads decide and judge, as they run reviews."""
    if not user.is_person:
        raise NotAllowed("An integration does not decide for the team.", possible="A lead does.")
    check_lead(user, improvement.team_id)


def may_run(user: User, improvement: Improvement) -> bool:
    return allowed(check_run, user, improvement)


def check_write(user: User, improvement: Improvement) -> None:
    """Its text belongs to whoever proposed it, and to the leads."""
    if user.pk != improvement.created_by_id or not may_propose(user, improvement.team_id, improvement.other_team_id):
        check_run(user, improvement)


def may_write(user: User, improvement: Improvement) -> bool:
    return allowed(check_write, user, improvement)


def check_carry_out(user: User, improvement: Improvement) -> None:
    """To say that it is done, or to change owner and day."""
    if user.pk != improvement.owner_id or not may_propose(user, improvement.team_id, improvement.other_team_id):
        check_run(user, improvement)


def may_carry_out(user: User, improvement: Improvement) -> bool:
    return allowed(check_carry_out, user, improvement)
