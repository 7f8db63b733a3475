"""My shift, what waits to be received, and the watch list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refusal
from common.keyset import keyset_page
from common.notices import say
from common.web import sentence_of
from handover import moves
from handover.board import queries, reading, rows
from handover.board.context import moment_of, timetable_of
from handover.board.watching import watched
from handover.shifts.models import Shift


@require_GET
def my_shift(request: HttpRequest) -> HttpResponse:
    """``/``: what needs me, what I hold, what I gave away."""
    team, user, at = request.team, request.user, moment_of(request)
    if team is None:
        return render(request, "board/no_team.html", {"page": "shift"})
    table = timetable_of(request)
    slot = table.of(user.pk, at)
    screen = queries.my_shift(user, team, at, when="end_of_shift", table=table)
    incoming = table.incoming(table.outgoing(user.pk, at), at)
    context = {"page": "shift", "screen": screen, "slot": slot, "incoming": incoming, "next_slot": table.next_of(user.pk, at)}
    if slot:
        total, used = slot.ends_at - slot.starts_at, at - slot.starts_at
        context |= {"minutes": int(total.total_seconds() // 60), "used": int(used.total_seconds() // 60)}
    return render(request, "board/my_shift.html", context)


@require_GET
def receive(request: HttpRequest) -> HttpResponse:
    """``/receive/``: the inbox of what is on offer to me."""
    at = moment_of(request)
    items = reading.waiting(request.user.pk, request.user.team_ids())
    found = [rows.waiting_row(item, at) for item in items]
    return render(request, "board/receive.html", {"page": "receive", "rows": found, "together": rows.offered_together(items)})


@require_GET
def watch_list(request: HttpRequest) -> HttpResponse:
    """``/watch-list/``: all that I passed on and have not seen through."""
    at = moment_of(request)
    cursor, items, following = request.GET.get("cursor"), reading.watching(request.user.pk), ""
    if cursor or len(items) > reading.SHOWN:
        page = keyset_page(watched(request.user).order_by(), sort="offered_at", cursor=cursor, size=reading.SHOWN)
        items, following = page.rows, page.next_cursor
    found = sorted((rows.watch_row(item, at) for item in items), key=rows.sort_key)
    return render(request, "board/watch_list.html", {"page": "watch", "rows": found, "next_cursor": following})


@require_POST
def nothing(request: HttpRequest, ref: str) -> HttpResponse:
    """``/shifts/<ref>/nothing/``: “nothing to hand over”, one press."""
    shift = get_object_or_404(Shift.objects.visible_to(request.user), ref=ref)
    try:
        moves.nothing_to_hand_over(shift_id=shift.pk, by=request.user, at=timezone.now())
        say(request, "Noted: nothing to hand over.")
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    return redirect("board:my-shift")
