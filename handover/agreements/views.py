"""An agreement as everybody reads it: what is in force, its versions, any two of them side by side, and when it is looked at next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common.notices import say
from common.web import attempt, status_for
from handover.agreements import operations, permissions, queries, wording
from handover.agreements.agreeing import Says
from handover.agreements.answer_forms import ReviewForm
from handover.agreements.comparing import changes
from handover.agreements.models import Agreement, AgreementVersion
from handover.agreements.states import State
from handover.policies.queries import for_services


@require_GET
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """``/agreements/<ref>/``: the version in force, and with ``?version=2`` one before it, which running handovers may be under."""
    return _page(request, queries.found(request.user, ref))


@require_POST
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """``/agreements/<ref>/review/``: a lead has looked at it, and it still holds."""
    agreement = queries.found(request.user, ref)
    permissions.check_decide(request.user, agreement.team_id)
    form = ReviewForm(request.POST)
    if attempt(form, operations.review, agreement=agreement, by=request.user, at=timezone.now()):
        say(request, "Still agreed. You are reminded on the day that you chose.")
        return redirect(agreement)
    return _page(request, agreement, form)


@require_GET
def compare(request: HttpRequest, ref: str) -> HttpResponse:
    """``/agreements/<ref>/compare/?then=2&now=3``: any two versions; without numbers what is in force and the one before."""
    agreement = queries.found(request.user, ref)
    versions = list(agreement.versions.order_by("-number"))
    if not versions:
        raise Http404
    now = _chosen(request, "now", versions) or next((one for one in versions if one.state == State.IN_FORCE), versions[0])
    earlier = [one for one in versions if one.number < now.number and one.in_force_at]
    then = _chosen(request, "then", versions) or (earlier[0] if earlier else now)
    found = {one.pk: one for one in queries.complete(AgreementVersion.objects.filter(pk__in=[then.pk, now.pk]))}
    lines = changes(found[then.pk], found[now.pk])
    context = {"page": "map", "agreement": agreement, "versions": versions, "then": then, "now": now, "lines": lines, "zone": agreement.team.tz}
    return render(request, "agreements/compare.html", {**context, "count": sum(line.differs for line in lines)})


def _chosen(request: HttpRequest, name: str, versions: list[AgreementVersion]) -> AgreementVersion | None:
    wanted = request.GET.get(name, "")
    if not wanted:
        return None
    found = next((one for one in versions if str(one.number) == wanted), None)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, agreement: Agreement, review_form: ReviewForm | None = None) -> HttpResponse:
    versions = list(agreement.versions.select_related("created_by").order_by("-number"))
    wanted = request.GET.get("version", "")
    shown = next((one for one in versions if (str(one.number) == wanted if wanted else one.state == State.IN_FORCE)), None)
    proposed = next((one for one in versions if one.state == State.PROPOSED), None)
    if shown is None and proposed is not None and not wanted:
        return redirect(proposed)
    if shown is None and (wanted or not versions):
        raise Http404
    version = queries.complete(AgreementVersion.objects.filter(pk=(shown or versions[0]).pk)).select_related("created_by", "decided_by").get()
    answers = queries.answers_with_roles(version)
    is_in_force = version.state == State.IN_FORCE
    context: dict[str, Any] = {
        "page": "map",
        "agreement": agreement,
        "version": version,
        "is_in_force": is_in_force,
        "to_whom": wording.to_whom(version),
        "how": wording.how(version),
        "check": wording.check(version),
        "not_done": wording.not_done(version),
        "going_past": wording.going_past(version),
        "soon": wording.how_soon(version),
        "rules": for_services([agreement.point.service_id], seen_by=request.user)[agreement.point.service_id],
        "versions": versions,
        "proposed": proposed,
        "answers": answers,
        "agreed": sum(one.answer == Says.AGREE for one in answers),
        "others": Agreement.objects.visible_to(request.user).filter(point=agreement.point).exclude(pk=agreement.pk),
        "may_propose": permissions.may_propose(request.user, agreement.team_id, version.to_team_id),
        "may_decide": permissions.may_decide(request.user, agreement.team_id),
        "review_due": is_in_force and version.review_on is not None and version.review_on <= agreement.team.local(timezone.now()).date(),
        "form": review_form or ReviewForm(),
        "zone": agreement.team.tz,
    }
    return render(request, "agreements/agreement.html", context, status=status_for(context["form"]))
