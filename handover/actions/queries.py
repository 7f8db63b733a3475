"""Reads of one action for its page, and of one's own for the list and the file."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Membership, User
from handover.actions.models import Action


def whole(user: User) -> QuerySet[Action]:
    """Actions as their page needs them: with people, service, notes and contacts."""
    related = ("team", "service", "responsible", "created_by")
    return Action.objects.visible_to(user).select_related(*related).prefetch_related("notes__by", "contacts__by")


def own(user: User) -> QuerySet[Action]:
    """What ``user`` holds, by promise: the list of one's own."""
    return Action.objects.held_by(user).select_related("service", "team").order_by("sort_at", "pk")


def colleagues_of(team_id: int, *, but: int | None = None) -> list[User]:
    """Who may hold an action of the team, by name."""
    current = Membership.objects.current().filter(team_id=team_id, user__kind="person", user__is_active=True)
    current = current if but is None else current.exclude(user_id=but)
    return [membership.user for membership in current.select_related("user").order_by("user__display_name", "user_id")]


def names_of(user_ids: set[int]) -> dict[int, str]:
    """Names by id, for a history."""
    return dict(User.objects.filter(pk__in=user_ids).values_list("pk", "display_name"))
