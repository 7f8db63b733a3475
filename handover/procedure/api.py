"""How a team hands over by the REST API: the procedure, one's own part in it, and “I have read it”."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, door
from accounts.models import Team
from common.bodies import Body
from handover.agreements.queries import answers_owed
from handover.policies.queries import to_acknowledge
from handover.procedure import operations, permissions, queries
from handover.procedure.rows import MyPartRow, ProcedureReadRow, ProcedureRow, my_part_row, procedure_row


class ReadProcedure(Body):
    read = serializers.RegexField("^[0-9a-f]{64}$", help_text="The fingerprint that the procedure was read with.")


class ProcedureViewSet(Doors):
    """How each team hands over; a procedure is found by its team's id."""

    queryset = Team.objects.all()
    lookup_field, lookup_value_regex = "pk", "[1-9][0-9]{0,17}"

    def get_queryset(self) -> QuerySet[Team]:
        return Team.objects.visible_to(self.request.user)

    def team(self) -> Team:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    @extend_schema(responses=ProcedureRow)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Everything that the team has agreed, service by service: during a shift and between shifts side by side."""
        return Response(procedure_row(queries.procedure_of(self.team())))

    @extend_schema(responses=MyPartRow)
    @action(detail=True, methods=["get"], url_path="my-part")
    def my_part(self, request: Request, pk: str) -> Response:
        """What you give, what you may receive, and what you owe an answer on, by your job roles."""
        team, user = self.team(), request.user
        permissions.check_acknowledge(user, team.pk)
        found = queries.procedure_of(team)
        standing = queries.standing_of(user, team.pk, found.fingerprint)
        policies = [version.policy.ref for version in to_acknowledge(user)]
        part = queries.my_part(user, team, found)
        return Response(my_part_row(team, part, proposals=answers_owed(user), policies=policies, is_read=standing.read_at is not None))

    @door(ReadProcedure, answers=ProcedureReadRow)
    def acknowledge(self, request: Request, pk: str) -> Response:
        """“I have read it”, said by a colleague of the team about what holds now. Saying it twice changes nothing."""
        team = self.team()
        permissions.check_acknowledge(request.user, team.pk)
        said = operations.acknowledge(team=team, by=request.user, at=timezone.now(), fingerprint=self.words()["read"])
        return Response(ProcedureReadRow(said).data)
