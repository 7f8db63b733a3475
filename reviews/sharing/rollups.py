"""Keeps facts and counts up to date: what the trail says was touched, and what time alone may change, is counted anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Func, QuerySet, TextField
from django.db.models.functions import Cast, TruncMinute

from audit.queries import newest_position
from handover.followups.touched import actions_touched
from handover.handovers.models import Item
from reviews.sharing import facts
from reviews.sharing.figures import BULK, CHARTS, FIGURES, Chart, counted
from reviews.sharing.models import DIMENSIONS, HandoverFact, RollupState, SharingCount, SharingDay

BATCH = 5_000
TeamDay = tuple[int, date]


@transaction.atomic
def refresh(*, at: datetime) -> int:
    """Bring facts and counts up to the trail's end and to ``at``; return how many facts were made. One at a time: another waits."""
    RollupState.objects.get_or_create(pk=True)
    state = RollupState.objects.select_for_update().get(pk=True)
    newest = newest_position()
    touched = Item.objects.filter(action__in=actions_touched(state.position, None, unsealed=True))
    ids = {*touched.values_list("pk", flat=True), *HandoverFact.objects.filter(unsettled=True).values_list("pk", flat=True)}
    days = _write(sorted(ids), at=at)
    recount(days)
    state.position, state.refreshed_at = newest, at
    state.save(update_fields=["position", "refreshed_at"])
    return len(ids)


@transaction.atomic
def rebuild(*, at: datetime) -> int:
    """Forget every fact and every count, and make them anew from the domain's rows and the trail; return how many facts there are."""
    RollupState.objects.get_or_create(pk=True)
    state = RollupState.objects.select_for_update().get(pk=True)
    newest = newest_position()
    HandoverFact.objects.all().delete()
    SharingDay.objects.all().delete()
    SharingCount.objects.all().delete()
    days = _write(list(Item.objects.filter(imported_from="").order_by("pk").values_list("pk", flat=True)), at=at)
    recount(days)
    state.position, state.refreshed_at = newest, at
    state.save(update_fields=["position", "refreshed_at"])
    return HandoverFact.objects.count()


def _write(ids: list[int], *, at: datetime) -> set[TeamDay]:
    """Write the facts of these items; return the days of the teams whose counts they change."""
    days: set[TeamDay] = set()
    for some in _batches(ids):
        days |= set(HandoverFact.objects.filter(pk__in=some).values_list("team_id", "day"))
        facts.write(some, at=at)
        days |= set(HandoverFact.objects.filter(pk__in=some).values_list("team_id", "day"))
    return days


def recount(days: Collection[TeamDay]) -> None:
    """Count these days of these teams anew."""
    by_team: dict[int, list[date]] = {}
    for team_id, day in sorted(days):
        by_team.setdefault(team_id, []).append(day)
    for team_id, dates in by_team.items():
        for some in _batches(dates, 31):
            facts_of = HandoverFact.objects.filter(team_id=team_id, day__in=some)
            SharingDay.objects.filter(team_id=team_id, day__in=some).delete()
            SharingDay.objects.bulk_create((SharingDay(**each) for each in facts_of.values(*DIMENSIONS).annotate(**measures()).order_by()), batch_size=BATCH)
            SharingCount.objects.filter(team_id=team_id, day__in=some).delete()
            SharingCount.objects.bulk_create((mark for chart in CHARTS.values() for mark in marks_of(chart, facts_of)), batch_size=BATCH)


def measures() -> dict[str, Any]:
    """Numerator and denominator of every figure, as aggregates over facts."""
    numerators = {f"n_{name}": counted(figure.numerator) for name, figure in FIGURES.items()}
    return numerators | {f"d_{name}": counted(figure.denominator) for name, figure in FIGURES.items()}


def marks_of(chart: Chart, rows: QuerySet[HandoverFact]) -> Iterator[SharingCount]:
    keys = {"mark_a": Cast(F(chart.a), TextField())} | ({"mark_b": Cast(F(chart.b), TextField())} if chart.b else {})
    rows = rows.filter(chart.where) if chart.where else rows
    if chart.name == "bulk":
        rows = offered_in_bulk(rows)
    if chart.a == "what":
        rows = rows.annotate(what=Func(F("missing"), function="unnest", output_field=TextField()))
    marks = rows.values(*DIMENSIONS, **keys).annotate(n=counted(chart.numerator), d=counted(chart.denominator)).order_by()
    for each in marks:
        if each["d"]:
            dimensions = {name: each[name] for name in DIMENSIONS}
            marked = {"a": each["mark_a"][:200], "b": each.get("mark_b", "")[:200]}
            yield SharingCount(**dimensions, **marked, name=chart.name, numerator=each["n"], denominator=each["d"])


def offered_in_bulk(rows: QuerySet[HandoverFact]) -> QuerySet[HandoverFact]:
    """Those of these facts, of one team, that were offered in a minute with many others."""
    minutes = rows.values(minute=TruncMinute("offered_at")).annotate(n=Count("pk")).filter(n__gte=BULK).order_by()
    return rows.annotate(minute=TruncMinute("offered_at")).filter(minute__in=[each["minute"] for each in minutes])


def _batches(things: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
