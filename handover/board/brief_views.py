"""The incoming brief, for somebody who starts a shift."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from handover.board.brief_queries import brief
from handover.board.context import moment_of, timetable_of


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """``/brief/``: what waits, what is promised, what changed. ``?changes=all`` for all that changed."""
    if request.team is None:
        return redirect("board:my-shift")
    made = brief(request.user, request.team, moment_of(request), table=timetable_of(request), everything=request.GET.get("changes") == "all")
    return render(request, "board/brief.html", {"page": "brief", "brief": made, "team": request.team})
