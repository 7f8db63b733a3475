"""Which actions something happened to after a position in the trail: for clients that ask what changed since."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from audit.models import SEALED, UNSEALED, Event
from handover.actions.models import Action
from handover.checks.models import Check
from handover.followups.models import FollowUp
from handover.handovers.models import Item


def actions_touched(position: int, team_ids: Sequence[int] | None, *, until: int | None = None, unsealed: bool = False) -> QuerySet[Action]:
    """Ids of the actions that the events after ``position`` are about, or about an item, a check or a follow-up of; for a subquery.

    ``until``: only up to that position, included. ``team_ids``: whose events; ``None`` for every team's. Unsealed events get a later position
    than any that was read, and come next time; ``unsealed``: now as well.
    """
    after = Q(position__gt=position) & SEALED
    if until is not None:
        after &= Q(position__lte=until)
    events = Event.objects.filter(after | UNSEALED if unsealed else after)
    if team_ids is not None:
        events = events.for_teams(list(team_ids))
    about = {model: events.filter(subject_type=model._meta.label_lower).values("subject_id") for model in (Action, Item, Check, FollowUp)}
    found = Action.objects.filter(pk__in=about[Action]).values("pk")
    return found.union(*(model.objects.filter(pk__in=about[model]).values("action_id") for model in (Item, Check, FollowUp)))
