"""The service map, and the plain pages on which leads make it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.errors import Refusal
from common.notices import say
from common.web import attempt, sentence_of, status_for
from handover.agreements.models import AgreementVersion
from handover.agreements.queries import in_force_by_point, proposed_by_point
from handover.agreements.wording import compared
from handover.board.teamwork_queries import changes_hands
from handover.catalog import operations, permissions, queries
from handover.catalog.forms import ServiceForm
from handover.catalog.models import HandoverPoint, Service
from handover.policies.queries import for_services


@require_GET
def service_map(request: HttpRequest) -> HttpResponse:
    """``/services/?service=<pk>``: what relies on teamwork; one service step by step, and what is agreed where information changes hands."""
    if request.team is None:
        return redirect("board:my-shift")
    services = list(queries.services_of(request.team))
    context: dict[str, Any] = {"page": "map", "services": services, "may_add": permissions.may_decide(request.user, request.team.pk)}
    if wanted := request.GET.get("service", ""):
        service = next((one for one in services if str(one.pk) == wanted), None) or elsewhere(request, wanted)
    else:
        service = services[0] if services else None
    if service is not None:
        if service.team_id == request.team.pk:
            service.team = request.team
        context |= one_service(service) | {"may_decide": permissions.may_decide(request.user, service.team_id)}
        figures = changes_hands({*services, service}, at=timezone.now())
        context["figures"] = figures[service.pk]
        for one in services:
            one.points_out = figures[one.pk].points_out
    return render(request, "catalog/services.html", context)


def one_service(service: Service) -> dict[str, Any]:
    """A service step by step, with what is agreed at each handover point."""
    agreed, proposed, flow = in_force_by_point(service.pk), proposed_by_point(service.pk), queries.flow(service)
    today = service.team.local(timezone.now()).date()
    steps = [(step, [shown(point, agreed.get(point.pk, {}), proposed.get(point.pk, []), today) for point in points]) for step, points in flow.steps]
    points = [point for _, found in steps for point in found]
    return {"service": service, "flow": flow, "steps": steps, "points": points, "rules": for_services([service.pk])[service.pk]}


def elsewhere(request: HttpRequest, pk: str) -> Service:
    """A service of another of one's teams, where a link leads to it."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        raise Http404
    return get_object_or_404(Service.objects.visible_to(request.user), pk=int(pk))


def shown(point: HandoverPoint, agreed: dict[str, Any], proposed: list[AgreementVersion], today: date) -> dict[str, Any]:
    """A handover point with what is agreed there, line by line."""
    during, between = agreed.get("during"), agreed.get("between")
    versions = list(dict.fromkeys(version for version in (during, between) if version))
    return {
        "point": point,
        "versions": versions,
        "lines": compared(during, between) if versions else [],
        "half": bool(during) != bool(between) and not proposed,
        "proposed": proposed,
        "waiting": {one.agreement_id for one in proposed},
        "is_review_due": any(version.review_on and version.review_on <= today for version in versions),
    }


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    if request.team is None:
        return redirect("board:my-shift")
    permissions.check_decide(request.user, request.team.pk)
    form = ServiceForm(request.POST or None, team=request.team)
    if attempt(form, operations.add_service, team=request.team, by=request.user, at=timezone.now()):
        say(request, f"Saved. Agree now how {form.result.name} is handed over.")
        return redirect(address(form.result))
    return render(request, "catalog/service_form.html", {"page": "map", "form": form, "title": "Add a service"}, status=status_for(form))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    service = get_object_or_404(Service.objects.visible_to(request.user).select_related("team"), pk=pk)
    permissions.check_decide(request.user, service.team_id)
    form = ServiceForm(request.POST or None, team=service.team, service=service)
    if attempt(form, operations.change_service, service=service, by=request.user, at=timezone.now()):
        say(request, "Saved.")
        return redirect(address(service))
    context = {"page": "map", "form": form, "service": service, "title": f"Change {service.name}"}
    return render(request, "catalog/service_form.html", context, status=status_for(form))


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """``/services/<pk>/mark/``: it relies on teamwork, or (``relies=no``) not any more; one press beside the figures that say so."""
    service = get_object_or_404(Service.objects.visible_to(request.user).select_related("team"), pk=pk)
    relies = request.POST.get("relies") != "no"
    try:
        operations.mark_teamwork(service=service, by=request.user, at=timezone.now(), relies=relies)
        say(request, f"Marked: {service.name} relies on teamwork. Say at which step it changes hands." if relies else f"{service.name} is no longer marked.")
    except Refusal as refusal:
        permissions.check_decide(request.user, service.team_id)
        messages.error(request, sentence_of(refusal))
    return redirect(address(service))


def address(service: Service) -> str:
    return f"{reverse('catalog:services')}?service={service.pk}"
