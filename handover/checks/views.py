"""The completion check: ask, answer, decide what happens next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common.notices import say
from common.permissions import allowed
from common.web import attempt
from handover import moves
from handover.checks import permissions
from handover.checks.forms import AnswerForm, AskForm, DecideForm
from handover.checks.models import Check
from handover.followups import permissions as followup_permissions
from handover.followups.models import Decision, FollowUp
from handover.shifts.queries import timetable


@require_GET
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """``/checks/<ref>/``: how did it go?"""
    return _page(request, _find(request, ref), {})


@require_POST
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    check = _find(request, ref)
    form = _ask_form(check, request.POST)
    if attempt(form, moves.ask_now, check_id=check.pk, by=request.user, at=timezone.now()):
        say(request, f"Asked. {_holder(check)} is told at once.")
        return redirect(check)
    return _page(request, check, {"ask": form}, status=422)


@require_POST
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    check = _find(request, ref)
    form = AnswerForm(request.POST)
    heard = check.action.responsible_id != request.user.pk
    if attempt(form, moves.answer, check_id=check.pk, by=request.user, at=timezone.now(), by_word_of_mouth=heard):
        if form.result.outcome == "unable" and heard:
            say(request, "Written down. Now decide what happens next.")
            return redirect(check)
        say(request, f"Saved. {check.giver.first_name} is told." if not heard else "Saved.")
        return redirect("board:my-shift")
    return _page(request, check, {"answer": form}, status=422)


@require_POST
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """``/checks/<ref>/decide/``: the follow-up that the check's *unable* left owed."""
    check = _find(request, ref)
    follow_up = get_object_or_404(FollowUp.objects.visible_to(request.user), check_answered=check)
    form = DecideForm(request.POST, holder=_holder(check))
    if attempt(form, moves.decide, follow_up_id=follow_up.pk, by=request.user, at=timezone.now()):
        if form.result.decision == Decision.PASS_ON:
            say(request, "You hold it again. Now choose who takes it over.")
            return redirect(f"/handovers/new/?when=in_shift&action={check.action.ref}")
        say(request, f"Decided: {form.result.get_decision_display()}.")
        return redirect(check)
    return _page(request, check, {"decide": form}, status=422)


def _find(request: HttpRequest, ref: str) -> Check:
    checks = Check.objects.visible_to(request.user).select_related(
        "action__responsible", "action__team", "giver", "item__brief", "item__handover", "item__accepted_by", "asked_by", "answered_by", "team"
    )
    return get_object_or_404(checks, ref=ref)


def _holder(check: Check) -> str:
    responsible = check.action.responsible
    return responsible.first_name if responsible else "The team"


def _ask_form(check: Check, data: Any = None) -> AskForm:
    return AskForm(data, name=_holder(check), promise=check.item.brief.promise)


def _page(request: HttpRequest, check: Check, bound: dict[str, Any], status: int = 200) -> HttpResponse:
    user, at = request.user, timezone.now()
    follow_up = FollowUp.objects.select_related("decided_by", "owed_by").filter(check_answered=check).first()
    owed = follow_up is not None and follow_up.decided_at is None
    may_decide = owed and allowed(followup_permissions.check_decide, user, follow_up, timetable(check.team_id, at), at)
    is_holder = check.action.responsible_id == user.pk
    pressed = next(iter(bound.values()), None)
    context = {
        "page": "watch",
        "check": check,
        "action": check.action,
        "item": check.item,
        "holder": _holder(check),
        "is_holder": is_holder,
        "may_answer": permissions.may_answer(user, check, check.action),
        "may_ask": permissions.may_ask(user, check) and not is_holder,
        "follow_up": follow_up,
        "owed": owed,
        "may_decide": may_decide,
        "ask_form": bound.get("ask") or _ask_form(check),
        "answer_form": bound.get("answer") or AnswerForm(),
        "decide_form": bound.get("decide") or DecideForm(holder=_holder(check)),
        "pressed": pressed,
        "said": _said(check),
        "at": at,
        "zone": check.team.tz,
    }
    return render(request, "checks/check.html", context, status=status)


def _said(check: Check) -> list[dict[str, Any]]:
    """What was asked and answered, oldest first."""
    said = []
    if check.asked_at:
        said.append(
            {
                "who": check.asked_by,
                "name": check.asked_by.first_name if check.asked_by else "Baton",
                "at": check.asked_at,
                "text": check.question or "Was it completed?",
            }
        )
    if check.answered_at:
        said.append(
            {
                "who": check.answered_by,
                "name": check.answered_by.first_name,
                "at": check.answered_at,
                "text": f"{check.get_outcome_display().capitalize()}. {check.words}",
            }
        )
    return said
