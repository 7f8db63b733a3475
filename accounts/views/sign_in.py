"""Signing in and out, by allauth with our pages; the quick switch on shared PCs."""

from typing import Any

from allauth.account import views as allauth
from allauth.account.internal import flows
from allauth.decorators import rate_limit
from allauth.usersessions.views import ListUserSessionsView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from accounts.demo_signins import demo_accounts
from accounts.devices import device_of, tiles_of
from accounts.forms.sign_in import AskForLinkForm, ChangeForm, FirstPasswordForm, NewPasswordForm, SignInForm
from accounts.middleware import TEAM
from accounts.queries import teams_to_choose
from accounts.views.asking import number_or_404

CLEAR = '"cache", "storage"'


class Answers422:
    """A form that was sent with errors answers 422, as every page of ours does."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 422
        return response


class SignIn(Answers422, allauth.LoginView):
    template_name = "accounts/sign_in.html"
    form_class = SignInForm

    def get_initial(self) -> dict[str, Any]:
        chosen = [tile.person.email for tile in self.tiles() if tile.on] + [account["email"] for account in self.demo() if account["on"]]
        return {**super().get_initial(), **({"login": chosen[0]} if chosen else {})}

    def demo(self) -> list[dict[str, Any]]:
        if not hasattr(self, "_demo"):
            self._demo = demo_accounts(self.request)
        return self._demo

    def tiles(self) -> list[Any]:
        if not hasattr(self, "_tiles"):
            self.device = device_of(self.request)
            self._tiles = tiles_of(self.device, chosen=self.request.GET.get("as", ""))
        return self._tiles

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        tiles = self.tiles()
        chosen = next((tile.person for tile in tiles if tile.on), None)
        place = f"{self.device.name}, {self.device.team}" if self.device else ""
        return {**context, "tiles": tiles, "chosen": chosen, "place": place, "demo_accounts": self.demo(), "page": "sign-in"}


@method_decorator(login_not_required, name="dispatch")
@method_decorator([rate_limit(action="login"), sensitive_post_parameters("password"), never_cache], name="dispatch")
class Switch(SignIn):
    """“Not you?”: the sign-in page for somebody else. Whoever is signed in stays so until somebody else has signed in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated and device_of(request) is None:
            return redirect("account_login")
        return View.dispatch(self, request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "switching_from": self.request.user if self.request.user.is_authenticated else None}

    def form_valid(self, form: Any) -> HttpResponse:
        if self.request.user.is_authenticated:
            flows.logout.logout(self.request, show_message=False)
        response = super().form_valid(form)
        response["Clear-Site-Data"] = CLEAR
        return response


class SignOut(allauth.LogoutView):
    template_name = "accounts/sign_out.html"

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = CLEAR
        return response


@method_decorator(login_not_required, name="dispatch")
class SignedOut(TemplateView):
    template_name = "accounts/signed_out.html"


class PasswordChange(Answers422, allauth.PasswordChangeView):
    template_name = "accounts/password_change.html"
    form_class = ChangeForm


class PasswordSet(Answers422, allauth.PasswordSetView):
    template_name = "accounts/password_change.html"
    form_class = FirstPasswordForm


class PasswordReset(Answers422, allauth.PasswordResetView):
    template_name = "accounts/password_reset.html"
    form_class = AskForLinkForm


class PasswordResetDone(allauth.PasswordResetDoneView):
    template_name = "accounts/password_reset_done.html"


class PasswordResetFromKey(Answers422, allauth.PasswordResetFromKeyView):
    template_name = "accounts/password_reset_from_key.html"
    form_class = NewPasswordForm


class PasswordResetFromKeyDone(allauth.PasswordResetFromKeyDoneView):
    template_name = "accounts/password_reset_from_key_done.html"


class Sessions(ListUserSessionsView):
    """Where one is signed in; ends all others in one press."""

    template_name = "accounts/settings/sessions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "page": "settings", "at": timezone.now()}


@require_POST
def switch_team(request: HttpRequest) -> HttpResponse:
    """Work in another of one's teams from here on. A foreign one is not found."""
    team = get_object_or_404(teams_to_choose(request.user), pk=number_or_404(request.POST.get("team", "")))
    request.session[TEAM] = team.pk
    return redirect("/")
