"""The lower part of the dashboard: what its charts and tables are drawn from. What a mark stands for leads to the list behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from django.db.models import QuerySet

from common.prepared import prepared
from handover.agreements.models import Agreement
from handover.catalog.models import Service
from reviews.sharing import adding_up
from reviews.sharing.dashboard_queries import SPARK_WEEKS
from reviews.sharing.facts import EDGES
from reviews.sharing.measuring import WEEKDAY_OF, Compared, Mark, Measured, Scope, by, weekly
from reviews.sharing.models import HandoverFact

BUSIEST = 5
STRIPS = 4
DOTS = 400
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
OUTCOMES = {
    "completed": "Completed",
    "partly": "Partly completed",
    "not_yet": "Not yet",
    "unable": "Unable",
    "not_needed": "No longer needed",
    "open": "Not checked yet",
}
BY_AGREEMENT = ("given", "in_time", "complete_by_check", "missing", "bounced")
CHARTS = ("slot", "bulk", "outcome", "bucket", "missing_what", "gone_past_why", "taken_by_shift")
_OF = f"CASE name WHEN 'slot' THEN {WEEKDAY_OF}::bigint WHEN 'bulk' THEN {WEEKDAY_OF}::bigint WHEN 'outcome' THEN service_id ELSE agreement_id END"


@dataclass(frozen=True)
class Part:
    """A mark of a chart, and which weekday, service or agreement it is about (``of``)."""

    a: str
    b: str
    of: int | None
    measured: Measured


Parts = Mapping[str, Sequence[Part]]
"""The marks of several charts, by chart, the biggest first."""


def parts(scope: Scope, charts: Iterable[str]) -> Parts:
    """The marks of these charts in one statement."""
    wanted = list(charts)
    found: dict[str, list[Part]] = {chart: [] for chart in wanted}
    for name, a, b, of, n, d in adding_up.marks(scope.where, wanted, by=_OF):
        found[name].append(Part(a, b, of, Measured(n, d)))
    return found


def summed(found: Iterable[Part]) -> list[Mark]:
    """Marks of all weekdays, services or agreements together, the biggest first."""
    sums: dict[tuple[str, str], Measured] = {}
    for part in found:
        one = sums.get((part.a, part.b), Measured())
        sums[part.a, part.b] = Measured(one.numerator + part.measured.numerator, one.denominator + part.measured.denominator)
    return [Mark(a, b, one) for (a, b), one in sorted(sums.items(), key=lambda each: (-each[1].denominator, each[0]))]


def visible_marks(found: Iterable[Mark], *, most: int = 60) -> list[Mark]:
    """The biggest marks whose group is not hidden."""
    return [mark for mark in found if not mark.measured.hidden][:most]


def heat(found: Parts) -> list[tuple[str, list[tuple[int, Measured, int]]]]:
    """Late by weekday and two hours, and how many were offered in bulk: a row for each day, the slots that any day uses."""
    late = {(part.of, int(part.a)): part.measured for part in found["slot"]}
    bulk = {(part.of, int(part.a)): int(part.measured.denominator) for part in found["bulk"]}
    used = sorted({slot for _, slot in late})
    rows = enumerate(DAYS, start=1) if used else ()
    return [(day, [(slot, late.get((number, slot), Measured()), bulk.get((number, slot), 0)) for slot in used]) for number, day in rows]


def year_before(scope: Scope) -> dict[date, Measured]:
    """Accepted in the agreed time in the same weeks a year (52 weeks) before, under this year's Mondays. One statement."""
    year, wide = timedelta(weeks=52), weeks_of(scope)
    rows = weekly(replace(wide, since=wide.since - year, until=wide.until - year), ["in_time"])["in_time"]
    return {week + year: measured for week, measured in rows}


def weeks_of(scope: Scope) -> Scope:
    """The weeks that a trend shows: of the scope, and at least eight."""
    return replace(scope, since=min(scope.since, scope.until - timedelta(weeks=SPARK_WEEKS)))


def in_time_by_week(found: Compared, before: Mapping[date, Measured]) -> list[tuple[date, Measured, Measured | None]]:
    """Accepted in the agreed time by week, beside the same week a year before."""
    return [(week, figures["in_time"], before.get(week)) for week, figures in found.weeks if figures["in_time"].denominator]


def outcomes(found: Parts) -> list[tuple[str, int | None, dict[str, int]]]:
    """How accepted handovers ended, for the busiest services: name, id, outcome → number. One statement."""
    counts: dict[int | None, dict[str, int]] = {}
    for part in found["outcome"]:
        counts.setdefault(part.of, {})[part.a] = int(part.measured.denominator)
    kept = {key: outcome for key, outcome in counts.items() if not Measured(0, sum(outcome.values())).hidden}
    names = dict(Service.objects.filter(pk__in=[key for key in kept if key]).values_list("pk", "name"))
    busiest = sorted(kept.items(), key=lambda one: (-sum(one[1].values()), names.get(one[0] or 0, "")))[:BUSIEST]
    return [(names.get(key or 0, "No service"), key, outcome) for key, outcome in busiest]


def buckets(found: Parts) -> list[tuple[str, int]]:
    """How long until somebody takes it: minutes, in buckets."""
    counts = {int(mark.a): int(mark.measured.denominator) for mark in summed(found["bucket"])}
    labels = [f"under {EDGES[0]}", *(f"{one} to {other}" for one, other in pairwise(EDGES)), f"over {EDGES[-1]}"]
    last = max(counts, default=-1)
    return [(label, counts.get(number, 0)) for number, label in enumerate(labels) if number <= last]


@dataclass(frozen=True)
class OfAgreement:
    """The figures of one agreement, and which detail is missing most often (nothing where that is under 5)."""

    agreement: Agreement
    figures: dict[str, Measured]
    most_missing: str


def by_agreement(scope: Scope, found: Parts) -> list[OfAgreement]:
    """Each agreement's figures, most missing details first; groups under 5 are left out. Two statements."""
    figures = {key: one for key, one in by(scope, "agreement_id", BY_AGREEMENT).items() if key and one["given"].share is not None}
    missing: dict[int | None, str] = {}
    for part in found["missing_what"]:
        if not part.measured.hidden:
            missing.setdefault(part.of, part.a)
    agreements = _agreements(sorted(figures))
    rows = [OfAgreement(one, {name: figures[one.pk].get(name, Measured()) for name in BY_AGREEMENT}, missing.get(one.pk, "")) for one in agreements]
    return sorted(rows, key=lambda row: (-(row.figures["missing"].share or 0), -row.figures["given"].denominator))


@prepared
def _agreements(ids: list[int]) -> QuerySet[Agreement, Agreement]:
    return Agreement.objects.filter(pk__in=ids).select_related("point__service")


@dataclass(frozen=True)
class Strip:
    """How long each of the latest handovers of one agreement waited: minutes, and whether that was late."""

    name: str
    dots: list[tuple[float, bool]]

    @property
    def middle(self) -> float:
        return median(minutes for minutes, _ in self.dots)

    @property
    def late(self) -> int:
        return sum(is_late for _, is_late in self.dots)


def strips(scope: Scope, names: Mapping[int, str]) -> list[Strip]:
    """One dot a handover for the busiest agreements (``names``, in that order), of the latest 400. Under 5: left out. One statement."""
    rows = scope.within(HandoverFact.objects.filter(minutes__isnull=False, agreement_id__in=list(names)))
    dots: dict[int, list[tuple[float, bool]]] = {key: [] for key in names}
    for key, minutes, in_time in rows.order_by("-offered_at").values_list("agreement_id", "minutes", "in_time")[:DOTS]:
        dots[key].append((round(minutes, 1), in_time is False))
    return [Strip(names[key], of) for key, of in dots.items() if not Measured(0, len(of)).hidden and of]


def sankey(pairs: Iterable[Mark], unknown: str) -> Mapping[str, Any]:
    """Nodes and links for the flow: the same name on both sides is two nodes, so that nothing runs in circles."""
    links = [{"source": f"{pair.a or unknown} ", "target": pair.b or unknown, "value": int(pair.measured.denominator)} for pair in pairs]
    names = dict.fromkeys([link["source"] for link in links] + [link["target"] for link in links])
    return {"nodes": [{"name": name} for name in names], "links": links}
