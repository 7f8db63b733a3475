"""What administrators look after: teams, other administrators, integrations; and the shared PCs of a team."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import operations, permissions, queries
from accounts.devices import device_of, remember
from accounts.forms.integrations import IntegrationForm, TokenForm
from accounts.forms.teams import AdministratorForm, DeviceForm, TeamForm
from accounts.models import EnrolledDevice, Integration, Team, Token
from accounts.views.asking import administrators_only, team_of
from accounts.views.once import show_once
from common.notices import say
from common.web import attempt, status_for


@require_http_methods(["GET", "POST"])
def teams(request: HttpRequest) -> HttpResponse:
    administrators_only(request)
    form = TeamForm(request.POST or None)
    if attempt(form, operations.create_team, by=request.user, at=timezone.now()):
        say(request, f"{form.result} is made. Switch to it to invite colleagues.")
        return redirect("accounts:teams")
    context = {"page": "settings", "teams": queries.teams_with_counts(request.user), "form": form}
    return render(request, "accounts/settings/teams.html", context, status=status_for(form))


@require_http_methods(["GET", "POST"])
def change_team(request: HttpRequest, pk: int) -> HttpResponse:
    administrators_only(request)
    team = get_object_or_404(Team.objects.visible_to(request.user), pk=pk)
    form = TeamForm(request.POST or None, team=team)
    if attempt(form, operations.change_team, team_id=team.pk, by=request.user, at=timezone.now()):
        say(request, f"{form.result}: saved.")
        return redirect("accounts:teams")
    return render(request, "accounts/settings/team.html", {"page": "settings", "changed": team, "form": form}, status=status_for(form))


@require_http_methods(["GET", "POST"])
def administrators(request: HttpRequest) -> HttpResponse:
    administrators_only(request)
    form = AdministratorForm(request.POST or None)
    if attempt(form, operations.set_administrator, by=request.user, at=timezone.now()):
        say(request, f"{form.result} is an administrator now.")
        return redirect("accounts:administrators")
    context = {"page": "settings", "administrators": queries.administrators(), "form": form}
    return render(request, "accounts/settings/administrators.html", context, status=status_for(form))


@require_POST
def remove_administrator(request: HttpRequest, pk: int) -> HttpResponse:
    administrators_only(request)
    person = get_object_or_404(queries.administrators(), pk=pk)
    operations.set_administrator(user_id=person.pk, is_administrator=False, by=request.user, at=timezone.now())
    say(request, f"{person} is no administrator any more.")
    return redirect("accounts:administrators")


@require_http_methods(["GET", "POST"])
def integrations(request: HttpRequest) -> HttpResponse:
    administrators_only(request)
    form = IntegrationForm(request.POST or None, by=request.user, team=request.team)
    if attempt(form, operations.make_integration, by=request.user, at=timezone.now()):
        return redirect("accounts:integration", pk=form.result.pk)
    at = timezone.now()
    context = {"page": "settings", "integrations": queries.integrations_with_tokens(request.user), "form": form, "at": at}
    return render(request, "accounts/settings/integrations.html", context, status=status_for(form))


@require_http_methods(["GET", "POST"])
def integration(request: HttpRequest, pk: int) -> HttpResponse:
    """One integration: its tokens, and a new one."""
    administrators_only(request)
    found = get_object_or_404(queries.integrations_with_tokens(request.user), pk=pk)
    at = timezone.now()
    form = TokenForm(request.POST or None, at=at)
    if attempt(form, operations.issue_token, integration_id=found.pk, by=request.user, at=at):
        return show_once(request, "token", form.result, integration=found, back="accounts:integrations")
    context: dict[str, Any] = {"page": "settings", "integration": found, "form": form, "at": at}
    return render(request, "accounts/settings/integration.html", context, status=status_for(form))


@require_POST
def end_integration(request: HttpRequest, pk: int) -> HttpResponse:
    administrators_only(request)
    found = get_object_or_404(Integration.objects.visible_to(request.user), pk=pk)
    operations.end_integration(integration_id=found.pk, by=request.user, at=timezone.now())
    say(request, f"{found} has ended. None of its tokens works any more.")
    return redirect("accounts:integrations")


@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    administrators_only(request)
    token = get_object_or_404(Token.objects.filter(integration__in=Integration.objects.visible_to(request.user)), pk=pk)
    operations.revoke_token(token_id=token.pk, by=request.user, at=timezone.now())
    say(request, f"The token that begins with {token.hint} does not work any more.")
    return redirect("accounts:integration", pk=token.integration_id)


@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """The shared PCs of one's team. The one that a lead sits at is enrolled from there."""
    team = team_of(request)
    permissions.check_enrol_devices(request.user, team.pk)
    form = DeviceForm(request.POST or None)
    if attempt(form, operations.enrol_device, team_id=team.pk, by=request.user, at=timezone.now()):
        device, key = form.result
        say(request, f"{device} is enrolled. Its sign-in page now shows the colleagues of {team}.")
        response = redirect("accounts:devices")
        remember(response, key)
        return response
    context = {"page": "settings", "team": team, "devices": queries.devices_of(team), "this": device_of(request), "form": form}
    return render(request, "accounts/settings/devices.html", context, status=status_for(form))


@require_POST
def revoke_device(request: HttpRequest, pk: int) -> HttpResponse:
    device = get_object_or_404(EnrolledDevice.objects.visible_to(request.user), pk=pk)
    operations.revoke_device(device_id=device.pk, by=request.user, at=timezone.now())
    say(request, f"{device} shows no colleagues any more.")
    return redirect("accounts:devices")
