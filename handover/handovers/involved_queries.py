"""Who had to do lately with an action, or with the same customer: they know what it is about, and are shown first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from handover.actions.models import Action, Note
from handover.handovers.models import Item

LATELY = timedelta(days=30)
THIS, CUSTOMER = "Has had to do with this", "Knows this customer"


def involved(actions: Iterable[Action], *, at: datetime) -> dict[int, str]:
    """By colleague, why they know: who passed on, took over or noted on one of ``actions`` lately, or on another of the same customer reference.

    Two statements, however many actions. A customer reference counts within the team alone, and never where it is empty.
    """
    found = list(actions)
    if not found:
        return {}
    ids = {action.pk for action in found}
    same = Q(pk__in=ids)
    for team_id in {action.team_id for action in found}:
        if references := {action.customer_reference for action in found if action.team_id == team_id and action.customer_reference}:
            same |= Q(team=team_id, customer_reference__in=references)
    related = Action.objects.filter(same).order_by().values("pk")
    people: dict[int, str] = {}

    def add(user_id: int | None, action_id: int) -> None:
        if user_id and people.get(user_id) != THIS:
            people[user_id] = THIS if action_id in ids else CUSTOMER

    for action_id, giver, receiver in Item.objects.filter(action__in=related, offered_at__gte=at - LATELY).values_list("action", "giver", "accepted_by"):
        add(giver, action_id)
        add(receiver, action_id)
    notes = Note.objects.filter(action__in=related, at__gte=at - LATELY).values_list("action", "by", "action__responsible")
    for action_id, by, responsible in notes:
        add(by, action_id)
        add(responsible, action_id)
    return people
