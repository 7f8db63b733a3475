"""For leads: which criteria the team has no records of lately."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from reviews.evidence import permissions, team_queries
from reviews.evidence.models import Standard
from reviews.evidence.standards import PARTS


@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """``/evidence/team/?standard=A|B``: a hint for training."""
    if request.team is None:
        raise Http404
    permissions.check_see_team(request.user, request.team.pk)
    standard = request.GET.get("standard", "")
    standard = standard if standard in Standard.values else Standard.A.value
    rows = team_queries.matrix(request.team, standard, timezone.now())
    parts = [(name, [row for row in rows if row.criterion.part == name]) for name in PARTS.values()]
    context = {"page": "evidence", "parts": parts, "bare": [row for row in rows if row.is_bare], "standard": standard, "standards": Standard.values}
    return render(request, "evidence/team.html", context)
