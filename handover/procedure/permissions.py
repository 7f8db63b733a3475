"""Who reads how a team hands over, who says that they have, and who sees that others have not."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import check_lead
from common.errors import NotAllowed
from common.permissions import allowed


def check_acknowledge(user: User, team_id: int) -> None:
    """A colleague of the team; an administrator from elsewhere has no part in it."""
    if not user.is_person or not user.belongs_to_as_member(team_id):
        raise NotAllowed("Only a colleague of the team can say that they have read it.", possible="Ask a lead to add you to the team.")


def may_acknowledge(user: User, team_id: int) -> bool:
    return allowed(check_acknowledge, user, team_id)


def check_see_readers(user: User, team_id: int) -> None:
    check_lead(user, team_id)


def may_see_readers(user: User, team_id: int) -> bool:
    return allowed(check_see_readers, user, team_id)
