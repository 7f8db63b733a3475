"""Pages of actions: log one, read it, change it, finish it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from defusedcsv import csv
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Team
from audit.queries import history_of
from common.bodies import ref_or_none
from common.errors import StaleVersion
from common.notices import say
from common.permissions import allowed
from common.web import attempt, status_for
from handover import moves
from handover.actions import forms, permissions, queries
from handover.actions.carrying_forms import CarriedForm, PutOffForm
from handover.actions.models import Action
from handover.catalog.models import Service
from handover.checks.models import Check
from handover.events import Event
from handover.handovers.models import Item
from handover.moves.carried import check_decide_carried, decisions_of
from handover.moves.coming import what_falls_due
from handover.notes.models import ShiftNote
from handover.policies.hinting import OF_ACTION, beside
from handover.policies.queries import hints

ROWS_IN_FILE = 5_000
EDITED = ("title", "customer_name", "customer_reference", "customer_contact", "promise", "promised_by", "service", "urgency")


@dataclass(frozen=True)
class Verb:
    form: Callable[..., Any]
    move: Callable[..., Any]
    said: str
    undo: bool = False


VERBS: Mapping[str, Verb] = {
    "note": Verb(forms.NoteForm, moves.note, "Note added."),
    "contact": Verb(forms.ContactForm, moves.contact, "Written down."),
    "complete": Verb(forms.CompleteForm, moves.complete, "Completed. Whoever handed it to you is told.", undo=True),
    "close": Verb(forms.ReasonForm, moves.close, "Closed as no longer needed.", undo=True),
    "reopen": Verb(forms.ReasonForm, moves.reopen, "Reopened."),
    "claim": Verb(forms.forms.Form, moves.claim, "You hold it now."),
    "undo": Verb(forms.forms.Form, moves.undo_complete, "Undone. It is open again."),
    "promise": Verb(forms.PromiseForm, moves.promise, "New time agreed."),
    "put-off": Verb(PutOffForm, moves.put_off, "Put off. You hold it still, and it comes back by itself."),
    "bring-back": Verb(forms.forms.Form, moves.bring_back, "It is not put off any more."),
    "decide-carried": Verb(CarriedForm, moves.decide_carried, "Decided."),
}


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """``/actions/new/``: log a promise in 20 seconds."""
    if request.team is None:
        return redirect("board:my-shift")
    form = forms.NewActionForm(request.POST or None, team=request.team, user=request.user, initial=words_of_note(request))
    show_rules(form, request.team)
    if attempt(form, moves.create, team=request.team, by=request.user, at=timezone.now()):
        say(request, f"Saved as {form.result.ref}.")
        return redirect("board:my-shift")
    return render(request, "actions/new.html", {"page": "shift", "form": form}, status=status_for(form))


def show_rules(form: forms.ActionForm, team: Team) -> None:
    """What policies say beside the fields, for every service that can be chosen."""
    services = Service.objects.current().filter(team=team).values_list("pk", flat=True)
    beside(form, hints(services), OF_ACTION)


def words_of_note(request: HttpRequest) -> dict[str, str]:
    """``?note=SN-7``: a shift note that turned out to be something to do, as the words to begin with."""
    ref = ref_or_none(request.GET.get("note", ""))
    note = ShiftNote.objects.visible_to(request.user).filter(ref=ref).first() if ref else None
    if note is None:
        return {}
    first, _, rest = note.text.partition("\n")
    return {"title": first[:200], "promise": rest.strip()}


@require_GET
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """``/actions/<ref>/``: everything about one action."""
    return _page(request, get_object_or_404(queries.whole(request.user), ref=ref), {})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """``/actions/<ref>/edit/``: change its words. If somebody else did meanwhile, both texts are shown and neither is lost."""
    action = get_object_or_404(queries.whole(request.user), ref=ref)
    initial = {name: getattr(action, name) for name in EDITED} | {"version": action.version}
    form = forms.EditActionForm(request.POST or None, team=action.team, initial=initial)
    show_rules(form, action.team)
    if attempt(form, moves.edit, action_id=action.pk, by=request.user, at=timezone.now()):
        say(request, "Saved.")
        return redirect(action)
    clash = form.refusal if isinstance(form.refusal, StaleVersion) else None
    context: dict[str, Any] = {"page": "shift", "form": form, "action": action, "zone": action.team.tz}
    if clash is not None:
        form.data = form.data.copy()
        form.data["version"] = clash.extra["version"]
        theirs = clash.extra["theirs"]
        context["theirs"] = [
            {"label": form.fields[name].label, "mine": form.cleaned_data.get(name), "theirs": theirs[name]} for name in EDITED if _differs(form, name, theirs)
        ]
    return render(request, "actions/edit.html", context, status=409 if clash else status_for(form))


def _differs(form: Any, name: str, theirs: Mapping[str, Any]) -> bool:
    mine = form.cleaned_data.get(name)
    return (mine.pk if name == "service" and mine else mine) != theirs[name] and name != "service"


@require_POST
def press(request: HttpRequest, ref: str, verb: str) -> HttpResponse:
    """``/actions/<ref>/<verb>/``: one of the verbs of ``VERBS``; refused, the page comes back with what was typed."""
    action = get_object_or_404(queries.whole(request.user), ref=ref)
    if verb not in VERBS:
        raise Http404
    chosen = VERBS[verb]
    form = chosen.form(request.POST)
    if attempt(form, chosen.move, action_id=action.pk, by=request.user, at=timezone.now()):
        say(request, chosen.said, undo=f"{action.get_absolute_url()}undo/" if chosen.undo else "")
        return redirect(action)
    return _page(request, get_object_or_404(queries.whole(request.user), ref=ref), {verb: form}, status=422)


@require_POST
def reassign(request: HttpRequest, ref: str) -> HttpResponse:
    """``/actions/<ref>/reassign/``: a lead gives it to somebody else, with a reason."""
    action = get_object_or_404(queries.whole(request.user), ref=ref)
    form = forms.ReassignForm(request.POST, colleagues=queries.colleagues_of(action.team_id, but=action.responsible_id))
    if attempt(form, moves.reassign, action_id=action.pk, by=request.user, at=timezone.now()):
        say(request, "Reassigned. Both sides are told.")
        return redirect(action)
    return _page(request, action, {"reassign": form}, status=422)


@require_GET
def own_file(request: HttpRequest) -> HttpResponse:
    """``/actions/mine.csv``: what I hold, as a file; cells that a spreadsheet would run as a formula are made harmless."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="my-actions.csv"'})
    rows = csv.writer(answer)
    rows.writerow(["reference", "what", "customer", "room, booking or account", "promised", "promised by", "urgency", "service", "team"])
    for action in queries.own(request.user)[:ROWS_IN_FILE]:
        by = action.team.local(action.promised_by).isoformat(timespec="minutes") if action.promised_by else ""
        rows.writerow(
            [
                action.ref,
                action.title,
                action.customer_name,
                action.customer_reference,
                action.promise,
                by,
                action.urgency,
                action.service or "",
                action.team.name,
            ]
        )
    return answer


def _page(request: HttpRequest, action: Action, bound: dict[str, Any], status: int = 200) -> HttpResponse:
    user = request.user
    items = list(
        Item.objects.visible_to(user)
        .filter(action=action)
        .select_related("giver", "receiver", "receiving_shift", "accepted_by", "handover")
        .order_by("-offered_at", "-pk")[:20]
    )
    check = Check.objects.unanswered().filter(action=action).order_by("due_at").first()
    givers = {item.sees_through_id for item in items if item.state == "ended"}
    may_reassign = permissions.may_reassign(user, action)
    colleagues = queries.colleagues_of(action.team_id, but=action.responsible_id) if may_reassign else []
    makers = {verb: chosen.form for verb, chosen in VERBS.items()} | {"reassign": lambda: forms.ReassignForm(colleagues=colleagues)}
    made = {verb: bound.get(verb) or make() for verb, make in makers.items()}
    made["decide-carried"].offer(decisions_of(user, action))
    context = {
        "page": "shift",
        "action": action,
        "items": items,
        "check": check,
        "on_offer": next((item for item in items if item.is_on_offer), None),
        "notes": sorted([*action.notes.all(), *action.contacts.all()], key=lambda one: one.at, reverse=True),
        "history": _history(action, items),
        "may_complete": permissions.may_complete(user, action),
        "may_change": permissions.may_change(user, action),
        "may_claim": permissions.may_claim(user, action),
        "may_reassign": may_reassign,
        "may_note": permissions.may_note(user, action),
        "may_reopen": not action.is_open and allowed(permissions.check_reopen, user, action, givers),
        "may_put_off": permissions.may_complete(user, action) and not action.must_be_decided,
        "may_decide": action.must_be_decided and allowed(check_decide_carried, user, action),
        "coming": what_falls_due(action, reader_id=user.pk),
        "forms": {verb.replace("-", "_"): form for verb, form in made.items()},
        "pressed": next(iter(bound.values()), None),
        "zone": action.team.tz,
    }
    return render(request, "actions/action.html", context, status=status)


def _history(action: Action, items: list[Item]) -> list[dict[str, Any]]:
    words = dict(Event.choices)
    events = history_of(action, *items, limit=30)
    names = queries.names_of({event.actor_id for event in events if event.actor_id})
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
