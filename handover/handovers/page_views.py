"""A handover's page: where it stands, its story and history, and what its giver does with it."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from audit.queries import history_of
from common.notices import say
from common.permissions import allowed
from common.web import attempt
from handover.actions import permissions as action_permissions
from handover.actions.models import Contact, Note
from handover.checks import permissions as check_permissions
from handover.checks.models import Check
from handover.events import Event
from handover.followups.models import FollowUp
from handover.handovers import permissions
from handover.handovers.models import Handover, Item
from handover.handovers.page_forms import VERBS
from handover.handovers.queries import PEOPLE
from handover.handovers.receive_views import brief_rows, completeness_of
from handover.handovers.states import State
from handover.handovers.story import stages, story
from handover.moves.coming import what_falls_due

HISTORY_SHOWN = 40


@require_GET
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """``/handovers/<ref>/``: one handover; ``?item=`` chooses which of several items is shown."""
    made = get_object_or_404(Handover.objects.visible_to(request.user).select_related("team", "to_team"), ref=ref)
    items = list(
        Item.objects.visible_to(request.user).filter(handover=made).select_related("action", "accepted_by", "receiver", "receiving_shift").order_by("pk")
    )
    wanted = request.GET.get("item", "")
    chosen = next((item for item in items if item.ref == wanted), items[0] if items else None)
    if chosen is None:
        raise Http404
    return render(request, "handovers/handover.html", _context(request, made, items, _whole(request, chosen.ref), {}))


@require_POST
def press(request: HttpRequest, ref: str, verb: str) -> HttpResponse:
    """``/items/<ref>/<verb>/``: one of the verbs of ``VERBS``; refused, the page comes back with what was typed."""
    if verb not in VERBS:
        raise Http404
    item = _whole(request, ref)
    form = VERBS[verb].form(request.POST)
    if attempt(form, VERBS[verb].move, item_id=item.pk, by=request.user, at=timezone.now()):
        say(request, VERBS[verb].said)
        return redirect(item.get_handover_url())
    items = list(
        Item.objects.visible_to(request.user)
        .filter(handover=item.handover)
        .select_related("action", "accepted_by", "receiver", "receiving_shift")
        .order_by("pk")
    )
    return render(request, "handovers/handover.html", _context(request, item.handover, items, item, {verb: form}), status=422)


def _whole(request: HttpRequest, ref: str) -> Item:
    """The item with everything that its story needs; 404 for strangers."""
    items = Item.objects.visible_to(request.user).select_related(
        *PEOPLE,
        "action__service",
        "action__responsible",
        "action__team",
        "brief",
        "agreement_version__agreement",
        "ended_by",
        "handover__team",
        "handover__to_team",
    )
    notes = Prefetch("action__notes", Note.objects.select_related("by"))
    contacts = Prefetch("action__contacts", Contact.objects.select_related("by"))
    checks = Prefetch("checks", Check.objects.select_related("asked_by", "answered_by", "giver"))
    followups = Prefetch("followups", FollowUp.objects.select_related("decided_by", "owed_by"))
    return get_object_or_404(items.prefetch_related("queries__asked_by", "queries__answered_by", "brief__answers", notes, contacts, checks, followups), ref=ref)


def _context(request: HttpRequest, made: Handover, items: list[Item], item: Item, forms: dict[str, Any]) -> dict[str, Any]:
    user = request.user
    check = next((one for one in item.checks.all() if one.is_unanswered), None)
    owed = next((one for one in item.followups.all() if one.decided_at is None), None)
    is_giver = allowed(permissions.check_giver, user, item)
    open_query = next((one for one in item.queries.all() if one.answered_at is None), None)
    return {
        "page": "watch",
        "handover": made,
        "items": items,
        "item": item,
        "brief": brief_rows(item),
        "complete": completeness_of(item),
        "story": story(item, reader_id=user.pk),
        "stages": stages(item),
        "history": history(item, check),
        "receiver": item.accepted_by or item.receiver or item.receiving_shift,
        "check": check,
        "follow_up": owed,
        "open_query": open_query if item.state == State.QUERIED else None,
        "is_giver": is_giver,
        "may_ask": check is not None and item.state == State.ACCEPTED and check_permissions.may_ask(user, check),
        "may_answer_query": is_giver and item.state == State.QUERIED,
        "may_answer_read_back": is_giver and bool(item.read_back) and item.read_back_right is None and item.state == State.ACCEPTED,
        "may_withdraw": permissions.may_withdraw(user, item),
        "may_take_back": permissions.may_take_back(user, item) and owed is None,
        "may_see_through": permissions.may_see_through(user, item),
        "may_remind": is_giver and item.state in (State.OFFERED, State.QUERIED, State.ACCEPTED),
        "may_note": action_permissions.may_note(user, item.action),
        "coming": what_falls_due(item.action, reader_id=user.pk),
        "forms": {verb.replace("-", "_"): forms.get(verb) or one.form() for verb, one in VERBS.items()},
        "pressed": next(iter(forms.values()), None),
        "zone": made.team.tz,
    }


def history(item: Item, check: Check | None) -> list[dict[str, Any]]:
    """The trail of the item, its action and its checks, newest first."""
    subjects = [item, item.action, *item.checks.all(), *item.followups.all()]
    events = list(history_of(*subjects, limit=HISTORY_SHOWN))
    names = dict(User.objects.filter(pk__in={event.actor_id for event in events if event.actor_id}).values_list("pk", "display_name"))
    words = dict(Event.choices)
    return [
        {
            "at": event.at,
            "who": names.get(event.actor_id, "By rule"),
            "what": words.get(event.kind, event.kind).capitalize(),
            "ref": event.subject_ref,
            "seal": (event.hash or "")[:8],
        }
        for event in events
    ]
