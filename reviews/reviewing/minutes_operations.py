"""Taking the minutes of a review out of the product."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from audit import operations as audit
from common.errors import NotAllowed
from reviews.events import Event
from reviews.reviewing import permissions, queries
from reviews.reviewing.models import Review


def take(*, review: Review, by: User, at: datetime) -> None:
    """Somebody who may read everybody's views prints them; that they did is in the trail."""
    if not permissions.may_read_views(by, review, queries.participant(review, by), at):
        raise NotAllowed("The minutes hold what others said.", possible="Give your own view first, or wait until the review is concluded.")
    audit.record(Event.MINUTES_TAKEN, actor=by, subject=review, team_id=review.team_id, at=at)
