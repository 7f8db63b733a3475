"""Observations: those that wait for a lead, what was seen so far, and one with what the record says beside each point."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common.keyset import keyset_page
from common.notices import say
from common.web import attempt, status_for
from handover.handovers.models import Item
from handover.handovers.story import story
from reviews.observing import operations, permissions, queries
from reviews.observing.forms import CommentForm, ObserveForm, SetAsideForm
from reviews.observing.models import Observation
from reviews.observing.points import POINTS
from reviews.observing.record import recorded

SHOWN = 30
WEEKS = 12
WAITING, SEEN = "waiting", "seen"


@require_GET
def observations(request: HttpRequest) -> HttpResponse:
    """``/observations/?show=waiting|seen``: a lead sees the team's, a colleague those of their own handovers."""
    team, at, user = request.team, timezone.now(), request.user
    if team is None:
        return redirect("board:my-shift")
    leads = user.is_lead_of(team.pk)
    show = request.GET.get("show", "") if leads else SEEN
    show = show if show in (WAITING, SEEN) else WAITING
    rows: QuerySet[Observation] = Observation.objects.visible_to(user).filter(team=team)
    rows = queries.for_observer(queries.waiting(rows, at), user) if show == WAITING else rows.filter(observed_at__isnull=False)
    rows = rows if leads else rows.filter(colleague=user)
    page = keyset_page(queries.with_people(rows), sort="drawn_at", cursor=request.GET.get("cursor"), size=SHOWN)
    context = {
        "page": "reviews",
        "rows": page.rows,
        "next_cursor": page.next_cursor,
        "show": show,
        "leads": leads,
        "query": f"show={show}&" if leads else "",
        "seen": seen_by_observers(team.pk, team.local(at).date()),
        "weeks": WEEKS,
    }
    return render(request, "observing/observations.html", context)


def seen_by_observers(team_id: int, today: date) -> list[dict[str, Any]]:
    """The four points over the last weeks, for everybody of the team: of handovers, not of persons."""
    found = queries.for_period(team_id, today - timedelta(weeks=WEEKS), today + timedelta(days=1))
    return [{"point": point, "measured": found[point.name]} for point in POINTS]


@require_GET
def observation(request: HttpRequest, ref: str) -> HttpResponse:
    return show(request, find(request, ref))


@require_POST
def observe(request: HttpRequest, ref: str) -> HttpResponse:
    found = find(request, ref)
    permissions.check_observe(request.user, found)
    form = ObserveForm(request.POST, observation=found)
    if attempt(form, operations.observe, observation_id=found.pk, by=request.user, at=timezone.now()):
        say(request, f"{found.colleague.first_name} is told, and can comment.")
        return redirect("observing:all")
    return show(request, found, observe_form=form)


@require_POST
def comment(request: HttpRequest, ref: str) -> HttpResponse:
    found = find(request, ref)
    permissions.check_comment(request.user, found)
    form = CommentForm(request.POST, observation=found)
    if attempt(form, operations.comment, observation_id=found.pk, by=request.user, at=timezone.now()):
        say(request, "Thank you. It stands beside what was seen.")
        return redirect(found)
    return show(request, found, comment_form=form)


@require_POST
def set_aside(request: HttpRequest, ref: str) -> HttpResponse:
    found = find(request, ref)
    permissions.check_observe(request.user, found)
    form = SetAsideForm(request.POST)
    if attempt(form, operations.set_aside, observation_id=found.pk, by=request.user, at=timezone.now()):
        say(request, "Set aside. Nobody is asked about it any more.")
        return redirect("observing:all")
    return show(request, found, aside_form=form)


def find(request: HttpRequest, ref: str) -> Observation:
    return get_object_or_404(queries.with_people(Observation.objects.visible_to(request.user)).select_related("team"), ref=ref)


def show(request: HttpRequest, found: Observation, **sent: forms.Form) -> HttpResponse:
    """The page; ``sent``: a form that was refused, with what was typed."""
    refused = next(iter(sent.values()), None)
    at, user = timezone.now(), request.user
    item = whole(found.item_id)
    says = recorded(item, at, found.team.tz)
    observe_form = sent.get("observe_form") or ObserveForm(observation=found)
    context: dict[str, Any] = {
        "page": "reviews",
        "observation": found,
        "item": item,
        "story": story(item, reader_id=user.pk),
        "may_observe": permissions.may_observe(user, found) and found.set_aside_at is None,
        "may_comment": permissions.may_comment(user, found) and found.observed_at is not None,
        "points": [{"point": point, "field": observe_form[point.name], "says": says[point.name], "saw": getattr(found, point.name)} for point in POINTS],
        "observe_form": observe_form,
        "comment_form": CommentForm(observation=found),
        "aside_form": SetAsideForm(),
        "refused": refused,
        **sent,
    }
    return render(request, "observing/observation.html", context, status=status_for(refused) if refused else 200)


def whole(item_id: int) -> Item:
    """The item with everything that its story and its record need."""
    items = Item.objects.select_related(
        "giver", "offered_by", "receiver", "receiving_shift", "accepted_by", "ended_by", "action", "brief", "agreement_version__agreement", "handover"
    )
    return items.prefetch_related(
        "brief__answers",
        "queries__asked_by",
        "queries__answered_by",
        "action__notes__by",
        "action__contacts__by",
        "checks__asked_by",
        "checks__answered_by",
        "checks__giver",
        "followups__decided_by",
        "followups__owed_by",
    ).get(pk=item_id)
