"""Import a rota: choose a file, look at what it would do, agree. Nothing is kept in between."""

from __future__ import annotations

from typing import Any

from defusedcsv import csv
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Team
from common.errors import Refusal
from common.notices import say
from common.web import attempt, sentence_of, status_for
from handover.imports import rota_operations
from handover.imports.rota_matching import Preview, Step
from handover.imports.rota_reading import TEMPLATE
from handover.shifts import permissions
from handover.shifts.import_forms import RotaFileForm, sealed, unsealed

MOST_SHOWN = 100


@require_http_methods(["GET", "POST"])
def import_rota(request: HttpRequest) -> HttpResponse:
    """``/rota/import/``: a file is looked at; with ``agreed`` what was looked at is brought in."""
    team, at = request.team, timezone.now()
    if team is None:
        return redirect("board:my-shift")
    permissions.check_plan(request.user, team.pk)
    if "agreed" in request.POST:
        return _bring_in(request, team)
    form = RotaFileForm(request.POST, request.FILES) if request.method == "POST" else RotaFileForm()
    context: dict[str, Any] = {"page": "rota", "form": form}
    if attempt(form, rota_operations.look, team=team, by=request.user, at=at):
        context |= _shown(form.result, team)
        if not form.result.problems and form.result.changes():
            context["sealed"] = sealed(form.result, team=team, by=request.user)
    return render(request, "shifts/import.html", context, status=422 if context.get("problems") else status_for(form))


def _bring_in(request: HttpRequest, team: Team) -> HttpResponse:
    try:
        done = rota_operations.bring_in(team=team, by=request.user, at=timezone.now(), **unsealed(request.POST["agreed"], team=team, by=request.user))
    except Refusal as refusal:
        return render(request, "shifts/import.html", {"page": "rota", "form": RotaFileForm(), "refused": sentence_of(refusal)}, status=refusal.status)
    new, changed = done.count("new"), done.count("changed")
    say(
        request, f"Imported: {new} new, {changed} changed. Everybody whose shifts changed is told." if new or changed else "Everything in it was there already."
    )
    changes = done.changes()
    return redirect(f"/rota/week/?from={min(step.entry.day for step in changes).isoformat()}" if changes else "shifts:week")


def _shown(preview: Preview, team: Team) -> dict[str, Any]:
    changes = preview.changes()
    return {
        "preview": preview,
        "problems": preview.problems[:MOST_SHOWN],
        "more_problems": max(0, len(preview.problems) - MOST_SHOWN),
        "counts": {kind: preview.count(kind) for kind in ("new", "changed", "same", "over")},
        "rows": [_row(step, preview, team) for step in changes[:MOST_SHOWN]],
        "more_rows": max(0, len(changes) - MOST_SHOWN),
    }


def _row(step: Step, preview: Preview, team: Team) -> dict[str, Any]:
    entry, shift = step.entry, step.shift
    before = f"{team.local(shift.starts_at):%H:%M} to {team.local(shift.ends_at):%H:%M}" if shift and step.moves else ""
    return {
        "step": step,
        "day": entry.day,
        "hours": f"{team.local(entry.starts_at):%H:%M} to {team.local(entry.ends_at):%H:%M}",
        "before": before,
        "on": ", ".join(preview.names.get(pk, "") for pk in step.on),
        "off": ", ".join(preview.names.get(pk, "") for pk in step.off),
    }


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """A CSV file to fill in."""
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="rota.csv"'})
    response.write("\ufeff")
    csv.writer(response).writerows(TEMPLATE)
    return response
