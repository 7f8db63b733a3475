"""One's own evidence by the REST API. Reading only, and one's own only."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from reviews.evidence import permissions, queries
from reviews.evidence.content import content_of
from reviews.evidence.rows import EvidenceRow

OFF: dict[str, Any] = {"is_on": False, "standard": None, "since": None, "until": None, "shown": 0, "criteria": []}
OF_A_CRITERION = ("id", "text", "statement")
OF_A_RECORD = ("at", "what", "facts", "ref", "words", "line")


class EvidenceView(APIView):
    """A colleague's own evidence."""

    metadata_class = None

    @extend_schema(operation_id="evidence_retrieve", responses=EvidenceRow)
    def get(self, request: Request) -> Response:
        """Your own, by criterion: what you picked and wrote. For colleagues in a session; an integration has none."""
        permissions.check_person(request.user)
        found = queries.evidence_of(request.user)
        if found is None or not found.is_on:
            return Response(OFF)
        team = getattr(request, "team", None)
        content = content_of(found, team.tz if team else timezone.get_current_timezone(), timezone.now())
        criteria = [
            {name: one[name] for name in OF_A_CRITERION} | {"records": [{name: record[name] for name in OF_A_RECORD} for record in one["records"]]}
            for one in content["criteria"]
        ]
        return Response({"is_on": True, **{name: content[name] for name in ("standard", "since", "until", "shown")}, "criteria": criteria})
