"""An agreement as everybody reads it, and the plain pages on which leads make and change it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from common.errors import StaleVersion
from common.notices import say
from common.web import attempt, status_for
from handover.agreements import operations, permissions, queries, wording
from handover.agreements.forms import NewAgreementForm, TermsForm
from handover.agreements.models import Agreement, AgreementVersion, Applies, VersionState
from handover.catalog.models import HandoverPoint


@require_GET
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """``/agreements/<ref>/``: the version in force, and with ``?version=2`` one before it, which running handovers may be under."""
    agreement = _find(request, ref)
    versions = list(agreement.versions.select_related("created_by").order_by("-number"))
    wanted = request.GET.get("version", "")
    shown = next((one for one in versions if (str(one.number) == wanted if wanted else one.state == VersionState.IN_FORCE)), None)
    if shown is None and (wanted or not versions):
        raise Http404
    version = queries.complete(AgreementVersion.objects.filter(pk=(shown or versions[0]).pk)).get()
    context = {
        "page": "map",
        "agreement": agreement,
        "version": version,
        "is_in_force": version.state == VersionState.IN_FORCE,
        "to_whom": wording.to_whom(version),
        "how": wording.how(version),
        "check": wording.check(version),
        "going_past": wording.going_past(version),
        "soon": wording.how_soon(version),
        "versions": versions,
        "others": Agreement.objects.visible_to(request.user).filter(point=agreement.point).exclude(pk=agreement.pk),
        "may_decide": permissions.may_decide(request.user, agreement.team_id),
        "zone": agreement.team.tz,
    }
    return render(request, "agreements/agreement.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, point: int) -> HttpResponse:
    """``/agreements/new/<point>/``: the first terms for a handover point."""
    found = get_object_or_404(HandoverPoint.objects.visible_to(request.user).select_related("service__team"), pk=point)
    permissions.check_decide(request.user, found.service.team_id)
    taken = set(found.agreements.values_list("applies", flat=True))
    form = NewAgreementForm(request.POST or None, team=found.service.team, taken=taken)
    if attempt(form, operations.make, point=found, by=request.user, at=timezone.now()):
        say(request, "Agreed, and in force from now on.")
        return redirect(form.result.agreement)
    context = {"point": found, "title": f"Agree how {found.service} is handed over", "complete": taken == set(Applies.values)}
    return _form(request, form, context)


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
    if isinstance(form.refusal, StaleVersion):  # type: ignore[attr-defined]
        form.data = form.data.copy()
        form.data["read"] = form.refusal.extra["theirs"]  # type: ignore[attr-defined]
    return _form(request, form, {"point": agreement.point, "agreement": agreement, "title": f"Change {agreement.ref}"})


def _form(request: HttpRequest, form: TermsForm, context: dict[str, Any]) -> HttpResponse:
    return render(request, "agreements/form.html", {"page": "map", "form": form, **context}, status=status_for(form))


def _find(request: HttpRequest, ref: str) -> Agreement:
    return get_object_or_404(Agreement.objects.visible_to(request.user).select_related("team", "point__service__team"), ref=ref)
