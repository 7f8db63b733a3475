"""A colleague's own evidence: turned on and off, criterion by criterion, and taken out as PDF or JSON."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.notices import say
from common.web import attempt, status_for
from reviews.evidence import operations, permissions, queries
from reviews.evidence.content import content_of
from reviews.evidence.forms import OffForm, PeriodForm, PickForm, StatementForm
from reviews.evidence.models import Evidence
from reviews.evidence.paper import pdf_of
from reviews.evidence.standards import CRITERIA, PARTS, of_standard


def zone_of(request: HttpRequest) -> Any:
    """The wall clock of the team that is looked at."""
    return request.team.tz if request.team else timezone.get_current_timezone()


@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest) -> HttpResponse:
    """``/evidence/``: off, what it is and how to turn it on; on, how far each criterion is shown. POST turns it on, or changes the days."""
    at, zone = timezone.now(), zone_of(request)
    found = queries.evidence_of(request.user)
    form = PeriodForm(request.POST or None, evidence=found, since=queries.first_day(zone, at))
    if attempt(form, operations.turn_on, by=request.user, at=at):
        say(request, "These days count now." if found and found.is_on else "Your evidence is on. Only you see it.")
        return redirect("evidence:mine")
    context: dict[str, Any] = {"page": "evidence", "evidence": found, "form": form, "off_form": OffForm()}
    context["may_see_team"] = bool(request.team and permissions.may_see_team(request.user, request.team.pk))
    if found is None or not found.is_on:
        return render(request, "evidence/off.html", context, status=status_for(form))
    lines = queries.overview(request.user, found, queries.period_of(found, zone, at))
    context["parts"] = [(name, [one for one in lines if one.criterion.part == name]) for name in PARTS.values()]
    context["shown"], context["of"] = sum(1 for one in lines if one.picked or one.has_statement), len(lines)
    context["may_pick_newest"] = any(one.suggested and not one.picked for one in lines)
    return render(request, "evidence/mine.html", context, status=status_for(form))


@require_POST
def off(request: HttpRequest) -> HttpResponse:
    form = OffForm(request.POST)
    if attempt(form, operations.turn_off, by=request.user, at=timezone.now()):
        say(request, "Your evidence is off. Links for assessors show nothing any more.")
    return redirect("evidence:mine")


@require_POST
def pick_newest(request: HttpRequest) -> HttpResponse:
    picked = operations.pick_newest(by=request.user, at=timezone.now(), zone=zone_of(request))
    say(request, f"{picked} record{'s' if picked != 1 else ''} picked. Drop what does not fit.")
    return redirect("evidence:mine")


@require_GET
def criterion(request: HttpRequest, criterion: str) -> HttpResponse:
    return show(request, criterion)


@require_POST
def pick(request: HttpRequest, criterion: str, event: int) -> HttpResponse:
    check_known(criterion)
    form = PickForm(request.POST, event=event)
    if attempt(form, operations.pick, by=request.user, at=timezone.now(), criterion=criterion, event_id=event):
        say(request, "Picked.")
        return redirect("evidence:criterion", criterion)
    return show(request, criterion, picking=form, event=event)


@require_POST
def drop(request: HttpRequest, criterion: str, event: int) -> HttpResponse:
    check_known(criterion)
    operations.drop(by=request.user, at=timezone.now(), criterion=criterion, event_id=event)
    say(request, "Dropped: it is not shown, and not suggested again.")
    return redirect("evidence:criterion", criterion)


@require_POST
def write(request: HttpRequest, criterion: str) -> HttpResponse:
    check_known(criterion)
    form = StatementForm(request.POST)
    if attempt(form, operations.write, by=request.user, at=timezone.now(), criterion=criterion):
        say(request, "Your words are saved.")
        return redirect("evidence:criterion", criterion)
    return show(request, criterion, writing=form)


@require_GET
def pdf(request: HttpRequest) -> HttpResponse:
    """``/evidence/evidence.pdf``"""
    found, content = exported(request, "pdf")
    headers = {"Content-Disposition": f'attachment; filename="evidence-standard-{found.standard.lower()}.pdf"'}
    return HttpResponse(pdf_of(content), content_type="application/pdf", headers=headers)


@require_GET
def as_json(request: HttpRequest) -> HttpResponse:
    """``/evidence/evidence.json``"""
    found, content = exported(request, "json")
    headers = {"Content-Disposition": f'attachment; filename="evidence-standard-{found.standard.lower()}.json"'}
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2}, headers=headers)


def exported(request: HttpRequest, how: str) -> tuple[Evidence, dict[str, Any]]:
    at = timezone.now()
    found = permissions.check_on(queries.evidence_of(request.user))
    content = content_of(found, zone_of(request), at)
    operations.note_export(found, by=request.user, at=at, how=how)
    return found, content


def check_known(key: str) -> None:
    if key not in CRITERIA:
        raise Http404


def show(request: HttpRequest, key: str, *, picking: PickForm | None = None, event: int = 0, writing: StatementForm | None = None) -> HttpResponse:
    """One criterion. ``picking`` (for ``event``) or ``writing``: a form that was refused, with what was typed."""
    check_known(key)
    at, zone = timezone.now(), zone_of(request)
    mine = queries.evidence_of(request.user)
    if mine is None or not mine.is_on:
        return redirect("evidence:mine")
    found = queries.found_for(request.user, key, queries.period_of(mine, zone, at), cursor=request.GET.get("cursor"))

    def rows(records: list[queries.Record]) -> list[tuple[queries.Record, PickForm, bool]]:
        forms = [(one, picking if picking and one.event == event else PickForm(event=one.event, words=one.words)) for one in records]
        return [(one, form, form is picking) for one, form in forms]

    order = [one.key for one in of_standard(key[0])]
    place, refused = order.index(key), picking or writing
    context = {
        "page": "evidence",
        "evidence": mine,
        "criterion": CRITERIA[key],
        "picked": rows(found.picked),
        "suggested": rows(found.suggested),
        "dropped": found.dropped,
        "next_cursor": found.next_cursor,
        "statement_form": writing or StatementForm(words=found.statement),
        "refused": refused,
        "before": order[place - 1] if place else "",
        "after": order[place + 1] if place + 1 < len(order) else "",
        "zone": zone,
    }
    return render(request, "evidence/criterion.html", context, status=status_for(refused) if refused else 200)
