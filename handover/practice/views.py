"""The practice handover: give, receive, answer a check. It lives in the session; only that it was done is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from common.errors import InformationMissing
from common.web import attempt, status_for
from handover.practice import forms, operations, permissions, queries, rules, stories

KEY = "practice"
STEPS = (("give", "Give"), ("receive", "Receive"), ("check", "Check"), ("decide", "Decide"), ("done", "Done"))
Step = Callable[[HttpRequest, dict[str, Any]], dict[str, Any] | None]


@require_http_methods(["GET", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """``/practice/``: the step that this session has come to. A step that was done right leads on to the next."""
    if request.team is None:
        return redirect("board:my-shift")
    state = request.session.get(KEY) or {"step": "start"}
    if request.method == "POST" and "again" in request.POST:
        request.session[KEY] = {"step": "give"}
        return redirect("practice:practice")
    context = DO[state["step"]](request, state)
    if context is None:
        request.session[KEY] = state
        return redirect("practice:practice")
    number = next((place for place, (key, _) in enumerate(STEPS, start=1) if key == state["step"]), 0)
    context |= {"page": "how", "part": f"practice/_{state['step']}.html", "state": state, "steps": STEPS, "number": number, "giver": stories.GIVER}
    return render(request, "practice/practice.html", context, status=status_for(context["form"]) if context.get("form") else 200)


@require_GET
def colleagues(request: HttpRequest) -> HttpResponse:
    """``/practice/colleagues/``: for leads, who has practised and when."""
    if request.team is None:
        return redirect("board:my-shift")
    permissions.check_see_who(request.user, request.team.pk)
    return render(request, "practice/colleagues.html", {"page": "team", "people": queries.practised(request.team), "team": request.team})


def start(request: HttpRequest, state: dict[str, Any]) -> dict[str, Any] | None:
    if request.method == "POST":
        state["step"] = "give"
        return None
    may = permissions.may_see_who(request.user, request.team.pk)
    return {"done_at": queries.done_at(request.user, request.team), "may_see_who": may}


def give(request: HttpRequest, state: dict[str, Any]) -> dict[str, Any] | None:
    story = stories.to_give(queries.to_practise_with(request.team), timezone.now())
    form = forms.GiveForm(sent(request), story=story)
    if attempt(form, rules.give, story=story):
        state |= {"step": "receive"}
        return None
    if isinstance(form.refusal, InformationMissing):
        for one in form.refusal.extra["items"]:
            if one["name"] in form.fields and one["need"] == "must":
                form.add_error(one["name"], "is needed before it can be handed over.")
        request.session[KEY] = state | {"refused": True}
    complete = form.complete()
    return {"form": form, "story": story, "needs": form.needs(), "given": complete.given, "required": complete.total}


def receive(request: HttpRequest, state: dict[str, Any]) -> dict[str, Any] | None:
    asks = "ask" in request.POST
    question = forms.QuestionForm(sent(request) if asks else None)
    form = forms.ReadBackForm(None if asks else sent(request))
    if asks and question.is_valid():
        state |= {"question": question.cleaned_data["text"], "answer": stories.ANSWER}
        return None
    if not asks and attempt(form, rules.accept):
        state |= {"step": "check", "read_back": form.cleaned_data["read_back"]}
        return None
    return {
        "form": question if asks and question.errors else form,
        "read_back": form,
        "question": question,
        "brief": brief(),
        "title": stories.RECEIVED["title"],
    }


def check(request: HttpRequest, state: dict[str, Any]) -> dict[str, Any] | None:
    form = forms.CheckForm(sent(request))
    if attempt(form, rules.answer):
        state |= {"step": "decide", "why": form.cleaned_data["words"]}
        return None
    return {"form": form, "trouble": stories.TROUBLE, "title": stories.RECEIVED["title"]}


def decide(request: HttpRequest, state: dict[str, Any]) -> dict[str, Any] | None:
    form = forms.DecideForm(sent(request))
    if attempt(form, rules.decide):
        operations.record(team=request.team, by=request.user, at=timezone.now())
        state |= {"step": "done", "decision": form.cleaned_data["decision"]}
        return None
    return {"form": form, "title": stories.RECEIVED["title"]}


def done(request: HttpRequest, state: dict[str, Any]) -> dict[str, Any] | None:
    return {}


DO: dict[str, Step] = {"start": start, "give": give, "receive": receive, "check": check, "decide": decide, "done": done}


def sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def brief() -> list[dict[str, Any]]:
    """The received story as every brief is listed."""
    words = stories.RECEIVED
    return [
        {"term": "Promised", "text": words["promise"], "key": True, "icon": "user-check"},
        {"term": "Situation", "text": words["situation"]},
        {"term": "Done so far", "text": words["done_so_far"]},
        {"term": "Next step", "text": words["next_step"]},
        {"term": "Plan if it goes wrong", "text": words["if_then"]},
        {"term": "How do we reach the customer", "text": words["reach"]},
    ]
