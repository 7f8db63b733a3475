"""Calendar addresses: the page on which they are made and revoked, and what a calendar program reads there."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.keys import digest_of
from common.notices import say
from common.throttling import WINDOW, count
from common.web import attempt, status_for
from handover.checks.models import Check
from handover.checks.states import UNANSWERED
from handover.shifts import feed_operations as operations
from handover.shifts import feed_queries as queries
from handover.shifts.feed_calendar import EPOCH, Entry, written
from handover.shifts.feed_forms import FeedForm
from handover.shifts.feed_models import Feed

MOST_A_MINUTE = 12
MOST_UNKNOWN = 30
QUARTER = timedelta(minutes=15)


@require_http_methods(["GET", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """``/settings/feeds/``: the answer to a new one shows its address, this once."""
    at = timezone.now()
    form = FeedForm(request.POST if request.method == "POST" else None, team=request.team)
    if attempt(form, operations.make_feed, by=request.user, at=at):
        feed, secret = form.result
        response = render(request, "shifts/feed_made.html", {"page": "settings", "feed": feed, "address": f"{settings.BATON_URL}/feeds/{secret}.ics", "at": at})
        response["Cache-Control"] = "no-store"
        return response
    rows = Feed.objects.visible_to(request.user).standing().select_related("team")
    return render(request, "shifts/feeds.html", {"page": "settings", "rows": rows, "form": form, "at": at}, status=status_for(form))


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(Feed.objects.visible_to(request.user), pk=pk)
    operations.revoke_feed(feed_id=feed.pk, by=request.user, at=timezone.now())
    say(request, f"The address that begins with {feed.hint} is not found any more.")
    return redirect("who:feeds")


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """``/feeds/<secret>.ics``: without a session; whoever has the address reads it, until it is revoked."""
    at, digest = timezone.now(), digest_of(secret)
    found = queries.usable(digest)
    who, most = (digest[:16], MOST_A_MINUTE) if found else (f"unknown:{request.META.get('REMOTE_ADDR', '')}", MOST_UNKNOWN)
    if count(f"feed:{who}:{int(time() // WINDOW)}") > most:
        return HttpResponse("Too often. Calendar programs ask once in a while.", status=429, content_type="text/plain", headers={"Retry-After": str(WINDOW)})
    if found is None:
        raise Http404
    entries = queries.entries(found, at) + (checks(found, at) if found.with_checks else [])
    body = written(queries.name_of(found), entries)
    operations.note_use(found, at=at)
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    headers = {"ETag": etag, "Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers=headers)
    headers |= {"Content-Disposition": 'inline; filename="shifts.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def checks(found: Feed, at: datetime) -> list[Entry]:
    """When the owner is asked how it went: the reference of the check, and no word about the customer."""
    mine: Any = Check.objects.visible_to(found.owner).filter(action__responsible=found.owner, state__in=UNANSWERED, due_at__gt=at - QUARTER)
    rows = list(mine.select_related("team").order_by("due_at", "pk")[:200])
    changed = queries.newest("handover.check", {check.pk for check in rows})
    return [
        Entry(
            queries.uid(check.ref),
            f"Completion check {check.ref}",
            "",
            queries.address(f"/checks/{check.ref}/"),
            check.due_at,
            check.due_at + QUARTER,
            changed.get(check.pk, EPOCH),
            check.team.tz,
            is_busy=False,
        )
        for check in rows
    ]
