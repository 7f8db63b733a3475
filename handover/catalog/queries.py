"""The service map: services, steps in order, handover points and what is agreed for each."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from accounts.models import Team
from handover.catalog.models import HandoverPoint, Service


def service_map(team: Team) -> QuerySet[Service]:
    """The team's services with steps, points and agreements: four statements, however many there are."""
    points = HandoverPoint.objects.prefetch_related("agreements__versions").order_by("letter")
    return Service.objects.current().filter(team=team).prefetch_related("steps", Prefetch("handover_points", points)).order_by("position", "name", "pk")
