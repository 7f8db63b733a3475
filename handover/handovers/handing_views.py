"""Hand over: the form, its draft, and what is pressed on an offer by its giver."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import InformationMissing, Refusal, StaleVersion
from common.notices import say
from common.web import attempt, sentence_of, status_for
from handover import moves
from handover.handovers import drafts
from handover.handovers.handing_forms import HandOverForm
from handover.handovers.handing_queries import handing
from handover.handovers.handing_rules import show_rules
from handover.handovers.models import Handover, Item, When
from handover.handovers.states import ON_OFFER
from handover.shifts.queries import timetable

MOST_FIELDS = 400
LONGEST = 5_000


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """``/handovers/new/``: pick actions, choose who and when, check the briefs; one press offers them all."""
    team, at = request.team, timezone.now()
    if team is None:
        return redirect("board:my-shift")
    table = timetable(team.pk, at)
    when = _when(request, table.of(request.user.pk, at) is not None)
    screen = handing(request.user, team, at, when=when, table=table)
    initial = {"pick": request.GET.getlist("action")} if "action" in request.GET else None
    form = HandOverForm(
        request.POST or None,
        handing=screen,
        team=team,
        table=table,
        giver_id=request.user.pk,
        at=at,
        **({"initial": _with_draft(screen, initial)} if initial else {}),
    )
    show_rules(form, screen)
    if attempt(form, moves.offer, by=request.user, at=at):
        drafts.discard(writer=request.user, team_id=team.pk, form=drafts.HAND_OVER)
        _say_handed(request, form.result)
        return redirect(form.result)
    if isinstance(form.refusal, InformationMissing):
        form.point_out(form.refusal.extra["items"])
    slot = table.of(request.user.pk, at)
    context = {"page": "give", "form": form, "handing": screen, "when": when, "slot": slot, "briefs": list(form.briefs()), "at": at}
    return render(request, "handovers/hand_over.html", context, status=status_for(form))


def _when(request: HttpRequest, on_shift: bool) -> str:
    asked = request.POST.get("when") or request.GET.get("when") or When.END_OF_SHIFT
    return asked if asked in When.values else When.END_OF_SHIFT


def _with_draft(screen: Any, initial: dict[str, Any]) -> dict[str, Any]:
    kept = screen.draft.fields if screen.draft else {}
    return {"remind": True, "check_rule": "rule", **kept, **initial}


def _say_handed(request: HttpRequest, made: Handover) -> None:
    items = list(made.items.select_related("receiver", "receiving_shift"))
    count = "1 action" if len(items) == 1 else f"{len(items)} actions"
    who = items[0].receiver.first_name if items[0].receiver else str(items[0].receiving_shift)
    it = "it" if len(items) == 1 else "them"
    say(request, f"Handed {count} to {who}. You still hold {it} until they accept.", undo=f"{made.get_absolute_url()}withdraw/")


@require_POST
def draft(request: HttpRequest) -> JsonResponse:
    """``/handovers/draft/``: keep what is being typed. 409 with the other text if another tab saved meanwhile."""
    fields = {
        name: value[:LONGEST] for name, value in list(request.POST.items())[:MOST_FIELDS] if name not in ("csrfmiddlewaretoken", "draft_version", "draft_form")
    }
    fields = {name: value.replace("\0", "") for name, value in fields.items()}
    if "actions" in request.POST or "picks" in request.POST:
        fields["actions"] = ",".join(request.POST.getlist("actions"))
    form = request.POST.get("draft_form", drafts.HAND_OVER)[:60]
    given = request.POST.get("draft_version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else None
    at = timezone.now()
    try:
        kept = drafts.save(writer=request.user, team_id=request.team.pk, form=form, fields=fields, version=version, at=at)
    except StaleVersion as clash:
        return JsonResponse({"version": clash.extra["version"], "theirs": clash.extra["theirs"]}, status=409)
    return JsonResponse({"version": kept.version, "saved_at": f"{request.team.local(at):%H:%M}"})


@require_POST
def withdraw_all(request: HttpRequest, ref: str) -> HttpResponse:
    """``/handovers/<ref>/withdraw/``: take back every item that nobody has answered; also the undo of a handover."""
    made = get_object_or_404(Handover.objects.visible_to(request.user), ref=ref)
    items = Item.objects.visible_to(request.user).filter(handover=made, state__in=ON_OFFER).order_by("pk")
    refused = ""
    withdrawn = 0
    for item in items:
        try:
            moves.withdraw(item_id=item.pk, by=request.user, at=timezone.now(), reason=request.POST.get("reason", "")[:300])
            withdrawn += 1
        except Refusal as refusal:
            refused = sentence_of(refusal)
    if refused:
        messages.error(request, refused)
    elif withdrawn:
        say(request, f"Withdrawn. You hold {'it' if withdrawn == 1 else 'all of it'} still.")
    else:
        messages.info(request, "Nothing was waiting any more: it has been answered.")
    return redirect(made)
