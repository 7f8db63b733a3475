"""The board on the wall, for whoever has its link; and the page on which a lead makes and revokes such links."""

from __future__ import annotations

from time import time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import permissions
from audit.queries import newest_marker
from common.moments import clock
from common.notices import say
from common.throttling import WINDOW, count
from common.web import attempt, status_for
from handover.board import wall_operations, wall_queries
from handover.board.models import WallLink
from handover.board.wall_forms import WallLinkForm

EVERY = 20
MOST = 60
"""Requests a minute from one address: several screens behind one, each asking every 20 seconds."""
QUIET = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
THEMES = ("light", "dark")


@login_not_required
@require_GET
def wall(request: HttpRequest, secret: str) -> HttpResponse:
    """``/wall/<secret>/``: read-only, without a session. Asked by the page itself: only the part that changes, or 304."""
    if count(f"wall:{request.META.get('REMOTE_ADDR', '')}:{int(time() // WINDOW)}") > MOST:
        return HttpResponse("Too many requests.", status=429, content_type="text/plain", headers={**QUIET, "Retry-After": str(WINDOW)})
    link, at = wall_queries.link_of(secret), timezone.now()
    if link is None:
        raise Http404
    wall_operations.note_use(link, at=at)
    etag = f'"wall-{link.pk}-{newest_marker([link.team_id])}-{at:%Y%m%d%H%M}"'
    headers = {**QUIET, "ETag": etag}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers=headers)
    with timezone.override(link.team.tz):
        context = {"wall": wall_queries.wall(link.team, at), "at": at, "clock": clock(at, at, link.team.tz), "etag": etag, "every": EVERY}
        theme = request.GET.get("theme", "")
        context["theme"] = theme if theme in THEMES else ""
        part = "X-Baton-Poll" in request.headers
        response = render(request, "board/_wall.html" if part else "board/wall.html", context)
    for name, value in headers.items():
        response[name] = value
    return response


@require_http_methods(["GET", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """``/settings/walls/``: a lead makes a link, which is shown once, and sees which are in use."""
    if request.team is None:
        raise Http404
    permissions.check_enrol_devices(request.user, request.team.pk)
    form = WallLinkForm(request.POST or None)
    if attempt(form, wall_operations.make_link, team=request.team, by=request.user, at=timezone.now()):
        link, path = form.result
        response = render(request, "board/wall_link.html", {"page": "settings", "screen": link, "secret": settings.BATON_URL + path})
        response["Cache-Control"] = "no-store"
        return response
    context = {"page": "settings", "team": request.team, "links": wall_queries.links_of(request.team), "form": form}
    return render(request, "board/wall_links.html", context, status=status_for(form))


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(WallLink.objects.visible_to(request.user), pk=pk)
    wall_operations.revoke_link(link_id=link.pk, by=request.user, at=timezone.now())
    say(request, f"{link} shows nothing any more.")
    return redirect("board:wall-links")
