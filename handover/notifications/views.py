"""Notices: what needs me, what is good to know, and which of it comes by e-mail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import operations as accounts
from accounts.models import Preference
from common.keyset import keyset_page
from common.notices import say
from common.web import attempt, status_for
from handover.notifications import operations, queries
from handover.notifications.forms import RemindersForm, SnoozeForm, instant_of
from handover.notifications.looks import LOOKS
from handover.notifications.models import Kind, Notification


@require_GET
def notifications(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    needs_you, good_to_know = queries.standing(request.user, at)
    page = keyset_page(queries.earlier(request.user, at), sort="at", cursor=request.GET.get("cursor"), size=25)
    context = {
        "page": "notifications",
        "needs_you": [row(one) for one in needs_you],
        "good_to_know": [row(one) for one in good_to_know],
        "earlier": [row(one) for one in page.rows],
        "next_cursor": page.next_cursor,
        "new": len(needs_you) + len(good_to_know),
        "is_first": not request.GET.get("cursor"),
        "snooze_form": SnoozeForm(),
    }
    return render(request, "notifications/notifications.html", context)


def row(notice: Notification) -> dict[str, Any]:
    """A notice with its looks."""
    return {"notice": notice, "look": LOOKS[Kind(notice.kind)], "ref": notice.action.ref if notice.action else ""}


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    operations.read(by=request.user, notice_id=notice.pk, at=timezone.now())
    return redirect("notifications:list")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """What is good to know is read; what needs somebody stays until they act."""
    if operations.read(by=request.user, at=timezone.now()):
        say(request, "Marked as read.")
    return redirect("notifications:list")


@require_POST
def snooze(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    notice = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    form = SnoozeForm(request.POST)
    if form.is_valid():
        until = instant_of(form.cleaned_data["until"], user=request.user, team_id=team_id_of(request, notice), at=at)
        operations.snooze(notice_id=notice.pk, by=request.user, until=until, at=at)
        say(request, f"Put off. It comes back {dict(SnoozeForm.UNTIL)[form.cleaned_data['until']].lower()}.")
    return redirect("notifications:list")


def team_id_of(request: HttpRequest, notice: Notification) -> int | None:
    """Whose rota says when the next shift starts: the notice's team, else the current one."""
    return notice.team_id or (request.team.pk if request.team else None)


@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    preference = Preference.objects.filter(user=request.user).first() or Preference(user=request.user)
    form = RemindersForm(request.POST or None, preference=preference, email=request.user.email or "")
    if attempt(form, accounts.set_preference, by=request.user, at=at):
        say(request, "Your reminders are saved.")
        return redirect("notifications:reminders")
    context = {"page": "settings", "form": form, "refused": queries.refused_message(request.user, at)}
    return render(request, "notifications/reminders.html", context, status=status_for(form))
