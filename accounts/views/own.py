"""What a person says about themselves: settings, an invitation, the first run."""

from typing import Any

from allauth.account.internal import flows
from allauth.account.models import Login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import operations, permissions
from accounts.forms.own import ChoicesForm, JoinAsMyselfForm, JoinForm, NameForm, StartForm
from accounts.keys import digest_of
from accounts.middleware import TEAM
from accounts.models import Invitation, Preference, User
from accounts.queries import members_of, open_invitations
from accounts.views.asking import administrators_only, team_of
from common.notices import say
from common.web import attempt, status_for


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    form = choices_form(request, request.POST or None)
    if attempt(form, operations.set_preference, by=request.user, at=timezone.now()):
        say(request, "Your settings are saved.")
        response = redirect("accounts:settings")
        response.set_cookie("theme", form.cleaned_data["theme"], max_age=365 * 24 * 60 * 60, samesite="Lax", secure=request.is_secure())
        return response
    return settings_page(request, choices=form, name=name_form(request))


@require_POST
def rename(request: HttpRequest) -> HttpResponse:
    form = name_form(request, request.POST)
    if attempt(form, operations.rename_person, user_id=request.user.pk, by=request.user, at=timezone.now()):
        say(request, "Your name is saved.")
        return redirect("accounts:settings")
    return settings_page(request, choices=choices_form(request), name=form)


def choices_form(request: HttpRequest, data: Any = None) -> ChoicesForm:
    preference = Preference.objects.filter(user=request.user).first() or Preference(user=request.user)
    return ChoicesForm(data, preference=preference, email=request.user.email)


def name_form(request: HttpRequest, data: Any = None) -> NameForm:
    return NameForm(data, initial={"display_name": request.user.display_name})


def settings_page(request: HttpRequest, *, choices: ChoicesForm, name: NameForm) -> HttpResponse:
    leads = request.team is not None and permissions.may_enrol_devices(request.user, request.team.pk)
    context = {"page": "settings", "choices_form": choices, "name_form": name, "may_administer": permissions.may_administer(request.user)}
    context["may_enrol_devices"] = leads
    return render(request, "accounts/settings/own.html", context, status=max(status_for(choices), status_for(name)))


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Join a team: as oneself when signed in, else as a new colleague. A link that does not work says so, and no more."""
    at = timezone.now()
    found = Invitation.objects.open(at).select_related("team", "invited_by").filter(digest=digest_of(key)).first()
    if found is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    by = request.user if request.user.is_authenticated else None
    form = JoinAsMyselfForm(request.POST if request.method == "POST" else None) if by else JoinForm(request.POST or None, invitation=found)
    if attempt(form, operations.accept_invitation, key=key, by=by, at=at):
        if by is None:
            return sign_in(request, form.result.user, team_id=found.team_id)
        request.session[TEAM] = found.team_id
        say(request, f"Welcome to {found.team}.")
        return redirect("/")
    known = by is None and User.objects.with_email(found.email).exists()
    context = {"invitation": found, "form": form, "known": known, "at": at, "zone": found.team.tz}
    return render(request, "accounts/invitation.html", context, status=status_for(form))


def sign_in(request: HttpRequest, person: User, *, team_id: int) -> HttpResponse:
    """Sign in somebody who has just proved who they are, through the same stages as everybody."""
    response = flows.login.perform_login(request, Login(user=person, email=person.email))
    if request.user.is_authenticated:
        request.session[TEAM] = team_id
    return response


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The first administrator and their team. Not there without the one-time secret, nor once there is an administrator."""
    key = request.GET.get("key", "")
    if not operations.is_first_run_key(key):
        raise Http404
    form = StartForm(request.POST or None)
    if attempt(form, operations.set_up, key=key, at=timezone.now()):
        person, team = form.result
        sign_in(request, person, team_id=team.pk)
        return redirect("accounts:set-up")
    return render(request, "accounts/start.html", {"form": form, "page": "start"}, status=status_for(form))


def set_up(request: HttpRequest) -> HttpResponse:
    """What is left to do until the team's first handover; to come back to at any time."""
    administrators_only(request)
    team = team_of(request)
    people, invited = members_of(team).count(), open_invitations(team, at=timezone.now()).count()
    return render(request, "accounts/set_up.html", {"page": "settings", "team": team, "people": people, "invited": invited})
