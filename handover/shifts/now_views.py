"""Who is on now and next, and one's own shifts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from handover.handovers.on_duty_queries import duty
from handover.shifts.mine_queries import my_shifts
from handover.shifts.permissions import may_plan


@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """``/rota/now/``: names, job roles, until when, how much they hold, how to reach them; who is next; where nobody is."""
    if request.team is None:
        return redirect("board:my-shift")
    at = timezone.now()
    context = {"page": "rota", "duty": duty(request.team, at), "may_plan": may_plan(request.user, request.team.pk), "at": at}
    return render(request, "shifts/now.html", context)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """``/rota/mine/``: what I am on, and from here to a swap, an absence or a calendar address."""
    if request.team is None:
        return redirect("board:my-shift")
    at = timezone.now()
    return render(request, "shifts/mine.html", {"page": "rota", "rows": my_shifts(request.user, request.team, at), "at": at})
