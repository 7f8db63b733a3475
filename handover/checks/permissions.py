"""Who may ask, and who may answer."""

from __future__ import annotations

from accounts.models import User
from common.errors import NotAllowed
from common.permissions import allowed
from handover.actions.models import Action
from handover.actions.permissions import check_member
from handover.checks.models import Check


def check_ask(user: User, check: Check) -> None:
    """The giver asks; an integration asks about what it created; a lead of the giver's team may ask for them."""
    if user.pk == check.giver_id and user.is_active:
        return
    check_member(user, check.team_id)
    if user.is_lead_of(check.team_id) or (user.is_integration and check.action.created_by_id == user.pk):
        return
    raise NotAllowed(f"{check.giver.display_name} asks how this went.", possible=f"{check.giver.display_name} or a lead can ask.")


def check_answer(user: User, check: Check, action: Action) -> None:
    """The responsible colleague answers; the giver may write down an answer that they heard."""
    if user.pk == action.responsible_id and user.belongs_to(action.team_id):
        return
    if user.pk == check.giver_id and user.is_active:
        return
    name = action.responsible.display_name if action.responsible else "Whoever claims it from the pool"
    raise NotAllowed(f"{name} answers this.", possible=f"{check.giver.display_name} may write down an answer heard by word of mouth.")


def may_answer(user: User, check: Check, action: Action) -> bool:
    return check.is_unanswered and allowed(check_answer, user, check, action)


def may_ask(user: User, check: Check) -> bool:
    return check.is_unanswered and allowed(check_ask, user, check)
