"""Policies by the REST API: reading, and “I have read it” by a colleague. Administrators write them on the pages."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, door
from common.bodies import Body, ChoiceField, Filters, IdField, YesNoField
from handover.policies import operations, permissions, queries
from handover.policies.models import Kind, Policy, PolicyAcknowledgement, PolicyService, PolicyVersion
from handover.policies.rows import AcknowledgedRow, PolicyHintRow, PolicyRow, PolicyServiceRow, PolicyWhole


class PolicyFilters(Filters):
    kind = ChoiceField(choices=Kind.choices, required=False)
    service = IdField(required=False, help_text="Only what applies to this service: linked to it, or for everybody.")
    to_acknowledge = YesNoField(required=False, help_text="True: only what you are asked to read and have not.")


class HaveRead(Body):
    read = serializers.IntegerField(min_value=1, max_value=32_000, help_text="The number of the version that was read.")


class PolicyViewSet(Listed, Doors):
    """What everybody has to keep to. Of no team: a change does not show in the team's trail, so the list has no ETag."""

    queryset = Policy.objects.all()
    row, whole, filters, sort, has_etag = PolicyRow, PolicyWhole, PolicyFilters, "id", False

    def get_queryset(self) -> QuerySet[PolicyVersion]:
        return PolicyVersion.objects.newest().filter(policy__in=Policy.objects.visible_to(self.request.user))

    @extend_schema(parameters=[PolicyFilters], responses=PolicyRow(many=True))
    def list(self, request: Request) -> Any:
        """The policies that concern the teams that you see, each in its newest version; the latest published first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[PolicyVersion], **wanted: Any) -> QuerySet[PolicyVersion]:
        if "kind" in wanted:
            rows = rows.filter(policy__kind=wanted["kind"])
        if "service" in wanted:
            rows = rows.filter(policy__in=Policy.objects.applying_to(wanted["service"]))
        if (waits := wanted.get("to_acknowledge")) is not None:
            mine = queries.to_acknowledge(self.request.user).values("pk")
            rows = rows.filter(pk__in=mine) if waits else rows.exclude(pk__in=mine)
        return rows

    @extend_schema(responses=PolicyWhole)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One policy with its text, the services that it is for, and what is shown beside which field."""
        version = get_object_or_404(self.get_queryset().select_related("policy"), policy__ref=ref)
        seen = PolicyService.objects.filter(pk__in=[link.pk for link in queries.services_of(version.policy, request.user)])
        more = {"body": version.body, "what_changed": version.what_changed}
        return Response(
            {
                **PolicyRow.one_of(PolicyVersion.objects, pk=version.pk),
                **more,
                "services": PolicyServiceRow.all_of(seen.order_by("service__name", "pk")),
                "hints": PolicyHintRow.all_of(version.policy.hints.order_by("place")),
            }
        )

    @door(HaveRead, answers=AcknowledgedRow)
    def acknowledge(self, request: Request, ref: str) -> Response:
        """“I have read it”, said by a colleague of a team that it concerns. Saying it twice changes nothing."""
        policy = get_object_or_404(Policy.objects.visible_to(request.user), ref=ref)
        permissions.check_acknowledge(request.user, policy)
        said = operations.acknowledge(policy=policy, by=request.user, at=timezone.now(), number=self.words()["read"])
        return Response(AcknowledgedRow.one_of(PolicyAcknowledgement.objects, pk=said.pk))
