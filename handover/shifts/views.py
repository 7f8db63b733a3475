"""The rota: who is on now and next, the days ahead, and the simple pages on which leads plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from common.errors import NotAllowed
from common.notices import say
from common.web import attempt, status_for
from handover.shifts import operations, permissions
from handover.shifts.forms import CrewForm, PatternForm, days_in_words
from handover.shifts.models import Shift, ShiftPattern
from handover.shifts.queries import Slot, timetable
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
    patterns = list(ShiftPattern.objects.current().filter(team=team).prefetch_related("crew"))
    columns, days = days_ahead(team, patterns, at)
    context = {
        "page": "rota",
        "running": [_named(slot, names) for slot in running],
        "following": _named(following, names) if following and following not in running else None,
        "columns": columns,
        "days": days,
        "patterns": [{"pattern": pattern, "days": days_in_words(pattern.weekdays)} for pattern in patterns],
        "may_plan": permissions.may_plan(request.user, team.pk),
        "at": at,
    }
    return render(request, "shifts/rota.html", context)


def _named(slot: Slot, names: dict[int, str]) -> dict[str, Any]:
    """A shift with the names of those on it."""
    return {"slot": slot, "names": ", ".join(sorted(names[pk] for pk in slot.crew if pk in names)) or "Nobody yet"}


@require_http_methods(["GET", "POST"])
def new_pattern(request: HttpRequest) -> HttpResponse:
    if request.team is None:
        return redirect("board:my-shift")
    permissions.check_plan(request.user, request.team.pk)
    form = PatternForm(request.POST or None, team=request.team)
    if attempt(form, operations.add_pattern, team=request.team, by=request.user, at=timezone.now()):
        say(request, "Saved. The shifts of the next two weeks are there.")
        return redirect("shifts:rota")
    return _form(request, form, "Add a shift pattern")


@require_http_methods(["GET", "POST"])
def pattern(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ShiftPattern.objects.visible_to(request.user).select_related("team"), pk=pk)
    permissions.check_plan(request.user, found.team_id)
    form = PatternForm(request.POST or None, team=found.team, pattern=found)
    if attempt(form, operations.change_pattern, pattern=found, by=request.user, at=timezone.now()):
        say(request, "Saved. Shifts to come are made anew; what has happened stays.")
        return redirect("shifts:rota")
    return _form(request, form, f"Change {found.name}", pattern=found)


@require_POST
def end_pattern(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ShiftPattern.objects.visible_to(request.user).select_related("team"), pk=pk)
    operations.end_pattern(pattern=found, by=request.user, at=timezone.now())
    say(request, f"{found.name} has ended. Nothing that happened is lost.")
    return redirect("shifts:rota")


@require_http_methods(["GET", "POST"])
def shift(request: HttpRequest, ref: str) -> HttpResponse:
    """``/rota/shifts/<ref>/``: who is on one shift."""
    found = get_object_or_404(Shift.objects.visible_to(request.user).select_related("team").prefetch_related("rosterings__colleague"), ref=ref)
    may_plan = permissions.may_plan(request.user, found.team_id)
    if request.method == "POST" and not may_plan:
        raise NotAllowed("Only a lead of the team plans the rota.", possible="Ask a lead of your team.")
    form = CrewForm(request.POST if request.method == "POST" else None, shift=found)
    at = timezone.now()
    if attempt(form, operations.set_crew, shift=found, by=request.user, at=at):
        say(request, "Saved.")
        return redirect("shifts:rota")
    context = {"page": "rota", "shift": found, "form": form, "may_plan": may_plan, "is_over": found.ends_at <= at, "zone": found.team.tz, "at": at}
    return render(request, "shifts/shift.html", context, status=status_for(form))


def _form(request: HttpRequest, form: Any, title: str, **more: Any) -> HttpResponse:
    return render(request, "shifts/pattern.html", {"page": "rota", "form": form, "title": title, **more}, status=status_for(form))
