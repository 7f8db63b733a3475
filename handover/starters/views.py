"""Starter sets: look at one, choose parts of it, adopt them in one press."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from common.notices import say
from common.web import attempt, status_for
from handover.agreements.models import Need
from handover.catalog import permissions
from handover.due.limits import Urgency
from handover.starters import operations
from handover.starters.forms import AdoptForm
from handover.starters.queries import there_already
from handover.starters.sets import SETS, sets_for
from handover.starters.words import Ask, StarterSet


@require_GET
def sets(request: HttpRequest) -> HttpResponse:
    """``/starter-sets/``: every set, the one for this kind of team first."""
    if request.team is None:
        return redirect("board:my-shift")
    found = [{"set": one, "fits": one.kind == request.team.kind} for one in sets_for(request.team.kind)]
    may_adopt = permissions.may_decide(request.user, request.team.pk)
    return render(request, "starters/sets.html", {"page": "map", "sets": found, "may_adopt": may_adopt})


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, key: str) -> HttpResponse:
    """``/starter-sets/<key>/``: what is in it; a lead ticks what the team takes."""
    if key not in SETS:
        raise Http404
    if request.team is None:
        return redirect("board:my-shift")
    if request.method == "POST":
        permissions.check_decide(request.user, request.team.pk)
    starter = SETS[key]
    had = there_already(request.team, starter.services, starter=key)
    form = AdoptForm(request.POST if request.method == "POST" else None, starter=starter, had=had)
    if attempt(form, operations.adopt, team=request.team, by=request.user, at=timezone.now(), starter=key):
        made = len(form.result.made)
        say(request, f"Adopted {made} service{'' if made == 1 else 's'}. Change whatever is different with you.")
        return redirect("catalog:services")
    context = {"page": "map", "starter": starter, "contents": contents(starter), "form": form, "team": request.team}
    may_adopt = permissions.may_decide(request.user, request.team.pk)
    return render(request, "starters/set.html", context | {"may_adopt": may_adopt}, status=status_for(form))


def contents(starter: StarterSet) -> list[dict[str, Any]]:
    """The set as the page lists it: each service with its steps, and what is agreed after which of them."""
    return [
        {
            "service": service,
            "deals": [
                {
                    "letter": "ABCDEFGH"[place],
                    "part": part,
                    "deal": deal,
                    "asks": [(ask.question, need_words(ask)) for ask in deal.asks],
                    "within": within(deal),
                }
                for place, part in enumerate(part for part in service.parts if part.point)
                for deal in part.deals
            ],
        }
        for service in starter.services
    ]


def need_words(ask: Ask) -> str:
    if ask.routine == ask.soon == ask.urgent:
        return str(Need(ask.urgent).label)
    return f"{Need(ask.urgent).label} if urgent, else {Need(ask.routine).label}"


def within(deal: Any) -> str:
    return ", ".join(f"{Urgency(urgency).label} {minutes} min" for urgency, minutes in deal.within)
