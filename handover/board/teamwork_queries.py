"""Which services in fact change hands: counted from what was logged and handed over, beside what the service map says of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from audit.models import Event as TrailEvent
from handover.actions.models import Action
from handover.catalog.models import Service
from handover.events import Event
from handover.handovers.models import Item

LOOKED_AT = timedelta(days=28)
FEWEST = 3
"""So many actions of a service have to have changed hands before it is pointed out: one may be chance."""
MARK_RULE = f"At least {FEWEST} actions of a service were accepted by a colleague in the last {LOOKED_AT.days} days, and it is not marked."
UNMARK_RULE = f"A service is marked, is older than {LOOKED_AT.days} days, and none of its actions was accepted by a colleague in that time."


@dataclass(frozen=True)
class ChangesHands:
    """How many actions of a service were worked on, and how many of them a colleague accepted from another. ``points_out``: *mark*, *unmark*, or empty."""

    worked_on: int
    handed_over: int
    points_out: str

    @property
    def sentence(self) -> str:
        days = LOOKED_AT.days
        if not self.worked_on:
            return f"No action in the last {days} days."
        return f"{self.handed_over} of {self.worked_on} action{'' if self.worked_on == 1 else 's'} changed hands in the last {days} days."

    @property
    def rule(self) -> str:
        return {"mark": MARK_RULE, "unmark": UNMARK_RULE}.get(self.points_out, "")


def changes_hands(services: Iterable[Service], *, at: datetime) -> dict[int, ChangesHands]:
    """By the id of the service, from ``at`` back; three statements however many services there are.

    An action counts as handed over if somebody other than its giver accepted it in that time, in whichever team it lies by now.
    A service that was added in that time is not pointed out for being quiet: it is too new to tell.
    """
    known = {service.pk: service for service in services}
    since = at - LOOKED_AT
    worked = dict(count_by_service(Action.objects.filter(service__in=known, changed_at__gte=since), "service", "pk"))
    accepted = Item.objects.filter(action__service__in=known, accepted_at__gte=since, accepted_at__lte=at)
    handed = dict(count_by_service(accepted, "action__service", "action"))
    added = TrailEvent.objects.about(Service._meta.label_lower, list(known)).filter(kind=Event.SERVICE_ADDED, at__gt=since)
    young = set(added.values_list("subject_id", flat=True))
    return {pk: _judge(service, worked.get(pk, 0), handed.get(pk, 0), is_young=pk in young) for pk, service in known.items()}


def count_by_service(rows: object, service: str, counted: str) -> Iterable[tuple[int, int]]:
    return rows.order_by().values_list(service).annotate(n=Count(counted, distinct=True))  # type: ignore[attr-defined,no-any-return]


def _judge(service: Service, worked_on: int, handed_over: int, *, is_young: bool) -> ChangesHands:
    points_out = ""
    if not service.relies_on_teamwork and handed_over >= FEWEST:
        points_out = "mark"
    elif service.relies_on_teamwork and not handed_over and not is_young:
        points_out = "unmark"
    return ChangesHands(max(worked_on, handed_over), handed_over, points_out)
