"""Sharing patterns: the dashboard, the list behind each number, and every table as a file."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote

from defusedcsv import csv
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from common.keyset import keyset_page
from common.web import status_for
from reviews.sharing import charts as drawing
from reviews.sharing import dashboard_queries as parts
from reviews.sharing import wording
from reviews.sharing.ageing import LABELS, hours_of
from reviews.sharing.findings import said
from reviews.sharing.forms import ScopeForm
from reviews.sharing.list_queries import behind
from reviews.sharing.models import RollupState
from reviews.sharing.tables import TABLES
from reviews.sharing.wanted import WantedForm

MOST_FINDINGS = 5
SHOWN = 50


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """``/sharing/?weeks=&service=…``: the figures on top and what stands out; the charts follow by themselves, or with ``all=1``."""
    if request.team is None:
        return redirect("board:my-shift")
    form, at = scope_of(request), timezone.now()
    scope = form.scope
    found = parts.compared(scope)
    context: dict[str, Any] = {
        "page": "sharing",
        "form": form,
        "query": form.query,
        "period": period_of(form),
        "tiles": [drawing.tile(one, form.query) for one in parts.shown(found, parts.TILES)],
        "oldest": drawing.oldest_tile(parts.open_now(request.team, at), at),
        "given": found.now["given"],
        "own": parts.own(request.user, scope),
        "may_run": request.user.is_lead_of(request.team.pk),
        "about": quote(f"/sharing/?{form.query}" if form.query else "/sharing/", safe=""),
        "findings": said(scope, most=MOST_FINDINGS, known=found),
        "as_of": RollupState.objects.values_list("refreshed_at", flat=True).first(),
        "whole": request.GET.get("all") == "1",
    }
    if context["whole"]:
        context |= chart_context(request, form, at)
    return render(request, "sharing/dashboard.html", context, status=status_for(form))


@require_GET
def charts(request: HttpRequest) -> HttpResponse:
    """The lower part of the dashboard, fetched by the page when it is shown. Without the frame round it, which it does not show."""
    if request.team is None:
        return redirect("board:my-shift")
    form = scope_of(request)
    return HttpResponse(render_to_string("sharing/_charts.html", {"query": form.query, **chart_context(request, form, timezone.now())}))


@require_GET
def handovers(request: HttpRequest) -> HttpResponse:
    """``/sharing/handovers/?figure=in_time&is=no…``: the handovers behind a number, the latest first."""
    if request.team is None:
        return redirect("board:my-shift")
    form, wanted = scope_of(request), WantedForm(request.GET)
    rows = behind(form.scope, wanted.chosen, by=request.user)
    page = keyset_page(rows, sort="offered_at", cursor=request.GET.get("cursor"), size=SHOWN)
    query = "&".join(part for part in (form.query, wanted.query) if part)
    context = {"page": "sharing", "rows": page.rows, "next_cursor": page.next_cursor, "query": f"{query}&" if query else "", "wanted": wanted.in_words}
    return render(request, "sharing/handovers.html", {**context, "back": form.query, "period": period_of(form)}, status=status_for(form))


@require_GET
def still_open(request: HttpRequest) -> HttpResponse:
    """``/sharing/open/?age=5``: the actions behind a bar of “how long have open ones been open”, the latest first."""
    if request.team is None:
        return redirect("board:my-shift")
    asked = request.GET.get("age", "")
    age = int(asked) if asked in map(str, range(len(LABELS))) else len(LABELS) - 1
    least, most = hours_of(age)
    rows = parts.older_than(request.team, timezone.now(), least=least, most=most)
    page = keyset_page(rows, sort="created_at", cursor=request.GET.get("cursor"), size=SHOWN)
    context = {"page": "sharing", "rows": page.rows, "next_cursor": page.next_cursor, "query": f"age={age}&", "age": LABELS[age]}
    return render(request, "sharing/open.html", {**context, "ages": list(enumerate(LABELS)), "chosen": age})


@require_GET
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One table of the dashboard as CSV, with the same choices."""
    if request.team is None or name not in TABLES:
        raise Http404
    form = scope_of(request)
    header, rows = TABLES[name](request.team, form.scope, timezone.now())
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sharing-{name}.csv"'
    return response


def scope_of(request: HttpRequest) -> ScopeForm:
    form = ScopeForm(request.GET, team=request.team, today=request.team.local(timezone.now()).date())
    form.full_clean()
    return form


def period_of(form: ScopeForm) -> str:
    return wording.period(form.scope.since, form.scope.last)


def chart_context(request: HttpRequest, form: ScopeForm, at: Any) -> dict[str, Any]:
    """Everything below the figures on top."""
    lens = request.GET.get("lens", "")
    return drawing.context(request.team, form.scope, at, lens=lens if lens in drawing.LENSES else "shift", query=form.query)
