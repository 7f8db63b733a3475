"""The shift report: read it, sign it, add to it, print it; and the list of shifts with what their reports still lack."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.queries import history_of
from common.keyset import keyset_page
from common.notices import say
from common.web import attempt, status_for
from handover.events import Event
from handover.reports import forms, operations, permissions, queries, showing
from handover.reports.content import digest_in_words, is_empty, stamp
from handover.reports.models import Side
from handover.reports.paper import note_words, pdf_of, short_lists, short_words
from handover.shifts.models import Shift
from handover.shifts.queries import timetable

UNSIGNED = "unsigned"
MOST_WAITING = 30


@require_GET
def shifts(request: HttpRequest) -> HttpResponse:
    """``/shifts/``: shifts that have ended, those without both signatures first."""
    team, at = request.team, timezone.now()
    if team is None:
        return redirect("board:my-shift")
    only = request.GET.get("state") == UNSIGNED
    past, cursor = queries.past(request.user, team.pk, at), request.GET.get("cursor")
    waiting = queries.with_crew(queries.unsigned(past.filter(ends_at__gt=at - queries.WITHIN)))
    page = keyset_page(queries.with_crew(queries.unsigned(past)) if only else past, sort="starts_at", cursor=cursor, size=25)
    context = {
        "page": "report",
        "waiting": [row(one) for one in waiting.order_by("-starts_at")[:MOST_WAITING]] if not (only or cursor) else [],
        "rows": [row(one) for one in page.rows],
        "next_cursor": page.next_cursor,
        "only": only,
        "is_first": not cursor,
    }
    return render(request, "reports/shifts.html", context)


def row(shift: Shift) -> dict[str, Any]:
    """A shift with its signatures by side."""
    report = getattr(shift, "report", None)
    signed = {one.side: one for one in report.signatures.all()} if report else {}
    given, received = signed.get(Side.OUTGOING), signed.get(Side.INCOMING)
    nothing = bool(report and is_empty(report.content))
    return {"shift": shift, "given": given, "received": received, "nothing": nothing, "url": reverse("reports:report", args=[shift.ref])}


@require_GET
def current(request: HttpRequest) -> HttpResponse:
    """``/shifts/report/``: that of the shift that runs, of one's own before another; else of the last one that ran."""
    if request.team is None:
        return redirect("board:my-shift")
    at = timezone.now()
    table = timetable(request.team.pk, at)
    over = [slot for slot in table.slots if slot.ends_at <= at]
    slot = table.outgoing(request.user.pk, at) or (over[-1] if over else None)
    return redirect("reports:report", ref=slot.ref) if slot else redirect("reports:shifts")


@require_GET
def report(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, _found(request, ref))


@require_POST
def sign(request: HttpRequest, ref: str) -> HttpResponse:
    found = _found(request, ref)
    side = request.POST.get("side", "")
    crew = queries.crew_of(queries.incoming_of(found) if side == Side.INCOMING else found)
    form = forms.SignForm(request.POST, crew=crew)
    if attempt(form, operations.sign, shift_id=found.pk, by=request.user, at=timezone.now()):
        say(request, "Signed. The report is fixed now." if side == Side.OUTGOING else "Signed. The report is complete.")
        return redirect("reports:report", ref=ref)
    return _page(request, found, signing=form)


@require_POST
def add(request: HttpRequest, ref: str) -> HttpResponse:
    found = _found(request, ref)
    form = forms.AddForm(request.POST)
    if attempt(form, operations.add, shift_id=found.pk, by=request.user, at=timezone.now()):
        say(request, "Added below the report.")
        return redirect("reports:report", ref=ref)
    return _page(request, found, adding=form)


@require_POST
def printed(request: HttpRequest, ref: str) -> HttpResponse:
    """The page was sent to a printer."""
    operations.printed(shift=_found(request, ref), by=request.user, at=timezone.now(), how="paper")
    return HttpResponse(status=204)


@require_GET
def pdf(request: HttpRequest, ref: str) -> HttpResponse:
    """``/shifts/<ref>/report.pdf``. That it was taken out of the product is in the trail."""
    found, at = _found(request, ref), timezone.now()
    view = showing.view_of(found, by=request.user, at=at)
    made = pdf_of(view.content, view.colophon(request.user, at))
    operations.printed(shift=found, by=request.user, at=at, how="pdf")
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="shift-report-{found.ref}.pdf"'})


def _found(request: HttpRequest, ref: str) -> Shift:
    return get_object_or_404(Shift.objects.visible_to(request.user).select_related("team"), ref=ref)


def _page(request: HttpRequest, shift: Shift, *, signing: forms.SignForm | None = None, adding: forms.AddForm | None = None) -> HttpResponse:
    at = timezone.now()
    view = showing.view_of(shift, by=request.user, at=at)
    bound = signing or adding
    sides = [{"view": one, "form": _form_of(one, signing), "signed_by": view.signed_by(one.side)} for one in view.sides]
    taken_out = [one for one in history_of(shift) if one.kind == Event.REPORT_PRINTED]
    context = {
        "page": "report",
        "view": view,
        "content": view.content,
        "is_empty": is_empty(view.content),
        "tables": showing.tables(view.content),
        "notes": [note_words(note) for note in view.content["notes"]],
        "short": [(title, len(entries), short_words(entries)) for title, entries in short_lists(view.content)],
        "summary": digest_in_words(view.content),
        "sides": sides,
        "add_form": adding or (forms.AddForm() if view.report and permissions.may_add(request.user, shift.team_id) else None),
        "failed": bound,
        "times_printed": len(taken_out),
        "printed": f"Printed {stamp(at, shift.team.tz)} by {request.user.display_name}.",
        "zone": shift.team.tz,
    }
    return render(request, "reports/report.html", context, status=status_for(bound) if bound is not None else 200)


def _form_of(side: showing.SideView, signing: forms.SignForm | None) -> forms.SignForm:
    """The form of one side: the one that was sent and refused, else a new one."""
    if signing is not None and signing.data.get("side") == side.side:
        return signing
    return forms.SignForm(initial={"side": side.side}, crew=side.crew, auto_id=f"id_{side.side}_%s")
