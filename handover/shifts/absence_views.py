"""Absences: who is away, who stands in, and the form to tell it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.keyset import keyset_page
from common.notices import say
from common.web import attempt, status_for
from handover import moves
from handover.actions.models import Action
from handover.moves.away import waiting
from handover.shifts import absence_operations, absence_permissions, absence_queries
from handover.shifts.absence_forms import AbsenceForm
from handover.shifts.absence_models import Absence
from handover.shifts.permissions import may_plan


@require_GET
def absences(request: HttpRequest) -> HttpResponse:
    """``/rota/absences/``: who is away now and in the time to come; ``?over=1`` what is over."""
    if request.team is None:
        return redirect("board:my-shift")
    at, over = timezone.now(), request.GET.get("over") == "1"
    found = absence_queries.listed(request.team, over=over, at=at)
    page = keyset_page(found, sort="starts_at", cursor=request.GET.get("cursor"), size=25, descending=over)
    context = {"page": "rota", "rows": [row(request, one, at) for one in page.rows], "next_cursor": page.next_cursor, "over": over, "at": at}
    return render(request, "shifts/absences.html", context)


def row(request: HttpRequest, absence: Absence, at: Any) -> dict[str, Any]:
    why = absence.reason if absence_permissions.may_read_reason(request.user, absence) else ""
    return {"absence": absence, "when": absence_queries.when(absence, at), "holds": absence.holds(at), "over": absence.is_over(at), "why": why}


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    if request.team is None:
        return redirect("board:my-shift")
    at, leads = timezone.now(), may_plan(request.user, request.team.pk)
    initial = {"colleague": request.user.pk, "first": request.team.local(at).date()}
    form = AbsenceForm(request.POST if request.method == "POST" else None, team=request.team, user=request.user, may_plan=leads, initial=initial)
    if attempt(form, moves.tell_absence, team=request.team, by=request.user, at=at):
        say(request, "Saved. Whoever is concerned has been told.")
        return redirect(form.result)
    return render(request, "shifts/new_absence.html", {"page": "rota", "form": form, "may_plan": leads, "at": at}, status=status_for(form))


@require_GET
def absence(request: HttpRequest, ref: str) -> HttpResponse:
    """``/rota/absences/<ref>/``: the shifts it takes with who stands in, and what waits for the colleague meanwhile."""
    found = find(request, ref)
    at = timezone.now()
    standing = not found.is_over(at)
    context = row(request, found, at) | {
        "page": "rota",
        "lines": absence_queries.lines(found, at) if standing else [],
        "waiting": waiting(found) if standing else [],
        "held": Action.objects.held_by(found.colleague).filter(team=found.team_id).count() if standing else 0,
        "may_end": standing and absence_permissions.may_change(request.user, found),
        "may_plan": may_plan(request.user, found.team_id),
        "is_mine": found.colleague_id == request.user.pk,
        "zone": found.team.tz,
        "at": at,
    }
    return render(request, "shifts/absence.html", context)


@require_POST
def end(request: HttpRequest, ref: str) -> HttpResponse:
    found = find(request, ref)
    absence_operations.be_back(absence_id=found.pk, by=request.user, at=timezone.now())
    say(request, "The absence has ended. Shifts to come are as they were planned.")
    return redirect(found)


def find(request: HttpRequest, ref: str) -> Absence:
    return get_object_or_404(Absence.objects.visible_to(request.user).select_related("team", "colleague", "stand_in", "told_by"), ref=ref)
