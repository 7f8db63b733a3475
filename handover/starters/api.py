"""Starter sets by the REST API: look at them, adopt parts of one."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors
from accounts.models import Team
from common.bodies import Body, ChoiceField, VisibleField
from common.errors import Invalid
from handover.starters import operations
from handover.starters.rows import AdoptedRow, StarterSetRow
from handover.starters.sets import SETS
from handover.starters.words import StarterSet

PARTS = sorted({service.key for one in SETS.values() for service in one.services})


def teams(user: Any) -> Any:
    return Team.objects.visible_to(user)


class Adoption(Body):
    """Which parts are taken."""

    team = VisibleField(teams, required=False, help_text="The id of the team; without it the token's, or the one chosen in this session.")
    services = serializers.ListField(
        child=ChoiceField(choices=PARTS), required=False, min_length=1, max_length=len(PARTS), help_text="Keys of its services; without it all of them."
    )


@extend_schema_serializer(many=False)
class StarterSets(serializers.Serializer):
    """Every set there is."""

    results = StarterSetRow(many=True)


class StarterSetViewSet(Doors):
    """What a new team can begin with: services, steps, handover points and agreements for its kind."""

    queryset = Team.objects.none()
    pagination_class = None
    lookup_field, lookup_value_regex = "key", "[a-z-]{1,40}"
    row = StarterSetRow  # type: ignore[assignment]

    @extend_schema(responses=StarterSets)
    def list(self, request: Request) -> Response:
        """Every set there is."""
        return Response({"results": [as_row(one) for one in SETS.values()]})

    @extend_schema(responses=StarterSetRow)
    def retrieve(self, request: Request, key: str) -> Response:
        """One set."""
        return Response(as_row(known(key)))

    @extend_schema(request=Adoption, responses={200: AdoptedRow})
    @action(detail=True, methods=["post"])
    def adopt(self, request: Request, key: str) -> Response:
        """Make its services, with their steps, points and agreements, in a team that you lead. What the team has already is left as it is."""
        words = self.words(Adoption)
        team = words.get("team") or getattr(request, "team", None)
        if known(key) and team is None:
            raise Invalid("Say for which team.", field="team")
        made = operations.adopt(team=team, by=request.user, at=timezone.now(), starter=key, services=words.get("services"))
        return Response({"made": [service.pk for service in made.made], "had": list(made.had)})


def known(key: str) -> StarterSet:
    if key not in SETS:
        raise Http404
    return SETS[key]


def as_row(one: StarterSet) -> dict[str, Any]:
    services = [
        {
            "key": service.key,
            "name": service.name,
            "description": service.description,
            "steps": len(service.parts),
            "handover_points": sum(bool(part.point) for part in service.parts),
        }
        for service in one.services
    ]
    return {"key": one.key, "kind": one.kind, "name": one.name, "description": one.sentence, "services": services}
