"""An agreement as everybody reads it, and the plain pages on which leads make and change it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from common.notices import say
from common.web import attempt, status_for
from handover.agreements import operations, permissions, queries
from handover.agreements.forms import NewAgreementForm, TermsForm
from handover.agreements.models import Agreement, AgreementVersion
from handover.catalog.models import HandoverPoint
from handover.due.limits import ACCEPT, Urgency


@require_GET
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """``/agreements/<ref>/``: the version in force, and the ones before it."""
    agreement = _find(request, ref)
    version = queries.complete(AgreementVersion.objects.filter(agreement=agreement)).order_by("-number").first()
    limits = {limit.urgency: limit for limit in version.limits.all()} if version else {}
    usual = {urgency: limit.escalate for urgency, limit in ACCEPT.items()}
    context = {
        "page": "map",
        "agreement": agreement,
        "version": version,
        "limits": [
            {
                "urgency": label,
                "within": limits[key].accept_within if key in limits else None,
                "usual": usual[Urgency(key)],
                "read_back": key in limits and limits[key].read_back,
            }
            for key, label in Urgency.choices
        ],
        "versions": agreement.versions.select_related("created_by").order_by("-number"),
        "may_decide": permissions.may_decide(request.user, agreement.team_id),
        "zone": agreement.team.tz,
    }
    return render(request, "agreements/agreement.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, point: int) -> HttpResponse:
    """``/agreements/new/<point>/``: the first terms for a handover point."""
    found = get_object_or_404(HandoverPoint.objects.visible_to(request.user).select_related("service__team"), pk=point)
    permissions.check_decide(request.user, found.service.team_id)
    form = NewAgreementForm(request.POST or None, team=found.service.team)
    if attempt(form, operations.make, point=found, by=request.user, at=timezone.now()):
        say(request, "Agreed, and in force from now on.")
        return redirect(form.result.agreement)
    return render(
        request,
        "agreements/form.html",
        {"page": "map", "form": form, "point": found, "title": f"Agree how {found.service} is handed over"},
        status=status_for(form),
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, ref: str) -> HttpResponse:
    """``/agreements/<ref>/change/``: new terms are a new version; running handovers keep theirs."""
    agreement = _find(request, ref)
    permissions.check_decide(request.user, agreement.team_id)
    version = queries.complete(AgreementVersion.objects.in_force().filter(agreement=agreement)).first()
    form = TermsForm(request.POST or None, team=agreement.team, version=version)
    if attempt(form, operations.change, agreement=agreement, by=request.user, at=timezone.now()):
        say(request, f"Version {form.result.number} is in force. What is on its way keeps the version that it was made under.")
        return redirect(agreement)
    return render(
        request,
        "agreements/form.html",
        {"page": "map", "form": form, "point": agreement.point, "agreement": agreement, "title": f"Change {agreement.ref}"},
        status=status_for(form),
    )


def _find(request: HttpRequest, ref: str) -> Agreement:
    return get_object_or_404(Agreement.objects.visible_to(request.user).select_related("team", "point__service__team"), ref=ref)
