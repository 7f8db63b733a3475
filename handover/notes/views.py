"""Pages of shift notes: what stands, what is gone, and one note with what it said before."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.errors import StaleVersion
from common.keyset import keyset_page
from common.notices import say
from common.web import attempt, status_for
from handover.notes import forms, operations, permissions, queries
from handover.notes.models import For, ShiftNote
from handover.shifts.models import ShiftPattern


@require_GET
def notes(request: HttpRequest) -> HttpResponse:
    """``/notes/``: what stands for every shift of the team, then what is resolved or has run out."""
    team, at = request.team, timezone.now()
    if team is None:
        return redirect("board:my-shift")
    standing = list(queries.standing(team.pk, at).prefetch_related("seen_by__colleague")) if not request.GET.get("cursor") else []
    page = keyset_page(queries.gone(request.user, team.pk, at), sort="at", cursor=request.GET.get("cursor"), size=25)
    context = {
        "page": "notes",
        "pinned": [row(one) for one in standing if one.pinned],
        "notes": [row(one) for one in standing if not one.pinned],
        "gone": [row(one) for one in page.rows],
        "next_cursor": page.next_cursor,
        "is_first": not request.GET.get("cursor"),
        "unseen": any(one.by_id != request.user.pk and request.user.pk not in {seen.colleague_id for seen in one.seen_by.all()} for one in standing),
    }
    return render(request, "notes/notes.html", context)


def row(note: ShiftNote) -> dict[str, Any]:
    return {"note": note, "for": words_for(note), "seen_by": [seen.colleague for seen in note.seen_by.all()] if "seen_by" in loaded(note) else []}


def loaded(note: ShiftNote) -> dict[str, Any]:
    return getattr(note, "_prefetched_objects_cache", {})


def words_for(note: ShiftNote) -> str:
    """For which shifts, in words."""
    if note.audience == For.NAMED:
        return f"For every {forms.a_shift(note.shift_name)}"
    if note.audience == For.NEXT:
        return f"For {note.for_shift} only" if note.for_shift else "For the next shift only"
    return ""


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    team = request.team
    if team is None:
        return redirect("board:my-shift")
    form = forms.NewNoteForm(request.POST or None, **choices(team.pk))
    if attempt(form, operations.leave, team=team, by=request.user, at=timezone.now()):
        say(request, "Left for the next shift.")
        return redirect("notes:list")
    return render(request, "notes/form.html", {"page": "notes", "form": form, "title": "Leave a note"}, status=status_for(form))


def choices(team_id: int) -> dict[str, list[str]]:
    """The team's topics, and the names of its shifts."""
    names = ShiftPattern.objects.current().filter(team_id=team_id).order_by("starts", "name").values_list("name", flat=True)
    return {"topics": queries.topics(team_id), "shifts": list(dict.fromkeys(names))}


@require_GET
def note(request: HttpRequest, ref: str) -> HttpResponse:
    """``/notes/<ref>/``: one note, what it said before, who has seen it, and how it is resolved."""
    return _page(request, _found(request, ref), forms.ResolveForm())


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, ref: str) -> HttpResponse:
    found = _found(request, ref)
    permissions.check_change(request.user, found)
    offered = choices(found.team_id)
    if found.shift_name and found.shift_name not in offered["shifts"]:
        offered["shifts"].append(found.shift_name)
    form = forms.ChangeNoteForm(request.POST or None, initial=forms.initial_of(found), **offered)
    if attempt(form, operations.change, note_id=found.pk, by=request.user, at=timezone.now()):
        say(request, "Saved. What it said before stays readable.")
        return redirect(found)
    context: dict[str, Any] = {"page": "notes", "form": form, "title": "Change the note", "note": found}
    status = status_for(form)
    if isinstance(form.refusal, StaleVersion):
        form.data = form.data.copy()
        form.data["version"] = form.refusal.extra["version"]
        context["theirs"], status = form.refusal.extra["theirs"], 409
    return render(request, "notes/form.html", context, status=status)


@require_POST
def resolve(request: HttpRequest, ref: str) -> HttpResponse:
    found = _found(request, ref)
    form = forms.ResolveForm(request.POST)
    if attempt(form, operations.resolve, note_id=found.pk, by=request.user, at=timezone.now()):
        say(request, "Resolved. It does not come back.")
        return redirect("notes:list")
    return _page(request, found, form)


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """The page with the standing notes was on somebody's screen."""
    if request.team is not None:
        operations.see(team=request.team, by=request.user, at=timezone.now())
    return redirect("notes:list")


def _found(request: HttpRequest, ref: str) -> ShiftNote:
    notes = ShiftNote.objects.visible_to(request.user).select_related("team", "by", "changed_by", "resolved_by", "for_shift")
    return get_object_or_404(notes.prefetch_related("versions__by", "seen_by__colleague"), ref=ref)


def _page(request: HttpRequest, note: ShiftNote, form: forms.ResolveForm) -> HttpResponse:
    at = timezone.now()
    context = {
        "page": "notes",
        **row(note),
        "form": form,
        "is_gone": bool(note.expires_at and note.expires_at <= at),
        "may_change": permissions.may_change(request.user, note),
        "may_resolve": permissions.may_resolve(request.user, note),
        "zone": note.team.tz,
    }
    return render(request, "notes/note.html", context, status=status_for(form))
