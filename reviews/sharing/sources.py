"""The counts of imported sources: each lens, both rules, with and without automatic users. Made when an import has ended, read by pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from handover.imports.models import ImportRun
from reviews.sharing import queries
from reviews.sharing.definitions import Figures, Pair, Rule, figures, pairs
from reviews.sharing.models import SourceCount, SourceTotals
from reviews.sharing.queries import Lens
from reviews.sharing.source_hours import by_weekday_hour

BATCH = 5_000


def recount_changed(*, at: datetime) -> list[str]:
    """Count every source anew into which something was imported since it was counted last; return their names."""
    ended = ImportRun.objects.filter(finished_at__isnull=False).values_list("source").annotate(Max("finished_at"))
    counted = dict(SourceTotals.objects.values_list("source").annotate(Max("counted_at")))
    behind = [source for source, finished_at in ended if source not in counted or counted[source] < finished_at]
    for source in sorted(behind):
        recount(source, at=at)
    return sorted(behind)


@transaction.atomic
def recount(source: str, *, at: datetime) -> None:
    """Count one source anew, in six passes over its log."""
    SourceCount.objects.filter(source=source).delete()
    SourceTotals.objects.filter(source=source).delete()
    for lens in Lens:
        for without in (False, True):
            counts, totals = _count(source, lens, without=without)
            rows = _rows(source, lens, counts, without=without)
            SourceCount.objects.bulk_create(rows, batch_size=BATCH)
            kept = totals.as_dict() | by_weekday_hour(source, lens, without=without)
            SourceTotals.objects.create(source=source, lens=lens, without=without, totals=kept, counted_at=at)


def _count(source: str, lens: Lens, *, without: bool) -> tuple[dict[Rule, Counter[Pair]], Figures]:
    counts: dict[Rule, Counter[Pair]] = {rule: Counter() for rule in Rule}

    def seen() -> Iterator[list[str]]:
        for sequence in queries.sequences(source, lens, without_automatic=without):
            for rule in Rule:
                counts[rule].update(pairs(sequence, rule))
            yield sequence

    totals = figures(seen())
    return counts, totals


def _rows(source: str, lens: Lens, counts: dict[Rule, Counter[Pair]], *, without: bool) -> Iterator[SourceCount]:
    for rule, found in counts.items():
        for (a, b), n in found.items():
            yield SourceCount(source=source, lens=lens, rule=rule, without=without, a=a, b=b, n=n)
