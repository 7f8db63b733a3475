"""Settings of reviews, for leads: when they open by themselves, and which questions they ask."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import StaleVersion
from common.notices import say
from common.web import attempt, status_for
from reviews.reviewing import cycle_operations, due_operations, form_operations, permissions, timing
from reviews.reviewing.models import ReviewCycle, ReviewForm
from reviews.reviewing.setting_forms import CopyForm, CycleForm, QuestionsForm
from reviews.sharing.wording import name_of_agreement


@require_http_methods(["GET", "POST"])
def cycles(request: HttpRequest) -> HttpResponse:
    """``/reviews/cycles/``: what is reviewed regularly, and the forms. Sending it sets up a team that was not set up yet."""
    if request.team is None:
        return redirect("board:my-shift")
    may_run = permissions.may_run(request.user, request.team.pk)
    if request.method == "POST":
        permissions.check_run(request.user, request.team.pk)
        due_operations.begin(request.team, at=timezone.now())
        return redirect("reviewing:cycles")
    rows = ReviewCycle.objects.filter(team=request.team).select_related("service", "agreement__point__service", "form")
    context = {
        "page": "reviews",
        "cycles": [(one, about(one)) for one in rows],
        "forms": ReviewForm.objects.filter(team=request.team).prefetch_related("questions"),
        "may_run": may_run,
    }
    return render(request, "reviewing/cycles.html", context)


def about(cycle: ReviewCycle) -> str:
    if cycle.agreement is not None:
        return name_of_agreement(cycle.agreement)
    return cycle.service.name if cycle.service is not None else "All that we hand over"


@require_http_methods(["GET", "POST"])
def new_cycle(request: HttpRequest) -> HttpResponse:
    if request.team is None:
        return redirect("board:my-shift")
    permissions.check_run(request.user, request.team.pk)
    at = timezone.now()
    form = CycleForm(request.POST or None, team=request.team, first=timing.first_day(request.team.local(at).date()))
    if attempt(form, cycle_operations.add, team=request.team, by=request.user, at=at):
        say(request, "Set. The first review opens by itself, and everybody concerned is asked.")
        return redirect("reviewing:cycles")
    return render(request, "reviewing/cycle.html", {"page": "reviews", "form": form, "title": "Review something regularly"}, status=status_for(form))


@require_http_methods(["GET", "POST"])
def cycle(request: HttpRequest, cycle: int) -> HttpResponse:
    found = get_object_or_404(ReviewCycle.objects.visible_to(request.user).select_related("team", "service", "agreement__point__service"), pk=cycle)
    permissions.check_run(request.user, found.team_id)
    at = timezone.now()
    form = CycleForm(request.POST or None, team=found.team, first=timing.first_day(found.team.local(at).date()), cycle=found)
    if attempt(form, cycle_operations.change, cycle_id=found.pk, by=request.user, at=at):
        say(request, "Saved.")
        return redirect("reviewing:cycles")
    return render(request, "reviewing/cycle.html", {"page": "reviews", "form": form, "title": about(found), "cycle": found}, status=status_for(form))


@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, form: int) -> HttpResponse:
    """``/reviews/forms/<id>/``: the questions. A review that is open keeps those that it opened with."""
    found = get_object_or_404(ReviewForm.objects.visible_to(request.user).prefetch_related("questions"), pk=form)
    permissions.check_run(request.user, found.team_id)
    sent = QuestionsForm(request.POST or None, form=found)
    if attempt(sent, form_operations.change, form_id=found.pk, by=request.user, at=timezone.now()):
        say(request, "Saved. The next review asks this; one that is open keeps its questions.")
        return redirect("reviewing:cycles")
    context: dict[str, Any] = {"page": "reviews", "form": sent, "review_form": found, "copy_form": CopyForm(initial={"name": f"{found.name}, ours"[:80]})}
    status = 409 if isinstance(getattr(sent, "refusal", None), StaleVersion) else status_for(sent)
    return render(request, "reviewing/form.html", context, status=status)


@require_POST
def copy(request: HttpRequest, form: int) -> HttpResponse:
    found = get_object_or_404(ReviewForm.objects.visible_to(request.user).prefetch_related("questions"), pk=form)
    permissions.check_run(request.user, found.team_id)
    sent = CopyForm(request.POST)
    if attempt(sent, form_operations.copy, form_id=found.pk, by=request.user, at=timezone.now()):
        return redirect(sent.result)
    context = {"page": "reviews", "form": QuestionsForm(form=found), "review_form": found, "copy_form": sent}
    return render(request, "reviewing/form.html", context, status=status_for(sent))
