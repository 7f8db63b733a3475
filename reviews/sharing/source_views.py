"""What other systems' logs say about sharing: the totals of each lens, and who hands to whom among many."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode

from defusedcsv import csv
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.keyset import keyset_page
from common.moments import DAY_NAMES
from common.text import CleanTextField
from reviews.sharing import source_hours, source_queries, wording
from reviews.sharing.definitions import Rule
from reviews.sharing.figures import BULK
from reviews.sharing.queries import Lens

SHOWN = 50
LENSES = {Lens.OWNER: "who holds it", Lens.ACTOR: "who acts on it", Lens.GROUP: "which team has it"}
RULES = {Rule.ADJACENT: "“nobody” in between breaks the chain", Rule.SKIP_NOBODY: "“nobody” in between is not looked at"}
LABELS = {
    "handover_adjacent": "Handovers, neighbours only",
    "handover_skip_blank": "Handovers, “nobody” skipped",
    "ping_pong": "Came straight back (A to B to A)",
    "ping_pong_cases": "Cases in which that happened",
    "ping_pong_event_level": "The same, in three rows one after another",
    "cases_with_handover": "Cases that were passed on at all",
}
MEANING = {
    "handover_adjacent": "Neighbouring rows of a case, both filled, from one to another.",
    "handover_skip_blank": "The same after rows with “nobody” are taken out.",
    "ping_pong": "A, then B, then A again, however many rows B took; “nobody” in between does not matter.",
    "ping_pong_cases": "Cases with at least one of these.",
    "ping_pong_event_level": "A, B, A in three rows one after another: also called subcontracting.",
    "cases_with_handover": "Cases with at least one handover, “nobody” skipped.",
}


class SourceForm(forms.Form):
    """How to look at it; what is not understood counts as not chosen."""

    lens = forms.ChoiceField(label="Look at", choices=[(one.value, words) for one, words in LENSES.items()], required=False)
    rule = forms.ChoiceField(label="Nobody in between", choices=[(one.value, words) for one, words in RULES.items()], required=False)
    without = forms.BooleanField(label="Without automatic users", required=False)
    name = CleanTextField(label="Find a name", max_length=120, required=False)

    @property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        found = self.cleaned_data
        return {
            "lens": found.get("lens") or Lens.OWNER.value,
            "rule": found.get("rule") or Rule.ADJACENT.value,
            "without": bool(found.get("without")),
            "name": found.get("name") or "",
        }


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """``/sharing/sources/``: the imported sources with their totals."""
    if request.user.team_ids() is not None:
        raise Http404
    totals = source_queries.totals_visible_to(request.user).filter(lens=Lens.OWNER, without=False).order_by("source")
    return render(request, "sharing/sources.html", {"page": "sharing", "totals": totals})


@require_GET
def source(request: HttpRequest, source: str) -> HttpResponse:
    """``/sharing/sources/<source>/?lens=&rule=&without=&name=``."""
    form = SourceForm(request.GET)
    chosen, totals = form.chosen, totals_or_404(request, source, form)
    page = keyset_page(source_queries.pairs(source, **chosen), sort="n", cursor=request.GET.get("cursor"), size=SHOWN)
    most = max((row.n for row in page.rows), default=1)
    query = urlencode({name: value for name, value in chosen.items() if value and value is not True} | ({"without": "on"} if chosen["without"] else {}))
    context = {
        "page": "sharing",
        "source": source,
        "form": SourceForm({**chosen, "without": chosen["without"]}),
        "totals": [(label, totals.totals.get(name, 0), MEANING[name]) for name, label in LABELS.items()],
        "share": wording.percent(totals.totals["handover_skip_blank"] / pairs) if (pairs := totals.totals.get("pairs_total_skip_blank")) else "–",
        "hours": source_hours.shaded(totals.totals, DAY_NAMES),
        "bulk": BULK,
        "rows": page.rows,
        "most": most,
        "next_cursor": page.next_cursor,
        "query": f"{query}&",
        "counted_at": totals.counted_at,
    }
    return render(request, "sharing/source.html", context)


@require_GET
def pairs_file(request: HttpRequest, source: str) -> HttpResponse:
    form = SourceForm(request.GET)
    totals_or_404(request, source, form)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["from", "to", "count"])
    writer.writerows(source_queries.pairs(source, **form.chosen).order_by("-n", "a", "b").values_list("a", "b", "n"))
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sharing-pairs.csv"'
    return response


def totals_or_404(request: HttpRequest, source: str, form: SourceForm) -> Any:
    chosen = form.chosen
    found = source_queries.totals_visible_to(request.user).filter(source=source, lens=chosen["lens"], without=chosen["without"]).first()
    if found is None:
        raise Http404
    return found
