"""A lead of the team observes, but no handover that they gave or took over; who gave it comments."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import check_lead
from common.errors import NotAllowed
from common.permissions import allowed
from reviews.observing.models import Observation


def check_observe(user: User, observation: Observation) -> None:
    """The item should be loaded."""
    if not user.is_person:
        raise NotAllowed("An integration does not observe.", possible="A lead of the team does.")
    check_lead(user, observation.team_id)
    if user.pk == observation.colleague_id:
        raise NotAllowed("This is a handover of yours.", possible="Another lead observes it, or an administrator.")
    if user.pk == observation.item.accepted_by_id:
        raise NotAllowed("You took this handover over yourself.", possible="Another lead observes it, or an administrator.")


def may_observe(user: User, observation: Observation) -> bool:
    return allowed(check_observe, user, observation)


def check_comment(user: User, observation: Observation) -> None:
    if user.pk != observation.colleague_id or not user.belongs_to(observation.team_id):
        raise NotAllowed("Only the colleague whose handover it was comments here.", possible="What is seen is between them and the leads.")


def may_comment(user: User, observation: Observation) -> bool:
    return allowed(check_comment, user, observation)
