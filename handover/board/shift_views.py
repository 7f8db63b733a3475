"""The end of a shift: its whole handover, and “I am leaving”."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from common.errors import Refusal
from common.notices import say
from common.text import CleanTextField
from common.web import attempt, sentence_of, status_for
from handover import moves
from handover.board.context import moment_of
from handover.board.whole import whole_handover
from handover.due.limits import BY_RULE_AFTER, Urgency
from handover.shifts.models import Shift
from handover.shifts.queries import timetable


class LeaveForm(forms.Form):
    reason = CleanTextField(
        label="Why do you leave before somebody has the urgent ones?",
        max_length=300,
        required=False,
        help_text="Only where something urgent is not accepted. The lead is told.",
    )


@require_GET
def whole(request: HttpRequest, ref: str) -> HttpResponse:
    """``/shifts/<ref>/handover/``: everybody on the shift, and what of theirs is still to pass."""
    shift = get_object_or_404(Shift.objects.visible_to(request.user).select_related("team"), ref=ref)
    at = moment_of(request)
    parts = whole_handover(shift)
    table = timetable(shift.team_id, at)
    return render(
        request,
        "board/whole_handover.html",
        {
            "page": "board",
            "shift": shift,
            "parts": parts,
            "held": sum(len(part.held) for part in parts),
            "missing": sum(part.missing for part in parts),
            "offered": sum(len(part.offered) for part in parts),
            "accepted": sum(len(part.accepted) for part in parts),
            "incoming": table.incoming(table.by_id(shift.pk), shift.ends_at) if shift.ends_at else None,
            "by_rule_at": shift.ends_at + BY_RULE_AFTER,
            "may_remind": request.user.is_lead_of(shift.team_id),
            "zone": shift.team.tz,
        },
    )


@require_POST
def remind(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """``/shifts/<ref>/handover/remind/<pk>/``: a lead reminds one colleague of the shift, in one press."""
    shift = get_object_or_404(Shift.objects.visible_to(request.user), ref=ref)
    colleague = get_object_or_404(User.objects.visible_to(request.user).persons(), pk=pk)
    try:
        moves.remind_to_hand_over(shift_id=shift.pk, colleague=colleague, by=request.user, at=timezone.now())
        say(request, f"{colleague.first_name} is reminded.")
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    return redirect("board:whole-handover", shift.ref)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, ref: str) -> HttpResponse:
    """``/shifts/<ref>/leave/``: a checklist of what is held and not accepted, then “I am leaving”. It asks why; it never keeps anybody."""
    shift = get_object_or_404(Shift.objects.visible_to(request.user).select_related("team"), ref=ref)
    form = LeaveForm(request.POST or ({} if request.method == "POST" else None))
    if attempt(form, moves.leave, shift_id=shift.pk, by=request.user, at=timezone.now()):
        say(request, "Noted that you have left. Good rest.")
        return redirect("board:leave", ref)
    context = {"page": "shift", "shift": shift, "form": form, "zone": shift.team.tz, **_checklist(shift, request.user)}
    return render(request, "board/leave.html", context, status=status_for(form))


def _checklist(shift: Shift, user: User) -> dict[str, Any]:
    part = next((one for one in whole_handover(shift) if one.colleague.pk == user.pk), None)
    held, offered = (part.held, part.offered) if part else ([], [])
    urgent = [one for one in [*held, *(item.action for item in offered)] if one.urgency == Urgency.URGENT]
    return {"part": part, "held": held, "offered": offered, "urgent": urgent, "by_rule_at": shift.ends_at + BY_RULE_AFTER}
