"""The service map, and the plain pages on which leads make it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from common.notices import say
from common.web import attempt, status_for
from handover.catalog import operations, permissions, queries
from handover.catalog.forms import ServiceForm
from handover.catalog.models import Service


@require_GET
def service_map(request: HttpRequest) -> HttpResponse:
    """``/services/``: what relies on teamwork, step by step, and where information changes hands."""
    if request.team is None:
        return redirect("board:my-shift")
    context = {"page": "map", "services": queries.service_map(request.team), "may_decide": permissions.may_decide(request.user, request.team.pk)}
    return render(request, "catalog/services.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    if request.team is None:
        return redirect("board:my-shift")
    permissions.check_decide(request.user, request.team.pk)
    form = ServiceForm(request.POST or None)
    if attempt(form, operations.add_service, team=request.team, by=request.user, at=timezone.now()):
        say(request, f"Saved. Agree now how {form.result.name} is handed over.")
        return redirect("catalog:services")
    return render(request, "catalog/service_form.html", {"page": "map", "form": form, "title": "Add a service"}, status=status_for(form))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    service = get_object_or_404(Service.objects.visible_to(request.user).select_related("team"), pk=pk)
    permissions.check_decide(request.user, service.team_id)
    form = ServiceForm(request.POST or None, service=service)
    if attempt(form, operations.change_service, service=service, by=request.user, at=timezone.now()):
        say(request, "Saved.")
        return redirect("catalog:services")
    return render(request, "catalog/service_form.html", {"page": "map", "form": form, "title": f"Change {service.name}"}, status=status_for(form))
