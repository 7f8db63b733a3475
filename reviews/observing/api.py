"""Observations by the REST API: what a colleague, or a lead of their team, may read of them."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors
from common.api import KeysetPagination
from common.bodies import Filters, IdField, YesNoField
from reviews.observing.models import Observation
from reviews.observing.rows import ObservationRow


class ObservationFilters(Filters):
    team = IdField(required=False)
    observed = YesNoField(required=False)


class ObservationViewSet(Doors):
    """Handovers picked by chance, and what a lead saw in them. It stays between a colleague and the leads: an integration reads none."""

    queryset = Observation.objects.all()
    row, id_name = ObservationRow, "observation_id"
    pagination_class, sort, has_etag = KeysetPagination, "drawn_at", False

    @extend_schema(parameters=[ObservationFilters], responses=ObservationRow(many=True))
    def list(self, request: Request) -> HttpResponse:
        """Those of the teams that you lead, and those of your own handovers that were observed; the latest drawn first."""
        sent = ObservationFilters(data=request.query_params, context={"request": request})
        sent.is_valid(raise_exception=True)
        wanted: dict[str, Any] = dict(sent.validated_data)
        observed = wanted.pop("observed", None)
        rows = self.get_queryset().filter(**wanted)
        if observed is not None:
            rows = rows.filter(observed_at__isnull=not observed)
        pages = self.pagination_class()
        found = pages.paginate_queryset(rows.values(*self.row.columns()), request, self)
        return pages.get_paginated_response(self.row.page_of(found))

    @extend_schema(responses=ObservationRow)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One observation."""
        return self.answer(self.found())
