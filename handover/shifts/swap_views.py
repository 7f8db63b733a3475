"""Swaps: offered, answered, decided by a lead where the team wants that."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.keyset import keyset_page
from common.notices import say
from common.web import attempt, status_for
from handover.shifts import swap_operations as operations
from handover.shifts import swap_permissions as permissions
from handover.shifts import swap_queries as queries
from handover.shifts.permissions import may_plan
from handover.shifts.swap_forms import AnswerForm, DecideForm, RuleForm, SwapForm
from handover.shifts.swap_models import RELATED, Swap, turns


@require_GET
def swaps(request: HttpRequest) -> HttpResponse:
    """``/rota/swaps/``: what waits for me first, then the team's."""
    team = request.team
    if team is None:
        return redirect("board:my-shift")
    at, leads = timezone.now(), may_plan(request.user, team.pk)
    page = keyset_page(queries.others(request.user, team, leads=leads), sort="offered_at", cursor=request.GET.get("cursor"), size=25)
    context = {
        "page": "rota",
        "waiting": [queries.row(one, at) for one in queries.waiting_for(request.user, team, leads=leads)],
        "rows": [queries.row(one, at) for one in page.rows],
        "next_cursor": page.next_cursor,
        "lead_approves": queries.lead_approves(team),
        "may_plan": leads,
        "at": at,
    }
    return render(request, "shifts/swaps.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    if request.team is None:
        return redirect("board:my-shift")
    at = timezone.now()
    form = SwapForm(
        request.POST if request.method == "POST" else None, team=request.team, user=request.user, at=at, initial={"shift": request.GET.get("shift")}
    )
    if attempt(form, operations.offer_swap, by=request.user, at=at):
        say(request, f"Offered to {form.result.offered_to.display_name}. Until they say yes, the shift is yours.")
        return redirect(form.result)
    return render(request, "shifts/new_swap.html", {"page": "rota", "form": form, "at": at}, status=status_for(form))


@require_POST
def rule(request: HttpRequest) -> HttpResponse:
    """A lead says whether swaps of the team need an approval."""
    if request.team is None:
        return redirect("board:my-shift")
    form = RuleForm(request.POST)
    if attempt(form, operations.set_swap_rule, team_id=request.team.pk, by=request.user, at=timezone.now()):
        say(request, "From now on a lead approves each swap." if form.result.lead_approves else "From now on colleagues swap without a lead.")
    elif form.refusal:
        raise form.refusal
    return redirect("who:swaps")


@require_GET
def swap(request: HttpRequest, ref: str) -> HttpResponse:
    return show(request, find(request, ref))


@require_POST
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    return press(request, ref, AnswerForm, operations.answer_swap, "Your answer is sent.")


@require_POST
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    return press(request, ref, DecideForm, operations.decide_swap, "Decided. Both have been told.")


@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    found = find(request, ref)
    operations.withdraw_swap(swap_id=found.pk, by=request.user, at=timezone.now())
    say(request, "Withdrawn. The rota is as it was.")
    return redirect(found)


def press(request: HttpRequest, ref: str, form_class: Any, move: Any, done: str) -> HttpResponse:
    found = find(request, ref)
    form = form_class(request.POST)
    if attempt(form, move, swap_id=found.pk, by=request.user, at=timezone.now()):
        say(request, done)
        return redirect(found)
    if form.refusal and form.refusal.status == 403:
        raise form.refusal
    return show(request, find(request, ref), form)


def show(request: HttpRequest, found: Swap, form: Any = None) -> HttpResponse:
    at = timezone.now()
    may_answer, may_decide = permissions.may_answer(request.user, found), permissions.may_decide(request.user, found)
    if form is None and (may_answer or may_decide):
        form = AnswerForm() if may_answer else DecideForm()
    context = queries.row(found, at) | {
        "page": "rota",
        "form": form,
        "turns": turns(found),
        "warnings": queries.warnings(found, at),
        "may_answer": may_answer,
        "may_decide": may_decide,
        "may_withdraw": permissions.may_withdraw(request.user, found),
        "zone": found.team.tz,
        "at": at,
    }
    return render(request, "shifts/swap.html", context, status=status_for(form) if form else 200)


def find(request: HttpRequest, ref: str) -> Swap:
    return get_object_or_404(Swap.objects.visible_to(request.user).select_related(*RELATED, "decided_by"), ref=ref)
