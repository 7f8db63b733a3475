"""What we decide where allauth asks: no public sign-up, one plain error, links from the configured address, and our trail."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import base36_to_int

from accounts.events import Event
from accounts.middleware import SINCE
from accounts.models import User
from audit import operations as audit

log = logging.getLogger(__name__)

WRONG = "The e-mail address or the password is not right."
SAID = {
    "account/messages/password_changed.txt": "Your new password is set. Other devices are signed out.",
    "account/messages/password_set.txt": "Your new password is set.",
    "usersessions/messages/sessions_logged_out.txt": "Your other devices are signed out.",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "account_inactive": WRONG,
        "enter_current_password": "This is not your present password.",
        "incorrect_password": "This is not your present password.",
        "too_many_login_attempts": "That were too many attempts. Wait five minutes, or ask for a new password below.",
        "invalid_password_reset": "This link was used already or has run out.",
        "rate_limited": "That were too many requests. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: colleagues come by invitation."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """The last word on who is let in, whatever way led here."""
        if not (user.is_person and user.is_active):
            return self.respond_user_inactive(request, user)
        return None

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        messages.error(request, WRONG)
        return HttpResponseRedirect(reverse("account_login"))

    def login(self, request: HttpRequest, user: User) -> None:
        """Django gives the session a new key here, and ends the one of whoever was signed in before."""
        at = timezone.now()
        super().login(request, user)
        request.session[SINCE] = int(at.timestamp())
        audit.record(Event.SIGNED_IN, actor=user, subject=user, team_id=None, at=at, data={})

    def logout(self, request: HttpRequest) -> None:
        user, key = request.user, request.session.session_key
        super().logout(request)
        UserSession.objects.filter(session_key=key).delete()
        audit.record(Event.SIGNED_OUT, actor=user, subject=user, team_id=None, at=timezone.now(), data={})

    def set_password(self, user: User, password: str) -> None:
        """Every session of theirs ends with the old password: Django compares it in each."""
        user.set_password(password)
        user.save(update_fields=["password"])
        audit.record(Event.PASSWORD_SET, actor=user, subject=user, team_id=None, at=timezone.now(), data={})

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, message: str | None = None, **kwargs: Any) -> None:
        """Only what helps: signing in and out is seen without being told."""
        said = message or SAID.get(message_template or "")
        if said:
            messages.success(request, said)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:settings")

    def format_email_subject(self, subject: str) -> str:
        return subject

    def get_reset_password_from_key_url(self, key: str) -> str:
        """From the configured address, never from what the request calls this host."""
        uid, _, token = key.partition("-")
        base36_to_int(uid)
        return settings.BATON_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away must not tell strangers apart either: the page says the same, and that a lead can help."""
        if not (user.is_person and user.is_active):
            return
        try:
            super().send_password_reset_mail(user, email, context)
        except OSError as error:  # smtplib's errors are OSErrors
            log.warning("A link for a new password could not be sent to person %s: %s", user.pk, type(error).__name__)
