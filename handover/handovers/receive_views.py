"""Receive: read the brief, ask, read back, accept or decline."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import Refusal
from common.notices import say
from common.permissions import allowed
from common.web import attempt, sentence_of, status_for
from handover import moves
from handover.handovers import drafts, permissions
from handover.handovers.completeness import PARTS, Completeness, Detail, need_of
from handover.handovers.models import Handover, Item
from handover.handovers.queries import PEOPLE, draft_of, waiting_for, waiting_list
from handover.handovers.receive_forms import ACCEPT, LONGEST, AnswerForm, WordsForm
from handover.moves.receiving import wanted_for


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, ref: str) -> HttpResponse:
    """``/receive/<ref>/``: one item on offer, as its receiver reads it."""
    item = find(request, ref)
    at = timezone.now()
    kept = draft_of(request.user, request.team.pk, f"receive {item.ref}") if request.team else None
    form = AnswerForm(request.POST or None, item=item, initial=kept.fields if kept else None)
    move = moves.accept if form.accepts else moves.decline
    if attempt(form, move, item_id=item.pk, by=request.user, at=at):
        if request.team:
            drafts.discard(writer=request.user, team_id=request.team.pk, form=f"receive {item.ref}")
        if form.accepts:
            say(
                request,
                f"You hold it now. {item.giver.first_name} is told, and sees your read-back."
                if form.cleaned_data["read_back"]
                else f"You hold it now. {item.giver.first_name} is told.",
            )
        else:
            say(request, f"Declined. It stays with {item.giver.first_name}, who is told.", undo=f"/receive/{item.ref}/undo/")
        return redirect("board:receive")
    return render(request, "handovers/receive.html", _context(request, item, form, kept, at), status=status_for(form))


def find(request: HttpRequest, ref: str) -> Item:
    items = Item.objects.visible_to(request.user).select_related(*PEOPLE, "action__service", "brief", "agreement_version__agreement", "from_team", "to_team")
    return get_object_or_404(items.prefetch_related("queries__asked_by", "queries__answered_by", "brief__answers"), ref=ref)


def _context(request: HttpRequest, item: Item, form: AnswerForm, kept: Any, at: Any) -> dict[str, Any]:
    waiting = list(waiting_list(request.user).values_list("ref", flat=True)[:100])
    want, _ = wanted_for(item, at=at)
    may_answer = item.is_on_offer and allowed(permissions.check_answer_offer, request.user, item, want)
    complete = completeness_of(item)
    return {
        "page": "receive",
        "item": item,
        "form": form,
        "brief": brief_rows(item),
        "complete": complete,
        "may_answer": may_answer,
        "queries": list(item.queries.all()),
        "ask_form": WordsForm(name="text", label=f"Ask {item.giver.first_name} something", example=f"{item.giver.first_name} gets it at once"),
        "waiting": len(waiting),
        "place": waiting.index(item.ref) + 1 if item.ref in waiting else None,
        "late": item.accept_by is not None and item.accept_by < at,
        "draft": kept,
        "at": at,
        "zone": item.from_team.tz,
    }


def brief_rows(item: Item) -> list[dict[str, Any]]:
    """The brief as the page lists it: the promise and its time first, then what was written, then the required information."""
    if item.imported_from:
        return []  # no brief was written there
    brief = item.brief
    needs = {name: need_of(name, need, item.action.urgency) for name, _, need in PARTS}
    rows: list[dict[str, Any]] = [
        {"term": "Promised", "text": brief.promise, "key": True, "icon": "user-check"},
        {"term": "Promised by", "at": brief.promised_by, "text": "No time was promised" if not brief.promised_by else "", "key": True, "icon": "clock"},
    ]
    rows += [
        {"term": label, "text": getattr(brief, name)}
        for name, label, _ in PARTS
        if name not in ("promise", "promised_by") and (getattr(brief, name) or needs[name])
    ]
    rows += [{"term": answer.question.rstrip("?"), "text": answer.text} for answer in brief.answers.all()]
    return rows


def completeness_of(item: Item) -> Completeness:
    """How complete the brief is, as it was sent."""
    if item.imported_from:
        return Completeness(())
    brief = item.brief
    details = [Detail(name, label, need_of(name, need, item.action.urgency), bool(getattr(brief, name))) for name, label, need in PARTS]
    details += [Detail(f"answer-{answer.required_id}", answer.question, answer.need, bool(answer.text)) for answer in brief.answers.all()]
    return Completeness(tuple(details))


@require_POST
def seen(request: HttpRequest, ref: str) -> HttpResponse:
    """``/receive/<ref>/seen/``: the page was shown to somebody who may answer it."""
    item = get_object_or_404(Item.objects.visible_to(request.user), ref=ref)
    try:
        moves.see(item_id=item.pk, by=request.user, at=timezone.now())
    except Refusal:
        return HttpResponse(status=204)  # a lead who only looks has not seen it as its receiver
    return HttpResponse(status=204)


@require_POST
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """``/receive/<ref>/ask/``: a question to the giver."""
    item = find(request, ref)
    form = WordsForm(request.POST, name="text", label=f"Ask {item.giver.first_name} something")
    if attempt(form, moves.query, item_id=item.pk, by=request.user, at=timezone.now()):
        say(request, f"Asked. {item.giver.first_name} is told at once; the time to accept runs on.")
        return redirect(item)
    context = _context(request, item, AnswerForm(item=item), None, timezone.now())
    return render(request, "handovers/receive.html", {**context, "ask_form": form}, status=422)


@require_POST
def undo_decline(request: HttpRequest, ref: str) -> HttpResponse:
    """``/receive/<ref>/undo/``: take back one's own no, within 30 seconds."""
    item = get_object_or_404(Item.objects.visible_to(request.user), ref=ref)
    try:
        moves.undo_decline(item_id=item.pk, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    return redirect(item)


@require_POST
def answer_all(request: HttpRequest, ref: str) -> HttpResponse:
    """``/handovers/<ref>/answer/``: accept, or decline with one reason, everything of one handover that waits for me.

    Each item is a move of its own: what needs a read-back, or was taken meanwhile, stays, and the page says why.
    """
    made = get_object_or_404(Handover.objects.visible_to(request.user), ref=ref)
    accepts, reason = request.POST.get("answer") == ACCEPT, request.POST.get("reason", "")[:LONGEST].replace("\0", "")
    answered, refused = 0, []
    for item in waiting_for(request.user).filter(handover=made).order_by("pk").select_related("action"):
        try:
            if accepts:
                moves.accept(item_id=item.pk, by=request.user, at=timezone.now())
            else:
                moves.decline(item_id=item.pk, by=request.user, at=timezone.now(), reason=reason)
            answered += 1
        except Refusal as refusal:
            refused.append(f"{item.action.ref}: {sentence_of(refusal)}")
    if answered:
        what = "1 action" if answered == 1 else f"{answered} actions"
        say(request, f"You hold {what} more now." if accepts else f"Declined {what}.")
    for sentence in refused:
        messages.error(request, sentence)
    return redirect("board:receive")
