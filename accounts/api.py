"""Teams, their colleagues and oneself by the REST API. Reading only; how a place in a team ends is with ``handover.leaving``."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import Doors, Listed
from accounts.models import Level, Scope, Team
from accounts.queries import members_of
from accounts.rows import PersonRow, Somebody, TeamName, TeamRow
from common.api import KeysetPagination
from common.bodies import Filters
from common.rows import Row


class ColleagueRow(PersonRow):
    """A colleague of a team, with what they do there."""

    level = serializers.ChoiceField(choices=Level.choices)
    job_roles = serializers.ListField(child=serializers.CharField())


class Colleagues(Row):
    """The colleagues of a team."""

    results = ColleagueRow(many=True)


class MyTeam(TeamName):
    """A team of mine."""

    level = serializers.ChoiceField(choices=Level.choices)


class Me(Somebody):
    """Who asks, and what they may."""

    is_administrator = serializers.BooleanField()
    team = TeamName(allow_null=True, help_text="Where actions go that name no team.")
    teams = MyTeam(many=True, help_text="Those you belong to; an administrator sees the others too.")
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices), allow_null=True, help_text="Of the token; null in a session.")


class TeamViewSet(Listed, Doors):
    """The teams that you see."""

    queryset = Team.objects.all()
    lookup_field, lookup_value_regex = "pk", "[1-9][0-9]{0,17}"
    row, filters = TeamRow, Filters
    pagination_class, sort, has_etag, sort_descending = KeysetPagination, "name", False, False

    @extend_schema(responses=TeamRow(many=True))
    def list(self, request: Request) -> Any:
        """The teams that you see, by name."""
        return super().list(request)

    @extend_schema(responses=TeamRow)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One team."""
        return self.answer(self.found())

    @extend_schema(responses=Colleagues)
    @action(detail=True)
    def colleagues(self, request: Request, pk: str) -> Response:
        """Its colleagues now, leads first: whose ids `responsible` and `to` take."""
        found = members_of(self.get_queryset().get(pk=self.found()))
        people = [
            {"id": one.user_id, "name": one.user.display_name, "level": one.level, "job_roles": [role.name for role in one.job_roles.all()]} for one in found
        ]
        return Response({"results": people})


class MeView(APIView):
    """Oneself."""

    metadata_class = None

    @extend_schema(responses=Me)
    def get(self, request: Request) -> Response:
        """Who asks, in which teams, with which scopes."""
        user, levels = request.user, request.user.levels()
        names = dict(Team.objects.filter(pk__in=levels).order_by("name").values_list("pk", "name"))
        team = getattr(request, "team", None)
        return Response(
            {
                "id": user.pk,
                "name": user.display_name,
                "kind": user.kind,
                "is_administrator": user.is_administrator,
                "team": {"id": team.pk, "name": team.name} if team else None,
                "teams": [{"id": pk, "name": name, "level": levels[pk]} for pk, name in names.items()],
                "scopes": list(request.auth.scopes) if request.auth else None,
            }
        )
