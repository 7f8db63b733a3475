"""The service map: services with what is counted of them, and one of them with its steps in order and its handover points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import JobRole, Team
from handover.catalog.models import HandoverPoint, Service, ServiceSystem, Step


@dataclass(frozen=True)
class Flow:
    """One service as a page reads it: steps in order, each with the points after it; systems used; who is involved."""

    steps: tuple[tuple[Step, tuple[HandoverPoint, ...]], ...]
    systems: tuple[ServiceSystem, ...]
    teams: tuple[str, ...]
    roles: tuple[str, ...]


def services_of(team: Team) -> QuerySet[Service]:
    """The team's services in their order, each with ``step_count``, ``point_count`` and ``open_count`` (points without an agreement), in one statement."""
    agreed = HandoverPoint.objects.filter(pk=OuterRef("handover_points"), agreements__versions__state="in_force")
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


def flow(service: Service) -> Flow:
    """A fixed number of statements. Teams and job roles are those of the service and of its steps, each named once."""
    points = list(service.handover_points.order_by("letter"))
    steps = list(service.steps.select_related("team").prefetch_related("job_roles__team").order_by("position"))
    roles = [*service.job_roles.select_related("team"), *(role for step in steps for role in step.job_roles.all())]
    teams = [*(team.name for team in service.teams.order_by("name")), *(step.team.name for step in steps if step.team)]
    return Flow(
        tuple((step, tuple(point for point in points if point.after_step_id == step.pk)) for step in steps),
        tuple(service.systems.order_by("position")),
        tuple(dict.fromkeys(teams)),
        tuple(dict.fromkeys(role_line(role, service) for role in roles)),
    )


def role_line(role: JobRole, service: Service) -> str:
    return role.name if role.team_id == service.team_id else f"{role.name} ({role.team})"


def teams_offered(team: Team) -> QuerySet[Team]:
    """The other teams of the organisation, by name."""
    return Team.objects.filter(source="").exclude(pk=team.pk).order_by("name")


def roles_offered(team: Team, service: Service | None) -> Iterable[JobRole]:
    """Job roles of the team first, then of the other teams that are involved in the service."""
    involved = {team.pk}
    if service is not None:
        involved |= set(service.teams.values_list("pk", flat=True)) | set(service.steps.filter(team__isnull=False).values_list("team_id", flat=True))
    found = JobRole.objects.filter(team__in=involved).select_related("team").order_by("name", "pk")
    return sorted(found, key=lambda role: role.team_id != team.pk)
