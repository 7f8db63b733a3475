"""Locks, always in the same order: action, then item, then check. So no two moves can wait for each other."""

from __future__ import annotations

from accounts.models import User
from handover.actions import operations as actions
from handover.actions.models import Action
from handover.checks import operations as checks
from handover.checks.models import Check
from handover.handovers import operations as handovers
from handover.handovers.models import Item


def lock_action(action_id: int) -> Action:
    return actions.lock(action_id)


def lock_item(item_id: int) -> tuple[Action, Item]:
    """The item's action, then the item."""
    action = actions.lock(Item.objects.values_list("action_id", flat=True).get(pk=item_id))
    return action, handovers.lock(item_id)


def lock_check(check_id: int) -> tuple[Action, Check]:
    """The check's action, then the check."""
    action = actions.lock(Check.objects.values_list("action_id", flat=True).get(pk=check_id))
    return action, checks.lock(check_id)


def holder_of(action: Action) -> int | None:
    """Who holds it, for the trail."""
    return action.responsible_id


def id_of(user: User | None) -> int | None:
    return user.pk if user else None
