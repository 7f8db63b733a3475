"""“How we hand over”, to read, print and acknowledge; and my own part in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from common.notices import say
from common.web import attempt, status_for
from handover.actions.models import OPEN
from handover.agreements.queries import answers_owed
from handover.checks.models import Check
from handover.checks.states import State as CheckState
from handover.handovers.models import Item
from handover.handovers.queries import waiting_list
from handover.handovers.states import State as ItemState
from handover.policies.queries import to_acknowledge
from handover.procedure import operations, permissions, queries
from handover.procedure.forms import AcknowledgeForm
from handover.procedure.words import duties

SHOWN = 20


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """``/how-we-hand-over/``: everything that the team has agreed, service by service; ``?cursor=`` pages who has not read it."""
    if request.team is None:
        return redirect("board:my-shift")
    return show(request, AcknowledgeForm())


def show(request: HttpRequest, form: AcknowledgeForm) -> HttpResponse:
    team = request.team
    found = queries.procedure_of(team)
    context: dict[str, Any] = {
        "page": "how",
        "team": team,
        "procedure": found,
        "standing": queries.standing_of(request.user, team.pk, found.fingerprint),
        "may_acknowledge": bool(found.fingerprint) and permissions.may_acknowledge(request.user, team.pk),
        "form": form,
    }
    if found.fingerprint and permissions.may_see_readers(request.user, team.pk):
        context["unread"] = queries.not_read_by(team.pk, found.fingerprint, cursor=request.GET.get("cursor"))
    return render(request, "procedure/how_we_hand_over.html", context, status=status_for(form))


@require_POST
def acknowledge(request: HttpRequest) -> HttpResponse:
    """``/how-we-hand-over/acknowledge/``: “I have read it”, in one press."""
    if request.team is None:
        return redirect("board:my-shift")
    form = AcknowledgeForm(request.POST)
    if attempt(form, operations.acknowledge, team=request.team, by=request.user, at=timezone.now()):
        say(request, "Noted: you have read how we hand over.")
        return redirect("procedure:how")
    return show(request, form)


@require_GET
def my_part(request: HttpRequest) -> HttpResponse:
    """``/how-we-hand-over/my-part/``: what I give, what I may receive, what I owe an answer on, by my job roles."""
    team, user = request.team, request.user
    if team is None:
        return redirect("board:my-shift")
    found = queries.procedure_of(team)
    context = {
        "page": "how",
        "team": team,
        "part": queries.my_part(user, team, found),
        "procedure": found,
        "standing": queries.standing_of(user, team.pk, found.fingerprint),
        "may_acknowledge": bool(found.fingerprint) and permissions.may_acknowledge(user, team.pk),
        "duties": duties(is_lead=user.is_lead_of(team.pk)),
        **owed(user, timezone.now()),
    }
    return render(request, "procedure/my_part.html", context)


def owed(user: User, at: datetime) -> dict[str, Any]:
    """What waits for an answer of mine, each kind in one statement."""
    return {
        "proposals": answers_owed(user)[:SHOWN],
        "policies": list(to_acknowledge(user)[:SHOWN]),
        "offers": list(waiting_list(user)[:SHOWN]),
        "checks": list(Check.objects.filter(state=CheckState.ASKED, action__responsible=user, action__state__in=OPEN).select_related("action")[:SHOWN]),
        "questions": list(Item.objects.filter(giver=user, state=ItemState.QUERIED).select_related("action", "handover").order_by("accept_by", "pk")[:SHOWN]),
    }
