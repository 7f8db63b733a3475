"""The page of one proposal: what would change and why, who has to agree, and everybody's answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common.notices import say
from common.web import attempt, status_for
from handover.agreements import answering, permissions, queries
from handover.agreements.agreeing import ProposalAnswer, Says
from handover.agreements.answer_forms import AnswerForm, CommentForm, DecideForm, WithdrawForm
from handover.agreements.comparing import changes
from handover.agreements.models import AgreementVersion
from handover.agreements.states import State


class Act(NamedTuple):
    """One thing that can be pressed: who may, its form, what it does, and what is said then."""

    check: Callable[..., None]
    form: type[Form]
    move: Callable[..., Any]
    said: str


ACTS = {
    "answer": Act(permissions.check_answer, AnswerForm, answering.answer, "Your answer is recorded."),
    "comment": Act(permissions.check_comment, CommentForm, answering.comment, "Your comment is added."),
    "decide": Act(permissions.check_decide_on, DecideForm, answering.decide, "Decided. Everybody concerned is told."),
    "withdraw": Act(permissions.check_withdraw, WithdrawForm, answering.withdraw, "Withdrawn. Everybody concerned is told."),
}


class Chip(NamedTuple):
    tone: str
    icon: str
    word: str


CHIPS = {
    Says.AGREE: Chip("ok", "check", "Agrees"),
    Says.CHANGE: Chip("ask", "message-circle", "Wants a change"),
    Says.KEEP: Chip("late", "hand-stop", "Would keep it"),
}
NOT_YET, ASKS = Chip("wait", "hourglass-high", "Not yet"), Chip("ask", "help-circle", "Has a question")


@require_GET
def proposal(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """``/agreements/<ref>/proposals/<number>/``: stays where it is when it was decided, withdrawn, or is in force."""
    return _page(request, _version(request, ref, number))


@require_POST
def act(request: HttpRequest, ref: str, number: int, verb: str) -> HttpResponse:
    """``/agreements/<ref>/proposals/<number>/<verb>/``: answer, comment, decide, withdraw."""
    version, what = _version(request, ref, number), ACTS[verb]
    what.check(request.user, version)
    form = what.form(request.POST)
    if attempt(form, what.move, version_id=version.pk, by=request.user, at=timezone.now()):
        version.refresh_from_db(fields=["state"])
        say(request, f"Everybody has agreed: version {number} is in force." if verb == "answer" and version.state == State.IN_FORCE else what.said)
        return redirect(version)
    return _page(request, version, **{verb: form})


def _version(request: HttpRequest, ref: str, number: int) -> AgreementVersion:
    agreement = queries.found(request.user, ref)
    versions = queries.complete(AgreementVersion.objects.filter(agreement=agreement)).select_related("created_by", "decided_by")
    return get_object_or_404(versions, number=number)


def _page(request: HttpRequest, version: AgreementVersion, **forms: Form) -> HttpResponse:
    user, at, agreement = request.user, timezone.now(), version.agreement
    base = queries.before(version)
    lines = changes(base, version)
    comments = list(version.comments.select_related("author"))
    answers = queries.answers_with_roles(version)
    mine = next((one for one in answers if one.colleague_id == user.pk), None)
    is_open = version.state == State.PROPOSED
    context: dict[str, Any] = {
        "page": "map",
        "at": at,
        "zone": agreement.team.tz,
        "agreement": agreement,
        "version": version,
        "base": base,
        "lines": [line for line in lines if line.differs] if base else lines,
        "total": len(lines),
        "answers": [(one, _chip(one, comments)) for one in answers],
        "agreed": sum(one.answer == Says.AGREE for one in answers),
        "comments": comments,
        "mine": mine,
        "is_open": is_open,
        "owed": is_open and mine is not None and not mine.answer,
        "may_answer": is_open and mine is not None,
        "may_comment": is_open and permissions.may_comment(user, version),
        "may_write": is_open and permissions.may_write(user, version),
        "may_withdraw": is_open and permissions.may_withdraw(user, version),
        "is_late": is_open and version.answer_by is not None and version.answer_by <= at,
        "is_lead": permissions.may_decide(user, agreement.team_id),
        "form": next(iter(forms.values()), None),
        "answer_form": forms.get("answer") or AnswerForm(initial=_given(mine, version)),
        "comment_form": forms.get("comment") or CommentForm(),
        "decide_form": forms.get("decide") or DecideForm(),
        "withdraw_form": forms.get("withdraw") or WithdrawForm(),
    }
    status = next((status_for(form) for form in forms.values()), 200)
    return render(request, "agreements/proposal.html", context, status=status)


def _given(mine: ProposalAnswer | None, version: AgreementVersion) -> dict[str, Any]:
    if mine is None:
        return {}
    words = {"instead": mine.words if mine.answer == Says.CHANGE else "", "because": mine.words if mine.answer == Says.KEEP else ""}
    return {"answer": mine.answer or Says.AGREE, "line": mine.line, "read": version.revision, **words}


def _chip(answer: ProposalAnswer, comments: list[Any]) -> Chip:
    if answer.answer:
        return CHIPS[Says(answer.answer)]
    return ASKS if any(comment.author_id == answer.colleague_id for comment in comments) else NOT_YET
