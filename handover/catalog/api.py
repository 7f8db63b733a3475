"""Services by the REST API. Reading only: leads make them on the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, SinceFilters
from audit.queries import touched
from common.bodies import IdField, YesNoField
from handover.catalog.models import HandoverPoint, Service, Step
from handover.catalog.rows import PointRow, ServiceRow, ServiceWhole, StepRow


class ServiceFilters(SinceFilters):
    team = IdField(required=False)
    relies_on_teamwork = YesNoField(required=False)


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
        found = self.found()
        steps = StepRow.all_of(Step.objects.filter(service=found).order_by("position"))
        points = PointRow.all_of(HandoverPoint.objects.filter(service=found).order_by("letter"))
        return Response({**ServiceRow.one_of(Service.objects, pk=found), "steps": steps, "handover_points": points})
