"""The page that shows a secret the only time it can be seen."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


def show_once(request: HttpRequest, what: str, secret: str, *, back: str, **context: Any) -> HttpResponse:
    """``what`` is invitation, reset or token; a secret that is a path is shown as an address.

    The answer to the POST itself: a redirect would have to keep the secret somewhere. It is never cached.
    """
    shown = settings.BATON_URL + secret if secret.startswith("/") else secret
    page = "team" if back == "accounts:team" else "settings"
    context |= {"what": what, "secret": shown, "back": back, "page": page, "at": timezone.now()}
    response = render(request, "accounts/settings/once.html", context)
    response["Cache-Control"] = "no-store"
    return response
