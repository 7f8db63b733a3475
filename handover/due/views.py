"""``/healthz/engine``: how far firing and sending are behind, in numbers, for whoever watches from outside."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from handover.due.queries import backlog
from handover.notifications.queries import outbox

LATE = timedelta(minutes=5)


@login_not_required
@require_GET
def engine(request: HttpRequest) -> HttpResponse:
    """200 while nothing is more than five minutes late, stuck or in trouble; else 503. Counts only, so it needs no sign-in."""
    due, mail = backlog(), outbox()
    fine = due.is_fine and mail.oldest < LATE and not mail.stuck
    firing = {"late": due.late, "oldest_s": round(due.oldest.total_seconds()), "troubled": due.troubled}
    sending = {
        "unprepared": mail.unprepared,
        "waiting": mail.waiting,
        "oldest_s": round(mail.oldest.total_seconds()),
        "stuck": mail.stuck,
        "troubled": mail.troubled,
        "resent_unknown": mail.resent_unknown,
    }
    return JsonResponse({"status": "fine" if fine else "behind", "firing": firing, "sending": sending}, status=200 if fine else 503)
