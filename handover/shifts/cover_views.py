"""A lead puts somebody else on a shift for somebody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.notices import say
from common.web import attempt, status_for
from handover.shifts import cover_operations, permissions
from handover.shifts.cover_forms import CoverForm
from handover.shifts.models import Shift
from handover.shifts.taking_on import roles_lost, warning


@require_http_methods(["GET", "POST"])
def cover(request: HttpRequest, ref: str) -> HttpResponse:
    """``/rota/shifts/<ref>/cover/``: who is off, and who comes; where a job role would be missing, it is said before."""
    shift = get_object_or_404(Shift.objects.visible_to(request.user).select_related("team"), ref=ref)
    permissions.check_plan(request.user, shift.team_id)
    at = timezone.now()
    initial = {"colleague": request.GET.get("for")}
    form = CoverForm(request.POST if request.method == "POST" else None, shift=shift, initial=initial)
    warned = lost(form, shift, at)
    if attempt(form, cover_operations.cover, shift_id=shift.pk, by=request.user, at=at):
        say(request, f"Saved. {form.cleaned_data['stand_in'].display_name} is on {shift.name} now. {warned}".strip())
        return redirect("shifts:shift", ref=shift.ref)
    context = {"page": "rota", "shift": shift, "form": form, "zone": shift.team.tz, "at": at}
    return render(request, "shifts/cover.html", context, status=status_for(form))


def lost(form: forms.Form, shift: Shift, at: Any) -> str:
    """The job roles that would be missing; asked before the change."""
    if not (form.is_bound and form.is_valid()):
        return ""
    off, on = form.cleaned_data["colleague"], form.cleaned_data["stand_in"]
    return warning(roles_lost(shift, off=off.pk, on=on.pk), shift, shift.team, at)
