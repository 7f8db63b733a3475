"""Who may do what with an action."""

from __future__ import annotations

from accounts.models import User
from common.errors import NotAllowed
from common.permissions import allowed
from handover.actions.models import Action
from handover.actions.states import State

CLAIM_FIRST = "Claim it from the pool first."


def check_member(user: User, team_id: int) -> None:
    """The door to everything in a team. Integrations pass it too, for their own team."""
    if not user.belongs_to(team_id):
        raise NotAllowed("You do not belong to this team.", possible="A lead of the team can invite you.")


def check_person(user: User) -> None:
    if not user.is_person:
        raise NotAllowed("Only a colleague can be responsible for an action.", possible="A colleague does this in the browser.")


def check_create(user: User, team_id: int) -> None:
    check_member(user, team_id)


def check_responsible(user: User, action: Action) -> None:
    """What only the responsible colleague does: complete, close, offer, answer."""
    check_member(user, action.team_id)
    if action.state == State.POOL:
        raise NotAllowed("Nobody holds this action now.", possible=CLAIM_FIRST)
    if action.responsible_id != user.pk:
        name = action.responsible.display_name if action.responsible else "Nobody"
        raise NotAllowed(f"{name} is responsible for this action.", possible=f"{name} can do it, or a lead can reassign it.")


def check_change(user: User, action: Action) -> None:
    """Its words are changed by whoever is responsible, made it, or leads the team; anybody's, while it lies in the pool."""
    check_member(user, action.team_id)
    if action.state == State.POOL or user.pk in (action.responsible_id, action.created_by_id) or user.is_lead_of(action.team_id):
        return
    raise NotAllowed(
        "Only the responsible colleague, whoever logged it, or a lead changes this.", possible="Add a note instead: the responsible colleague sees it."
    )


def check_note(user: User, action: Action) -> None:
    check_member(user, action.team_id)


def check_hold(user: User, team_id: int) -> None:
    """Only a colleague of the team becomes responsible: an administrator from elsewhere sees everything and holds nothing."""
    check_person(user)
    check_member(user, team_id)
    if not user.belongs_to_as_member(team_id):
        raise NotAllowed("Only a colleague of the team holds its actions.", possible="Become a member of the team first.")


def check_claim(user: User, action: Action) -> None:
    check_hold(user, action.team_id)


def check_reassign(user: User, action: Action) -> None:
    check_member(user, action.team_id)
    if not user.is_lead_of(action.team_id):
        raise NotAllowed("Only a lead reassigns an action.", possible="Offer it to your colleague instead, or ask a lead.")


def check_reopen(user: User, action: Action, giver_ids: set[int]) -> None:
    """Responsible, giver or lead."""
    if user.pk in giver_ids and user.is_active:
        return
    check_member(user, action.team_id)
    if user.pk == action.responsible_id or user.is_lead_of(action.team_id):
        return
    raise NotAllowed("Only the responsible colleague, a giver or a lead reopens an action.", possible="Ask one of them.")


def may_complete(user: User, action: Action) -> bool:
    return action.is_open and allowed(check_responsible, user, action)


def may_change(user: User, action: Action) -> bool:
    return action.is_open and allowed(check_change, user, action)


def may_claim(user: User, action: Action) -> bool:
    return action.state == State.POOL and allowed(check_claim, user, action)


def may_reassign(user: User, action: Action) -> bool:
    return action.is_open and allowed(check_reassign, user, action)


def may_note(user: User, action: Action) -> bool:
    return allowed(check_note, user, action)
