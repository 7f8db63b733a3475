"""The team board, polled politely, and the search."""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from audit.queries import newest_marker
from common.errors import Invalid
from common.text import clean_text
from handover.actions.models import SEARCHED, Action
from handover.board.board_queries import board as read_board
from handover.board.context import moment_of, timetable_of
from handover.handovers.models import Handover

LONGEST = 200
FOUND = 50
REFERENCE = re.compile(r"^(HV|HO)-\d{1,18}$", re.IGNORECASE)


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """``/board/``: for htmx only the part that changes, and 304 where nothing did within this minute."""
    team, at = request.team, moment_of(request)
    if team is None:
        return redirect("board:my-shift")
    fragment = "HX-Request" in request.headers
    etag = f'"board-{team.pk}-{request.user.pk}-{newest_marker([team.pk])}-{at:%Y%m%d%H%M}"'
    if fragment and request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag, "Cache-Control": "private, no-cache"})
    table = timetable_of(request)
    running = min((slot for slot in table.slots if slot.runs(at)), key=lambda slot: slot.ends_at, default=None)  # of two that overlap, the outgoing one
    incoming = table.incoming(running, at)
    on_next = list(User.objects.filter(pk__in=incoming.crew).order_by("display_name").values_list("display_name", flat=True)) if incoming else []
    context = {
        "page": "board",
        "board": read_board(team, at, running=running, incoming=incoming),
        "running": running,
        "incoming": incoming,
        "on_next": on_next,
        "etag": etag,
        "team": team,
    }
    answer = render(request, "board/_board.html" if fragment else "board/board.html", context)
    if fragment:
        answer.headers.update({"ETag": etag, "Cache-Control": "private, no-cache"})
    return answer


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """``/search/``: references, titles, customers. The words come by POST, so that they stay out of addresses and logs."""
    words, found, problem = "", [], ""
    if request.method == "POST":
        try:
            words = clean_text(request.POST.get("q", ""), max_length=LONGEST)
        except Invalid as refusal:
            problem = str(refusal)
    if REFERENCE.match(words):
        model = Action if words[:2].upper() == "HV" else Handover
        exact = model.objects.visible_to(request.user).filter(ref=words.upper()).first()
        if exact is not None:
            return redirect(exact)
    elif words:
        found = list(_search(request.user, words))
    return render(request, "board/search.html", {"words": words, "found": found, "problem": problem, "asked": request.method == "POST"})


def _search(user: User, words: str) -> list[Action]:
    """Open actions first, newest first; every word must begin a word of what is searched."""
    parts = re.findall(r"\w+", words)[:8]
    if not parts:
        return []
    query = SearchQuery(" & ".join(f"{part}:*" for part in parts), search_type="raw", config="simple")
    actions = Action.objects.visible_to(user).annotate(text=SEARCHED).filter(text=query)
    return list(actions.select_related("responsible", "team").order_by("closed_at", "-changed_at")[:FOUND])
