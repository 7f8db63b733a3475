"""A week of the rota as a grid, and single shifts: planned by hand, at other times, taken out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Team
from common.errors import NotAllowed
from common.notices import say
from common.web import attempt, status_for
from handover.shifts import permissions, week_operations
from handover.shifts.models import Shift
from handover.shifts.week_forms import ShiftForm, TimesForm, WeekForm
from handover.shifts.week_queries import monday_of, week


def first_day(request: HttpRequest, team: Team, at: datetime) -> date:
    """The Monday of the week that was asked for; this week's for anything that is not a day within two years."""
    today = team.local(at).date()
    try:
        wanted = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        wanted = today
    return monday_of(wanted if abs(wanted - today) < timedelta(days=730) else today)


@require_http_methods(["GET", "POST"])
def week_page(request: HttpRequest) -> HttpResponse:
    """``/rota/week/?from=2026-03-02``: read by everybody of the team, planned by leads."""
    team, at = request.team, timezone.now()
    if team is None:
        return redirect("board:my-shift")
    may_plan, monday = permissions.may_plan(request.user, team.pk), first_day(request, team, at)
    if request.method == "POST" and not may_plan:
        raise NotAllowed("Only a lead of the team plans the rota.", possible="Ask a lead of your team.")
    form = WeekForm(request.POST if request.method == "POST" else None)
    if attempt(form, week_operations.roster, team=team, by=request.user, at=at):
        say(
            request,
            f"Saved: {form.result} {'change' if form.result == 1 else 'changes'}. Everybody whose shifts changed is told."
            if form.result
            else "Nothing had changed.",
        )
        return redirect(f"/rota/week/?{urlencode({'from': monday.isoformat()})}")
    shown = week(team, monday, at, ticked=form.ticked() if form.is_bound else None)
    context = {"page": "rota", "week": shown, "form": form, "was": form.data.get("was") if form.is_bound else shown.pairs, "may_plan": may_plan}
    return render(request, "shifts/week.html", context, status=status_for(form))


@require_http_methods(["GET", "POST"])
def new_shift(request: HttpRequest) -> HttpResponse:
    """``/rota/shifts/new/``: one shift planned by hand."""
    team, at = request.team, timezone.now()
    if team is None:
        return redirect("board:my-shift")
    permissions.check_plan(request.user, team.pk)
    form = ShiftForm(request.POST if request.method == "POST" else None, team=team, day=team.local(at).date() + timedelta(days=1))
    if attempt(form, week_operations.add_shift, team=team, by=request.user, at=at):
        say(request, f"{form.result.name} is in the rota.")
        return redirect(f"/rota/week/?from={form.result.local_date.isoformat()}")
    context = {"page": "rota", "form": form, "title": "Plan one shift by hand"}
    return render(request, "shifts/new_shift.html", context, status=status_for(form))


def _found(request: HttpRequest, ref: str) -> Shift:
    return get_object_or_404(Shift.objects.visible_to(request.user).select_related("team", "pattern"), ref=ref)


@require_http_methods(["GET", "POST"])
def times(request: HttpRequest, ref: str) -> HttpResponse:
    """``/rota/shifts/<ref>/times/``: another start and end of this one shift."""
    shift, at = _found(request, ref), timezone.now()
    permissions.check_plan(request.user, shift.team_id)
    form = TimesForm(request.POST if request.method == "POST" else None, shift=shift)
    if attempt(form, week_operations.change_times, shift=shift, by=request.user, at=at):
        say(request, f"{shift.name} has other times now. Everybody on it is told.")
        return redirect("shifts:shift", ref=ref)
    return render(request, "shifts/times.html", {"page": "rota", "shift": shift, "form": form}, status=status_for(form))


@require_POST
def drop(request: HttpRequest, ref: str) -> HttpResponse:
    shift = _found(request, ref)
    week_operations.drop_shift(shift=shift, by=request.user, at=timezone.now())
    say(request, f"{shift.name} is taken out of the rota. Everybody who was on it is told.")
    return redirect(f"/rota/week/?from={shift.local_date.isoformat()}")
