"""Services by the REST API: reading, and marking one that changes hands. Leads make them on the pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, SinceFilters, door
from audit.queries import touched
from common.bodies import Body, IdField, YesNoField
from handover.board.teamwork_queries import changes_hands
from handover.catalog import operations
from handover.catalog.models import HandoverPoint, Service, Step
from handover.catalog.queries import flow, role_line
from handover.catalog.rows import PointRow, ServiceRow, ServiceWhole


class ServiceFilters(SinceFilters):
    team = IdField(required=False)
    relies_on_teamwork = YesNoField(required=False)


class Marking(Body):
    relies = YesNoField(help_text="Whether it relies on teamwork.")


class ServiceViewSet(Listed, Doors):
    """What the teams that you see deliver."""

    queryset = Service.objects.all()
    lookup_field, lookup_value_regex = "pk", "[1-9][0-9]{0,17}"
    row, whole, filters = ServiceRow, ServiceWhole, ServiceFilters
    sort, sort_descending = "name", False

    def get_queryset(self) -> QuerySet[Service]:
        return Service.objects.visible_to(self.request.user).current()

    @extend_schema(parameters=[ServiceFilters], responses=ServiceRow(many=True))
    def list(self, request: Request) -> Any:
        """The services of the teams that you see, by name."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[Service], **wanted: Any) -> QuerySet[Service]:
        since = wanted.pop("updated_since", None)
        rows = rows.filter(**wanted)
        return rows.filter(pk__in=touched(Service, since, self.request.user.team_ids())) if since else rows

    @extend_schema(responses=ServiceWhole)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One service with its steps and handover points."""
        found = self.get_queryset().get(pk=self.found())
        points = PointRow.all_of(HandoverPoint.objects.filter(service=found).order_by("letter"))
        return Response({**ServiceRow.one_of(Service.objects, pk=found.pk), "handover_points": points, **whole(found)})

    @door(Marking, answers=ServiceRow)
    def mark(self, request: Request, pk: str) -> Response:
        """Say that it relies on teamwork, or that it does not any more. For leads."""
        found = self.get_queryset().select_related("team").get(pk=self.found())
        operations.mark_teamwork(service=found, by=request.user, at=timezone.now(), **self.words(Marking))
        return self.answer(found.pk)


def whole(service: Service) -> dict[str, Any]:
    """Its steps, the systems used, who is involved, and what the last 28 days say of it."""
    read = flow(service)
    figures = changes_hands([service], at=timezone.now())[service.pk]
    return {
        "steps": [step_row(step, service) for step, _ in read.steps],
        "systems": [{"name": system.name, "address": system.address} for system in read.systems],
        "teams": list(read.teams),
        "job_roles": list(read.roles),
        "changes_hands": {
            "worked_on": figures.worked_on,
            "handed_over": figures.handed_over,
            "points_out": figures.points_out,
            "rule": figures.rule,
        },
    }


def step_row(step: Step, service: Service) -> dict[str, Any]:
    return {
        "position": step.position,
        "name": step.name,
        "done_by": step.done_by,
        "team": {"id": step.team.pk, "name": step.team.name} if step.team else None,
        "job_roles": [role_line(role, service) for role in step.job_roles.all()],
    }
