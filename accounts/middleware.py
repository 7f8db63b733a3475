"""Between the session and the page: how long a session lasts, who must sign in first, and which team this is about."""

from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import urlencode

from accounts.queries import Place, place_of

GetResponse = Callable[[HttpRequest], HttpResponse]
SINCE = "since"  # session: when the person signed in, in seconds since 1970
SEEN = "seen"  # session: when they last did something, to the minute
TEAM = "team"  # session: the team they chose
MINUTE = 60
NOBODY = Place(None, None, [])


class SessionLimits:
    """Ends a session after ``SESSION_COOKIE_AGE`` in all, or ``SESSION_IDLE_SECONDS`` without use.

    What a page asks for by itself (header ``X-Baton-Poll``) is not use. The moment is written at most once a minute, so
    that a page view is not a write.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self.limit(request)
        return self.get_response(request)

    def limit(self, request: HttpRequest) -> None:
        now, session = int(timezone.now().timestamp()), request.session
        since, seen = session.setdefault(SINCE, now), session.get(SEEN)
        if now - since >= settings.SESSION_COOKIE_AGE:
            self.end(request, "You were signed out at the end of a long shift.")
        elif seen is not None and now - seen >= settings.SESSION_IDLE_SECONDS:
            self.end(request, f"You were signed out after {settings.SESSION_IDLE_SECONDS // MINUTE} minutes without use.")
        elif (seen is None or now - seen >= MINUTE) and "X-Baton-Poll" not in request.headers:
            session[SEEN] = now
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())

    def end(self, request: HttpRequest, why: str) -> None:
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        auth.logout(request)
        messages.info(request, f"{why} Drafts of handovers are kept.")


class SignInRequired(LoginRequiredMiddleware):
    """Every page needs a person unless its view says otherwise (``login_not_required``); the API has its own answer."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseBase:
        htmx = getattr(request, "htmx", None)
        if not htmx:
            return super().handle_no_permission(request, view_func)
        back = htmx.current_url_abs_path or "/"  # the whole page goes to sign-in, not a fragment of it
        sign_in = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"
        return HttpResponse(status=401, headers={"HX-Redirect": sign_in})


class CurrentTeam:
    """Sets ``request.team``, ``request.membership`` (``None`` for an administrator from outside) and ``request.memberships``.

    The team is the one chosen in this session if the person may still be in it, else the first of theirs, else ``None``.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        place = place_of(request.user, chosen=request.session.get(TEAM)) if request.user.is_authenticated else NOBODY
        request.team, request.membership, request.memberships = place.team, place.membership, place.memberships
        with timezone.override(place.team.tz if place.team else None):  # what is typed and shown is the team's wall clock
            return self.get_response(request)
