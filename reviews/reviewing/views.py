"""Reviews: the list, one with its questions and everybody's view, a new one, and what is pressed on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.errors import StaleVersion
from common.keyset import keyset_page
from common.notices import say
from common.web import attempt, status_for
from reviews.improvements import queries as improvements
from reviews.improvements import showing as improving
from reviews.reviewing import opening_operations, operations, permissions, queries
from reviews.reviewing.forms import AnswerRemarkForm, ConcludeForm, RemarkForm, StartForm, ViewForm, kept
from reviews.reviewing.models import Participant, Review
from reviews.reviewing.showing import Shown, said_by
from reviews.reviewing.standard import GUIDE
from reviews.sharing.wording import period

SHOWN = 30


@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """``/reviews/?show=open|concluded``: the team's reviews, the latest first."""
    if request.team is None:
        return redirect("board:my-shift")
    show = request.GET.get("show", "")
    show = show if show in ("open", "concluded") else ""
    page = keyset_page(queries.of_team(request.team, show=show), sort="opened_at", cursor=request.GET.get("cursor"), size=SHOWN)
    mine = dict(Participant.objects.filter(person=request.user, review__in=page.rows).values_list("review", "given_at"))
    context = {
        "page": "reviews",
        "rows": [(one, one.is_open and one.pk in mine and mine[one.pk] is None) for one in page.rows],
        "next_cursor": page.next_cursor,
        "show": show,
        "query": f"show={show}&" if show else "",
        "next_opening": queries.next_opening(request.team),
        "may_run": permissions.may_run(request.user, request.team.pk),
    }
    return render(request, "reviewing/reviews.html", context)


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """``/reviews/start/?since=…&service=…``: a lead opens a review of what they saw on the dashboard."""
    if request.team is None:
        return redirect("board:my-shift")
    permissions.check_run(request.user, request.team.pk)
    at = timezone.now()
    form = StartForm(request.POST or None, team=request.team, today=request.team.local(at).date(), address=request.GET.dict())
    if attempt(form, opening_operations.start, team=request.team, by=request.user, at=at):
        say(request, "The review is open, with its evidence. Everybody concerned is asked for a view.")
        return redirect(form.result)
    return render(request, "reviewing/start.html", {"page": "reviews", "form": form}, status=status_for(form))


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """``/reviews/<ref>/``: read the evidence, give a view; then read everybody's."""
    found = find(request, ref)
    if request.method == "GET":
        return show(request, found)
    permissions.check_concerned(request.user, found)
    form = ViewForm(request.POST, questions=queries.questions(found, with_views=False))
    if attempt(form, operations.give, review_id=found.pk, by=request.user, at=timezone.now()):
        say(request, "Thank you. Your view is given; you can change it until the review is concluded.")
        return redirect(found)
    return show(request, found, view_form=form)


@require_POST
def draft(request: HttpRequest, ref: str) -> JsonResponse:
    """``/reviews/<ref>/draft/``: keep what is being typed. 409 with the other text if another tab saved meanwhile."""
    found, at = find(request, ref), timezone.now()
    fields = kept(request.POST.dict(), queries.questions(found, with_views=False))
    given = request.POST.get("draft_version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else None
    try:
        mine = operations.save_draft(review_id=found.pk, by=request.user, at=at, fields=fields, version=version)
    except StaleVersion as clash:
        return JsonResponse({"version": clash.extra["version"], "theirs": clash.extra["theirs"]}, status=409)
    return JsonResponse({"version": mine.draft_version, "saved_at": f"{found.team.local(at):%H:%M}"})


@require_POST
def remark(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what the figures about oneself do not show."""
    found = find(request, ref)
    permissions.check_concerned(request.user, found)
    form = RemarkForm(request.POST)
    if attempt(form, operations.remark, review_id=found.pk, by=request.user, at=timezone.now()):
        say(request, "Sent. A lead answers before the review is concluded.")
        return redirect(found)
    return show(request, found, remark_form=form)


@require_POST
def answer_remark(request: HttpRequest, ref: str, participant: int) -> HttpResponse:
    """A lead answers what a colleague says about their own figures."""
    found = find(request, ref)
    permissions.check_run(request.user, found.team_id)
    if not Participant.objects.filter(review=found, pk=participant, remarked_at__isnull=False).exists():
        raise Http404
    form = AnswerRemarkForm(request.POST, participant_id=participant)
    if attempt(form, operations.answer_remark, participant_id=participant, by=request.user, at=timezone.now()):
        say(request, f"{form.result.person.first_name} is told.")
        return redirect(found)
    return show(request, found, answer_form=form)


@require_POST
def conclude(request: HttpRequest, ref: str) -> HttpResponse:
    """``/reviews/<ref>/conclude/``: what the team makes of it, and what becomes of each suggestion."""
    found = find(request, ref)
    permissions.check_run(request.user, found.team_id)
    form = ConcludeForm(request.POST, suggestions=queries.taken_in(found))
    if attempt(form, operations.conclude, review_id=found.pk, by=request.user, at=timezone.now()):
        say(request, "Concluded. Everybody who was asked is told.")
        return redirect(found)
    return show(request, found, conclude_form=form)


def find(request: HttpRequest, ref: str) -> Review:
    try:
        return queries.found(request.user, ref)
    except Review.DoesNotExist:
        raise Http404 from None


def show(request: HttpRequest, found: Review, **sent: forms.Form) -> HttpResponse:
    """The page; ``sent``: a form that was refused, with what was typed."""
    at, user = timezone.now(), request.user
    mine = queries.participant(found, user)
    may_give, may_run = permissions.may_give(user, found), permissions.may_run(user, found.team_id)
    with_views = permissions.may_read_views(user, found, mine, at)
    questions = queries.questions(found, with_views=with_views)
    refused = next(iter(sent.values()), None)
    evidence = Shown(found, user, at=at, linked=request.team is not None and request.team.pk == found.team_id)
    view_form = sent.get("view_form") or ViewForm(questions=questions, mine=mine)
    context: dict[str, Any] = {
        "page": "reviews",
        "review": found,
        "mine": mine,
        "rows": rows(view_form, evidence, questions, with_views=with_views, but=mine),
        "with_views": with_views,
        "answered": sum(1 for _, choice, words in view_form.bound() if words.value() or (choice is not None and choice.value())),
        "may_give": may_give,
        "may_run": may_run,
        "guide": GUIDE,
        "period": period(found.since, found.last_day),
        "given_handovers": evidence.given,
        "waited_for": queries.waited_for(found) if may_run and found.is_open else [],
        "remarks": remarks(found, sent.get("answer_form")) if may_run else [],
        "taken_in": queries.taken_in(found),
        "view_form": view_form,
        "remark_form": RemarkForm(mine=mine),
        "conclude_form": ConcludeForm(suggestions=queries.taken_in(found)) if may_run and found.is_open else None,
        "is_late": found.is_open and at >= found.closes_at,
        "refused": refused,
        **improved(request, found, at),
        **sent,
    }
    return render(request, "reviewing/review.html", context, status=status_for(refused) if refused else 200)


def rows(form: ViewForm, evidence: Shown, questions: list[Any], *, with_views: bool, but: Participant | None) -> list[dict[str, Any]]:
    """Each question with its controls, what stands beside it, and what others said; one's own words stand in the form."""
    found = []
    too_late = not evidence.review.is_open and (form.is_bound or bool(but and but.draft))  # typed, and not given before the conclusion
    by_id = {one.pk: one for one in questions}
    for asked, choice, words in form.bound():
        question = by_id[asked.pk]
        views = question.views if with_views else []
        counts = said_by(question, operations.choices(question)) if views else []
        is_open = evidence.review.is_open
        others = [one for one in views if not (is_open and but is not None and one.participant_id == but.pk)]
        blocks = evidence.beside(question)
        rules = [(block.label, block.rule) for block in blocks if block.rule]
        shown = {"question": question, "rules": rules, "choice": choice, "words": words, "blocks": blocks, "views": others, "counts": counts}
        found.append({**shown, "typed": words.value() if too_late else ""})
    return found


def remarks(found: Review, sent: Any) -> list[tuple[Participant, forms.Form]]:
    """What colleagues said about their own figures, each with the form of a lead's answer."""
    shown = queries.remarks(found)
    return [(one, sent if sent is not None and sent.participant_id == one.pk else AnswerRemarkForm(participant_id=one.pk)) for one in shown]


def improved(request: HttpRequest, found: Review, at: Any) -> dict[str, Any]:
    """What was agreed here, and whether the last change of the team worked."""
    last = improvements.last_done(found.team)
    return {
        "improvements": improving.rows(improvements.of_review(found), at=at, zone=found.team.tz),
        "under_way": improving.rows(queries.under_way(request.user, found), at=at, zone=found.team.tz),
        "effect": improving.shown(last, user=request.user, at=at) if last is not None else None,
    }
