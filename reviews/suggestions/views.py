"""Suggestions: the list, a new one from any page, and one with what was said about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.keyset import keyset_page
from common.notices import say
from common.web import attempt, status_for
from reviews.improvements.models import Improvement
from reviews.suggestions import operations, permissions, queries
from reviews.suggestions.forms import AnswerForm, DiscussForm, SuggestionForm
from reviews.suggestions.models import Suggestion
from reviews.suggestions.places import in_words

SHOWN = 30


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """``/suggestions/?show=waiting|answered``: the team's ideas, the newest first."""
    if request.team is None:
        return redirect("board:my-shift")
    show = request.GET.get("show", "")
    waiting = {"waiting": True, "answered": False}.get(show)
    page = keyset_page(queries.of_team(request.team, waiting=waiting), sort="created_at", cursor=request.GET.get("cursor"), size=SHOWN)
    rows = [(one, in_words(one.about_path)) for one in page.rows]
    context = {"page": "suggestions", "rows": rows, "next_cursor": page.next_cursor, "show": show, "query": f"show={show}&" if waiting is not None else ""}
    return render(request, "suggestions/suggestions.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """``/suggestions/new/?about=<path>``: from any page, tied to it."""
    if request.team is None:
        return redirect("board:my-shift")
    form = SuggestionForm(request.POST or None, about=request.GET.get("about", ""))
    if attempt(form, operations.suggest, team=request.team, by=request.user, at=timezone.now()):
        say(request, "Thank you. The leads of your team see it; you hear what becomes of it.")
        return redirect(form.result)
    about = in_words(form["about_path"].value() or "")
    return render(request, "suggestions/new.html", {"page": "suggestions", "form": form, "about": about}, status=status_for(form))


@require_GET
def suggestion(request: HttpRequest, ref: str) -> HttpResponse:
    """``/suggestions/<ref>/``: a lead who opens it has seen it."""
    found = find(request, ref)
    operations.see(suggestion_id=found.pk, by=request.user, at=timezone.now())
    return show(request, ref)


@require_POST
def discuss(request: HttpRequest, ref: str) -> HttpResponse:
    form = DiscussForm(request.POST)
    if attempt(form, operations.discuss, suggestion_id=find(request, ref).pk, by=request.user, at=timezone.now()):
        return redirect("suggestions:one", ref)
    return show(request, ref, discuss_form=form)


@require_POST
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    found = find(request, ref)
    permissions.check_answer(request.user, found.team_id)
    form = AnswerForm(request.POST)
    if attempt(form, operations.answer, suggestion_id=found.pk, by=request.user, at=timezone.now()):
        say(request, f"{found.author.first_name} is told.")
        return redirect("suggestions:one", ref)
    return show(request, ref, answer_form=form)


def find(request: HttpRequest, ref: str) -> Suggestion:
    return get_object_or_404(Suggestion.objects.visible_to(request.user).select_related("author", "answered_by", "seen_by", "team", "review"), ref=ref)


def show(request: HttpRequest, ref: str, **sent: forms.Form) -> HttpResponse:
    """The page; ``sent``: a form that was refused, with what was typed."""
    found = find(request, ref)
    refused = next(iter(sent.values()), None)
    context: dict[str, Any] = {
        "page": "suggestions",
        "suggestion": found,
        "about": in_words(found.about_path),
        "discussion": found.discussion.select_related("by"),
        "improvements": Improvement.objects.filter(suggestion=found).order_by("pk"),
        "may_answer": permissions.may_answer(request.user, found.team_id),
        "discuss_form": DiscussForm(),
        "answer_form": AnswerForm(),
        "refused": refused,
        **sent,
    }
    return render(request, "suggestions/suggestion.html", context, status=status_for(refused) if refused else 200)
