"""Improvements: the list, and one with who agreed, what it did, and whatever can be pressed now."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common.keyset import keyset_page
from common.notices import say
from common.web import attempt, status_for
from reviews.improvements import carrying_out, operations, permissions, queries, showing, telling
from reviews.improvements.forms import AnswerForm, DecideForm, DoneForm, JudgeForm, PlanForm, RemarkForm, WithdrawForm
from reviews.improvements.models import Improvement, Says, Verdict
from reviews.improvements.states import State

SHOWN = 30
SHOWS = {"open": "Under way", "judge": "Did it work?", "ended": "Ended"}
SAID = {
    "answer": "Your answer is recorded.",
    "decide": "Decided. Everybody concerned is told.",
    "withdraw": "Withdrawn. Everybody concerned is told.",
    "done": "Done. In four weeks the leads are asked whether it worked.",
    "plan": "Changed. Everybody concerned is told.",
    "remark": "Added beside the figures.",
    "judge": "Recorded. Everybody concerned is told.",
}


class Chip(NamedTuple):
    tone: str
    icon: str
    word: str


ANSWERS = {Says.AGREE: Chip("ok", "check", "Agrees"), Says.NOT_YET: Chip("ask", "message-circle", "Not yet")}
WAITED, GONE = Chip("wait", "hourglass-high", "No answer yet"), Chip("grey", "user-x", "Has left")


@require_GET
def improvements(request: HttpRequest) -> HttpResponse:
    """``/improvements/?show=open|judge|ended``: the team's improvements, the newest first."""
    if request.team is None:
        return redirect("board:my-shift")
    at, show = timezone.now(), request.GET.get("show", "")
    show = show if show in SHOWS else ""
    page = keyset_page(queries.of_team(request.team, show=show), sort="created_at", cursor=request.GET.get("cursor"), size=SHOWN)
    context = {"page": "reviews", "improvements": showing.rows(page.rows, at=at, zone=request.team.tz), "next_cursor": page.next_cursor, "show": show}
    return render(request, "improvements/improvements.html", context | {"shows": [("", "All"), *SHOWS.items()], "query": f"show={show}&" if show else ""})


@require_GET
def improvement(request: HttpRequest, ref: str) -> HttpResponse:
    """``/improvements/<ref>/``."""
    return page_of(request, find(request, ref))


@require_POST
def act(request: HttpRequest, ref: str, verb: str) -> HttpResponse:
    """``/improvements/<ref>/<verb>/``: answer, decide, withdraw, done, plan, remark, judge."""
    found, at = find(request, ref), timezone.now()
    check, move = MOVES[verb]
    check(request.user, found)
    form = form_of(verb, found, at, request.POST)
    if attempt(form, move, improvement_id=found.pk, by=request.user, at=at):
        found.refresh_from_db(fields=["state"])
        say(request, "Everybody concerned has agreed." if verb == "answer" and found.state == State.AGREED else SAID[verb])
        return redirect(found)
    return page_of(request, found, **{verb: form})


MOVES: dict[str, tuple[Any, Any]] = {
    "answer": (permissions.check_answer, operations.answer),
    "decide": (permissions.check_run, operations.decide),
    "withdraw": (permissions.check_write, operations.withdraw),
    "done": (permissions.check_carry_out, carrying_out.carry_out),
    "plan": (permissions.check_carry_out, carrying_out.plan),
    "remark": (permissions.check_remark, carrying_out.remark),
    "judge": (permissions.check_run, carrying_out.judge),
}


def find(request: HttpRequest, ref: str) -> Improvement:
    people = ("team", "other_team", "owner", "created_by", "decided_by", "done_by")
    about = ("service", "agreement__point__service", "version__agreement", "review", "suggestion", "adjusts")
    with_all = Improvement.objects.visible_to(request.user).select_related(*people, *about)
    return get_object_or_404(with_all, ref=ref)


def form_of(verb: str, found: Improvement, at: Any, data: Any = None) -> Form:
    simple: dict[str, type[Form]] = {"decide": DecideForm, "withdraw": WithdrawForm, "remark": RemarkForm, "judge": JudgeForm}
    if verb == "done":
        return DoneForm(data, improvement=found, today=found.team.local(at).date())
    if verb == "plan":
        return PlanForm(data, improvement=found)
    return AnswerForm(data, initial={"read": found.revision}) if verb == "answer" else simple[verb](data)


def page_of(request: HttpRequest, found: Improvement, **sent: Form) -> HttpResponse:
    """The page; ``sent``: a form that was refused, with what was typed."""
    user, at = request.user, timezone.now()
    refused = next(iter(sent.values()), None)
    answers = list(queries.answers(found))
    mine = next((one for one in answers if one.colleague_id == user.pk), None)
    today = found.team.local(at).date()
    last = queries.last_word(found)
    context: dict[str, Any] = {
        "page": "reviews",
        "at": at,
        "zone": found.team.tz,
        "improvement": found,
        "chip": showing.chip_of(found, today=today, last=last),
        "by": showing.day(found.due_on, today=today),
        "done_on": showing.day(found.done_on, today=today) if found.done_on else "",
        "effect": showing.shown(found, user=user, at=at),
        "answers": [(one, chip_of(one)) for one in answers],
        "agreed": sum(one.says == Says.AGREE for one in answers),
        "asked": sum(one.says == Says.AGREE or one.is_waited_for for one in answers),
        "mine": mine,
        "owed": found.state == State.PROPOSED and mine is not None and not mine.says,
        "adjusted_by": list(found.adjusted_by.all()),
        "may_adjust": last is not None and last.verdict in (Verdict.ADJUST, Verdict.UNDO) and permissions.may_propose(user, found.team_id),
        "owner_left": found.state == State.AGREED and not queries.is_here(found.owner, found),
        **allowed(found, user, at, answers),
        "refused": refused,
    }
    forms = {f"{verb}_form": sent.get(verb) or form_of(verb, found, at) for verb in needed(context)}
    if mine is not None and "answer" not in sent and "answer_form" in forms:
        forms["answer_form"].initial |= {"says": mine.says or Says.AGREE, "words": mine.words}
    return render(request, "improvements/improvement.html", context | forms, status=status_for(refused) if refused else 200)


def allowed(found: Improvement, user: Any, at: Any, answers: list[Any]) -> dict[str, bool]:
    """What can be pressed now, by whoever looks."""
    runs, writes, carries = permissions.may_run(user, found), permissions.may_write(user, found), permissions.may_carry_out(user, found)
    is_proposed, is_agreed = found.state == State.PROPOSED, found.state == State.AGREED
    silent = any(one.is_waited_for and not one.says for one in answers)
    return {
        "may_answer": is_proposed and any(one.colleague_id == user.pk for one in answers),
        "may_write": is_proposed and writes,
        "may_decide": is_proposed and runs and (not silent or at >= found.created_at + telling.DECIDE_AFTER),
        "may_withdraw": (is_proposed or is_agreed) and writes,
        "may_finish": is_agreed and carries,
        "may_remark": found.state in (State.DONE, State.JUDGED),
    }


def needed(context: dict[str, Any]) -> list[str]:
    """The forms that are on the page."""
    wanted = {"may_answer": "answer", "may_decide": "decide", "may_withdraw": "withdraw", "may_finish": "done", "may_remark": "remark"}
    found = [verb for name, verb in wanted.items() if context[name]]
    return [*found, *(["plan"] if context["may_finish"] else []), *(["judge"] if context["effect"]["may_judge"] else [])]


def chip_of(answer: Any) -> Chip:
    return ANSWERS[Says(answer.says)] if answer.says else WAITED if answer.is_waited_for else GONE
