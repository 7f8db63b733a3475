"""The pages on which somebody writes a proposal: the first one at a handover point, a change, and a change to what is proposed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import StaleVersion
from common.notices import say
from common.web import attempt, status_for
from handover.agreements import drafting, operations, permissions, queries
from handover.agreements.models import Agreement, AgreementVersion, Applies
from handover.agreements.propose_forms import FirstForm, ProposeForm
from handover.agreements.states import State
from handover.catalog.models import HandoverPoint

MOST_FIELDS, LONGEST = 200, 5_000
LISTS = {"receiving_roles", "named"}
NOT_KEPT = {"csrfmiddlewaretoken", "draft_version", "read"}


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, point: int) -> HttpResponse:
    """``/agreements/new/<point>/``: propose the first terms for a handover point; a lead may put them in force at once."""
    found = _point(request, point)
    permissions.check_propose(request.user, found.service.team_id)
    taken = set(found.agreements.filter(versions__state__in=[State.IN_FORCE, State.PROPOSED]).values_list("applies", flat=True))
    at, draft = timezone.now(), drafting.find(writer=request.user, point=found)
    form = FirstForm(_sent(request), team=found.service.team, by=request.user, at=at, taken=taken, kept=draft.fields if draft else None)
    if not _only_looks(request) and attempt(form, operations.propose_first, point=found, by=request.user, at=at):
        drafting.discard(writer=request.user, point=found)
        return _done(request, form.result)
    title = f"Agree how {found.service} is handed over"
    return _page(request, form, {"point": found, "title": title, "draft": draft, "complete": taken == set(Applies.values)})


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, ref: str) -> HttpResponse:
    """``/agreements/<ref>/change/``: propose the next version; running handovers keep theirs."""
    agreement = queries.found(request.user, ref)
    now = queries.complete(AgreementVersion.objects.in_force().filter(agreement=agreement)).first()
    permissions.check_propose(request.user, agreement.team_id, now.to_team_id if now else None)
    at, draft = timezone.now(), drafting.find(writer=request.user, point=agreement.point, agreement=agreement)
    form = ProposeForm(_sent(request), team=agreement.team, by=request.user, at=at, version=now, kept=draft.fields if draft else None)
    if not _only_looks(request) and attempt(form, operations.propose, agreement=agreement, by=request.user, at=at):
        drafting.discard(writer=request.user, point=agreement.point, agreement=agreement)
        return _done(request, form.result)
    _reread(form)
    context = {"point": agreement.point, "agreement": agreement, "version": now, "draft": draft, "title": f"Propose a change to {agreement.ref}"}
    return _page(request, form, context | {"open": AgreementVersion.objects.proposed().filter(agreement=agreement).select_related("created_by").first()})


@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """``/agreements/<ref>/proposals/<number>/change/``: whoever proposed it changes the text; answers to the older one are asked anew."""
    agreement = queries.found(request.user, ref)
    proposal = get_object_or_404(queries.complete(AgreementVersion.objects.filter(agreement=agreement)), number=number)
    permissions.check_write(request.user, proposal)
    at = timezone.now()
    form = ProposeForm(_sent(request), team=agreement.team, by=request.user, at=at, proposal=proposal)
    if not _only_looks(request) and attempt(form, operations.revise, version_id=proposal.pk, by=request.user, at=at):
        say(request, "Changed. Whoever is named is asked about the new text.")
        return redirect(proposal)
    _reread(form)
    context = {"point": agreement.point, "agreement": agreement, "version": proposal, "title": f"Change version {number}", "revising": True}
    return _page(request, form, context)


@require_POST
def draft_of_new(request: HttpRequest, point: int) -> JsonResponse:
    """``/agreements/new/<point>/draft/``: keep what is being typed."""
    found = _point(request, point)
    permissions.check_propose(request.user, found.service.team_id)
    return _keep(request, found, None)


@require_POST
def draft_of_change(request: HttpRequest, ref: str) -> JsonResponse:
    """``/agreements/<ref>/change/draft/``: keep what is being typed."""
    agreement = queries.found(request.user, ref)
    return _keep(request, agreement.point, agreement)


def _point(request: HttpRequest, pk: int) -> HandoverPoint:
    return get_object_or_404(HandoverPoint.objects.visible_to(request.user).select_related("service__team"), pk=pk)


def _keep(request: HttpRequest, point: HandoverPoint, agreement: Agreement | None) -> JsonResponse:
    fields: dict[str, Any] = {}
    for name, values in list(request.POST.lists())[:MOST_FIELDS]:
        if name not in NOT_KEPT:
            plain = [value[:LONGEST].replace("\0", "") for value in values]
            fields[name[:60]] = plain[:MOST_FIELDS] if name in LISTS else plain[-1]
    given = request.POST.get("draft_version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else None
    at = timezone.now()
    try:
        kept = drafting.save(writer=request.user, point=point, agreement=agreement, fields=fields, version=version, at=at)
    except StaleVersion as clash:
        return JsonResponse({"version": clash.extra["version"], "theirs": clash.extra["theirs"]}, status=409)
    return JsonResponse({"version": kept.version, "saved_at": f"{point.service.team.local(at):%H:%M}"})


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _only_looks(request: HttpRequest) -> bool:
    """Another receiving team was chosen: the form is drawn again with its job roles and colleagues, and nothing is sent."""
    return "look" in request.POST


def _done(request: HttpRequest, version: AgreementVersion) -> HttpResponse:
    if version.state == State.PROPOSED:
        say(request, f"Proposed. Version {version.number} is in force when everybody named has agreed.")
        return redirect(version)
    say(request, f"Version {version.number} is in force. What is on its way keeps the version that it was made under.")
    return redirect(version.agreement)


def _reread(form: ProposeForm) -> None:
    """After somebody else was faster: what they did was shown, and the next press is about that."""
    refusal = getattr(form, "refusal", None)
    if isinstance(refusal, StaleVersion):
        form.data = form.data.copy()
        form.data["read"] = refusal.extra["theirs"]


def _page(request: HttpRequest, form: ProposeForm, context: dict[str, Any]) -> HttpResponse:
    looks = _only_looks(request)
    if looks:
        form._errors = {}
    status = 200 if looks else status_for(form)
    return render(request, "agreements/form.html", {"page": "map", "form": form, **context}, status=status)
