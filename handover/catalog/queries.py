"""The service map: services with what is counted of them, and one of them with its steps in order and its handover points."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Team
from handover.catalog.models import HandoverPoint, Service, Step


def services_of(team: Team) -> QuerySet[Service]:
    """The team's services in their order, each with ``step_count``, ``point_count`` and ``open_count`` (points without an agreement), in one statement."""
    agreed = HandoverPoint.objects.filter(pk=OuterRef("handover_points"), agreements__isnull=False)
    return (
        Service.objects.current()
        .filter(team=team)
        .alias(is_agreed=Exists(agreed))
        .annotate(
            step_count=Count("steps", distinct=True),
            point_count=Count("handover_points", distinct=True),
            open_count=Count("handover_points", filter=Q(is_agreed=False), distinct=True),
        )
        .order_by("position", "-relies_on_teamwork", "name", "pk")
    )


def flow(service: Service) -> Iterator[tuple[Step, list[HandoverPoint]]]:
    """The steps of a service in order, each with the handover points after it."""
    points = list(service.handover_points.order_by("letter"))
    for step in service.steps.order_by("position"):
        yield step, [point for point in points if point.after_step_id == step.pk]
