"""The wizard for whoever goes: what they hold and owe, where it goes, and afterwards where it went."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts import permissions as accounts
from accounts.models import Membership, User
from common.notices import say
from common.web import attempt, status_for
from handover.leaving import operations, permissions, queries
from handover.leaving.forms import CloseAccountForm, LeavingForm


@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """``/leaving/now/``: “I have to go now”, from one's own place in the team."""
    if request.membership is None:
        raise Http404
    return redirect("leaving:home", pk=request.membership.pk)


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """``/leaving/<membership>/``: somebody leaves the team; afterwards, where their work went."""
    place = _place(request, pk)
    permissions.check_see(request.user, place)
    if place.ended_at is not None:
        return _record(request, place)
    if request.method == "GET" and not permissions.may_end(request.user, place):
        return _record(request, place)
    permissions.check_end(request.user, place)
    return _wizard(request, place, going_home=False)


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest, pk: int) -> HttpResponse:
    """``/leaving/<membership>/now/``: somebody falls ill, or has to go, in mid-shift."""
    place = _place(request, pk)
    permissions.check_go(request.user, place)
    if place.ended_at is not None:
        return redirect("leaving:team", pk=place.pk)
    return _wizard(request, place, going_home=True)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """``/leaving/people/<user>/``: an administrator closes an account."""
    if not accounts.may_administer(request.user):
        raise Http404
    found = get_object_or_404(User.objects.persons(), pk=pk)
    form = CloseAccountForm(request.POST or None)
    at = timezone.now()
    if attempt(form, operations.close_account, person_id=found.pk, by=request.user, at=at):
        say(request, f"{found} is signed out everywhere. Their history stays.")
        return redirect("accounts:team")
    places = Membership.objects.current().filter(user=found).select_related("team", "user").order_by("team__name")
    teams = [{"team": place.team, "held": queries.held(found, place.team_id).count()} for place in places]
    context = {"page": "team", "person": found, "teams": teams, "form": form, "may": permissions.may_close_account(request.user, found)}
    return render(request, "leaving/person.html", context, status=status_for(form))


def _place(request: HttpRequest, pk: int) -> Membership:
    return get_object_or_404(Membership.objects.visible_to(request.user).select_related("user", "team"), pk=pk, user__kind="person")


def _wizard(request: HttpRequest, place: Membership, *, going_home: bool) -> HttpResponse:
    at = timezone.now()
    left, people, lead = queries.left_behind(place, at), list(queries.colleagues(place)), queries.lead_for(place, at)
    first_name = "you" if place.user_id == request.user.pk else place.user.first_name
    form = LeavingForm(request.POST or None, left=left, people=people, lead=lead, first_name=first_name, going_home=going_home)
    if request.method == "POST" and not request.POST:
        form = LeavingForm({}, left=left, people=people, lead=lead, first_name=first_name, going_home=going_home)
    move = operations.go_home if going_home else operations.leave
    if attempt(form, move, membership_id=place.pk, by=request.user, at=at):
        gone = "is away for the rest of the shift" if going_home else f"has left {place.team}"
        say(request, f"{place.user} {gone}. Everything has found its place.")
        return redirect("leaving:team", pk=place.pk)
    context = {"page": "team", "place": place, "left": left, "form": form, "going_home": going_home, "oneself": place.user_id == request.user.pk, "lead": lead}
    context["may_close"] = not going_home and permissions.may_close_account(request.user, place.user)
    return render(request, "leaving/wizard.html", context, status=status_for(form))


def _record(request: HttpRequest, place: Membership) -> HttpResponse:
    """Where the work went, from the trail."""
    event = queries.record_of(place)
    went = queries.where_it_went(request.user, event) if event else None
    return render(request, "leaving/record.html", {"page": "team", "place": place, "event": event, "went": went})
