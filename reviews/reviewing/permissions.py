"""Everybody of the teams concerned gives a view; a lead opens, sets up and concludes. Views are read by who has given one."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from accounts.permissions import check_lead
from common.errors import NotAllowed, Refusal
from common.permissions import allowed
from reviews.reviewing.models import Participant, Review


def check_run(user: User, team_id: int) -> None:
    """Open and conclude reviews, set when they open and what they ask."""
    if not user.is_person:
        raise NotAllowed("An integration does not run reviews.", possible="A lead does.")
    check_lead(user, team_id)


def may_run(user: User, team_id: int) -> bool:
    return allowed(check_run, user, team_id)


def team_of(user: User, review: Review) -> int | None:
    """For which of the review's teams the user gives a view: their place in it as a colleague, not as an administrator from elsewhere."""
    return next((pk for pk in (review.team_id, review.other_team_id) if pk is not None and user.belongs_to_as_member(pk)), None)


def check_concerned(user: User, review: Review) -> None:
    if not user.is_person or team_of(user, review) is None:
        raise NotAllowed("Only colleagues of the teams concerned give a view.", possible="A lead can invite you to the team.")


def check_give(user: User, review: Review) -> None:
    check_concerned(user, review)
    if not review.is_open:
        raise Refusal("This review is concluded.", possible="What you would change now is a suggestion for the next one.")


def may_give(user: User, review: Review) -> bool:
    return allowed(check_give, user, review)


def may_read_views(user: User, review: Review, participant: Participant | None, at: datetime) -> bool:
    """Others' views follow one's own, so that nobody is led; once it is concluded everybody reads them, and a lead when the time is over."""
    if not user.is_person:
        return False
    has_given = participant is not None and participant.given_at is not None
    return has_given or not review.is_open or (at >= review.closes_at and user.is_lead_of(review.team_id))
