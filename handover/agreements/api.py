"""Agreements in force by the REST API. Reading only: leads make them on the pages."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, SinceFilters
from audit.queries import touched
from common.bodies import ChoiceField, IdField
from handover.agreements.models import Agreement, AgreementLimit, AgreementVersion, Applies, RequiredInformation
from handover.agreements.rows import AgreementRow, AgreementWhole, JobRoleRow, LimitRow, RequiredRow

COLUMNS = {"team": "agreement__team", "service": "agreement__point__service", "applies": "agreement__applies"}


class AgreementFilters(SinceFilters):
    team = IdField(required=False)
    service = IdField(required=False)
    applies = ChoiceField(choices=Applies.choices, required=False)


class AgreementViewSet(Listed, Doors):
    """What is in force now for each handover point."""

    queryset = Agreement.objects.all()
    row, whole, filters, sort = AgreementRow, AgreementWhole, AgreementFilters, "id"

    def get_queryset(self) -> QuerySet[AgreementVersion]:
        return AgreementVersion.objects.visible_to(self.request.user).in_force()

    @extend_schema(parameters=[AgreementFilters], responses=AgreementRow(many=True))
    def list(self, request: Request) -> Any:
        """Agreements in force in the teams that you see, and those that name one of them as the receiver; the latest first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[AgreementVersion], **wanted: Any) -> QuerySet[AgreementVersion]:
        since = wanted.pop("updated_since", None)
        rows = rows.filter(**{COLUMNS[name]: value for name, value in wanted.items()})
        return rows.filter(agreement__in=touched(Agreement, since, self.request.user.team_ids())) if since else rows

    @extend_schema(responses=AgreementWhole)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One agreement, as it is in force: limits and read-back by urgency, required information, receiving job roles."""
        version = get_object_or_404(self.get_queryset(), agreement__ref=ref)
        return Response(
            {
                **AgreementRow.one_of(AgreementVersion.objects, pk=version.pk),
                "limits": LimitRow.all_of(AgreementLimit.objects.filter(version=version).order_by("pk")),
                "required": RequiredRow.all_of(RequiredInformation.objects.filter(version=version).order_by("position")),
                "receiving_roles": JobRoleRow.all_of(version.receiving_roles.order_by("name", "pk")),
            }
        )
