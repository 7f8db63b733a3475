"""The pages on which leads plan patterns: new and changed ones, exceptions, bank holidays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from common.notices import say
from common.web import attempt, status_for
from handover.shifts import exception_operations, operations, permissions
from handover.shifts.forms import ExceptionForm, HolidayForm, PatternForm
from handover.shifts.models import ShiftPattern
from handover.shifts.pattern_models import HolidayPlace, PatternException
from handover.shifts.pattern_queries import holidays_of


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
def exceptions(request: HttpRequest, pk: int) -> HttpResponse:
    """``/rota/patterns/<pk>/exceptions/``: days on which a pattern does not run, or runs at other times."""
    found = get_object_or_404(ShiftPattern.objects.visible_to(request.user).select_related("team"), pk=pk)
    permissions.check_plan(request.user, found.team_id)
    at = timezone.now()
    form = ExceptionForm(request.POST if request.method == "POST" else None)
    if attempt(form, exception_operations.add_exception, pattern=found, by=request.user, at=at):
        say(request, "Saved. The shifts of these days are changed; those that something refers to keep their times.")
        return redirect("shifts:exceptions", pk=pk)
    rows = found.exceptions.filter(last_day__gte=found.team.local(at).date() - timedelta(days=1)).order_by("first_day", "pk")
    return render(request, "shifts/exceptions.html", {"page": "rota", "pattern": found, "form": form, "rows": rows}, status=status_for(form))


@require_POST
def remove_exception(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PatternException.objects.visible_to(request.user).select_related("pattern__team"), pk=pk)
    exception_operations.remove_exception(exception=found, by=request.user, at=timezone.now())
    say(request, "Removed. These days are as usual again.")
    return redirect("shifts:exceptions", pk=found.pattern_id)


@require_http_methods(["GET", "POST"])
def holidays(request: HttpRequest) -> HttpResponse:
    """``/rota/holidays/``: whose bank holidays the team keeps."""
    team, at = request.team, timezone.now()
    if team is None:
        return redirect("board:my-shift")
    permissions.check_plan(request.user, team.pk)
    place = HolidayPlace.objects.filter(team=team).first()
    form = HolidayForm(request.POST if request.method == "POST" else None, place=str(place or ""))
    if attempt(form, exception_operations.set_holiday_place, team=team, by=request.user, at=at):
        say(request, "Saved. Patterns that are other on bank holidays are planned by them.")
        return redirect("shifts:holidays")
    today = team.local(at).date()
    days = holidays_of([team.pk], today, today + timedelta(days=365)).get(team.pk, {})
    patterns = ShiftPattern.objects.current().filter(team=team)
    return render(request, "shifts/holidays.html", {"page": "rota", "form": form, "days": days, "patterns": patterns}, status=status_for(form))


def _form(request: HttpRequest, form: Any, title: str, **more: Any) -> HttpResponse:
    return render(request, "shifts/pattern.html", {"page": "rota", "form": form, "title": title, **more}, status=status_for(form))
