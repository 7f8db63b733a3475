"""The pages on which somebody writes an improvement: a new one, from a review, a suggestion, another improvement or a figure; and a change to one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.errors import StaleVersion
from common.notices import say
from common.web import attempt, status_for
from reviews.improvements import operations, permissions
from reviews.improvements.forms import ChangeForm, start_from
from reviews.improvements.models import Improvement
from reviews.improvements.states import State
from reviews.reviewing.models import Review
from reviews.suggestions.models import Suggestion

FROM = {"review": Review, "suggestion": Suggestion, "adjusts": Improvement}
PLAIN = {"figure", "target"}


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """``/improvements/new/?review=|suggestion=|adjusts=<ref>&figure=&service=&agreement=``: filled in with what is known."""
    if request.team is None:
        return redirect("board:my-shift")
    at, sources = timezone.now(), sources_of(request)
    team = next((one.team for one in sources.values()), request.team)
    review = sources.get("review")
    permissions.check_propose(request.user, team.pk, review and review.other_team_id)
    start = start_of(request, sources)
    form = ChangeForm(request.POST or None, team=team, by=request.user, today=team.local(at).date(), start=start)
    if attempt(form, operations.propose, team=team, by=request.user, at=at, **sources):
        is_agreed = form.result.state == State.AGREED
        say(request, "Agreed: nobody else is concerned." if is_agreed else "Proposed. It is agreed when everybody concerned has said so.")
        return redirect(review or form.result)
    context = {"page": "reviews", "form": form, "sources": sources, "title": "Propose an improvement"}
    return render(request, "improvements/form.html", context, status=status_for(form))


@require_http_methods(["GET", "POST"])
def rewrite(request: HttpRequest, ref: str) -> HttpResponse:
    """``/improvements/<ref>/change/``: while it is being agreed; everybody else is asked anew."""
    found = get_object_or_404(Improvement.objects.visible_to(request.user).select_related("team"), ref=ref)
    permissions.check_write(request.user, found)
    at, asked = timezone.now(), found.consents.values_list("colleague_id", flat=True)
    form = ChangeForm(request.POST or None, team=found.team, by=request.user, today=found.team.local(at).date(), start=start_from(found), asked=asked)
    read = form["read"].value() if form.is_bound else None
    if attempt(form, operations.rewrite, improvement_id=found.pk, by=request.user, at=at, read=int(read) if str(read).isdigit() else None):
        say(request, "Changed. Whoever is concerned is asked about what it says now.")
        return redirect(found)
    if isinstance(getattr(form, "refusal", None), StaleVersion):
        form.data = form.data.copy()
        form.data["read"] = form.refusal.extra["theirs"]
    context = {"page": "reviews", "form": form, "sources": {}, "improvement": found, "title": "Change what is proposed"}
    return render(request, "improvements/form.html", context, status=status_for(form))


def sources_of(request: HttpRequest) -> dict[str, Any]:
    """What the address says that it comes from; what one may not see is not found."""
    asked = {name: request.GET.get(name, "") for name in FROM}
    return {name: get_object_or_404(FROM[name].objects.visible_to(request.user).select_related("team"), ref=ref) for name, ref in asked.items() if ref}


def start_of(request: HttpRequest, sources: dict[str, Any]) -> dict[str, Any]:
    start: dict[str, Any] = {}
    if review := sources.get("review"):
        start["concerned"] = list(review.participants.values_list("person_id", flat=True))
        start["about"] = about(review.service_id, review.agreement_id)
    if suggestion := sources.get("suggestion"):
        start |= {"change": suggestion.words[: operations.LONGEST], "why": f"{suggestion.author.first_name} suggested it."}
    if adjusts := sources.get("adjusts"):
        start |= {name: value for name, value in start_from(adjusts).items() if name not in ("due_on", "read")}
    for name in ("service", "agreement"):
        if request.GET.get(name, "").isdigit():
            start["about"] = f"{name}-{int(request.GET[name])}"
    return start | {name: request.GET[name] for name in PLAIN if request.GET.get(name)}


def about(service_id: int | None, agreement_id: int | None) -> str:
    return f"agreement-{agreement_id}" if agreement_id else f"service-{service_id}" if service_id else ""
