"""The rota: who is on now and next, the days ahead, and the simple pages on which leads plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from common.errors import NotAllowed
from common.notices import say
from common.web import attempt, status_for
from handover.shifts import operations, permissions
from handover.shifts.forms import CrewForm, days_in_words, more_in_words
from handover.shifts.models import Shift, ShiftPattern
from handover.shifts.queries import WHO_IS_ON, Slot, timetable
from handover.shifts.rota_queries import days_ahead


@require_GET
def rota(request: HttpRequest) -> HttpResponse:
    """``/rota/``: readable by everybody of the team."""
    team, at = request.team, timezone.now()
    if team is None:
        return redirect("board:my-shift")
    table = timetable(team.pk, at)
    running = [slot for slot in table.slots if slot.runs(at)]
    following = table.incoming(table.running(at), at)
    names = dict(User.objects.filter(pk__in={pk for slot in table.slots for pk in slot.crew}).values_list("pk", "display_name"))
    patterns = list(ShiftPattern.objects.current().filter(team=team).prefetch_related("crew", "weeks"))
    columns, days = days_ahead(team, patterns, at)
    context = {
        "page": "rota",
        "running": [_named(slot, names) for slot in running],
        "following": _named(following, names) if following and following not in running else None,
        "columns": columns,
        "days": days,
        "patterns": [{"pattern": pattern, "days": days_in_words(pattern.weekdays), "more": more_in_words(pattern)} for pattern in patterns],
        "may_plan": permissions.may_plan(request.user, team.pk),
        "at": at,
    }
    return render(request, "shifts/rota.html", context)


def _named(slot: Slot, names: dict[int, str]) -> dict[str, Any]:
    """A shift with the names of those on it."""
    return {"slot": slot, "names": ", ".join(sorted(names[pk] for pk in slot.crew if pk in names)) or "Nobody yet"}


@require_http_methods(["GET", "POST"])
def shift(request: HttpRequest, ref: str) -> HttpResponse:
    """``/rota/shifts/<ref>/``: who is on one shift."""
    found = get_object_or_404(Shift.objects.visible_to(request.user).select_related("team").prefetch_related(WHO_IS_ON), ref=ref)
    may_plan = permissions.may_plan(request.user, found.team_id)
    if request.method == "POST" and not may_plan:
        raise NotAllowed("Only a lead of the team plans the rota.", possible="Ask a lead of your team.")
    form = CrewForm(request.POST if request.method == "POST" else None, shift=found)
    at = timezone.now()
    if attempt(form, operations.set_crew, shift=found, by=request.user, at=at):
        say(request, "Saved.")
        return redirect("shifts:rota")
    context = {"page": "rota", "shift": found, "form": form, "may_plan": may_plan, "is_over": found.ends_at <= at, "zone": found.team.tz, "at": at}
    context["off"] = found.rosterings.exclude(away="").select_related("colleague").order_by("colleague__display_name", "pk")
    return render(request, "shifts/shift.html", context, status=status_for(form))
