"""Keeps facts and counts up to date: what the trail says was touched, and what time alone may change, is counted anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Count, F, Func, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Left, TruncMinute

from audit.queries import newest_position
from handover.followups.touched import actions_touched
from handover.handovers.models import Item
from reviews.sharing import facts
from reviews.sharing.figures import BULK, CHARTS, FIGURES, Chart, counted
from reviews.sharing.models import DIMENSIONS, HandoverFact, RollupState, SharingCount, SharingDay

BATCH = 5_000
EVENTS = 20_000
DAYS = 366
TeamDay = tuple[int, date]


def refresh(*, at: datetime) -> int:
    """Bring facts and counts up to the trail's end and to ``at``; return how many facts were made. One at a time: another waits.

    In steps of ``EVENTS``, each kept by itself: a long way, as after an upgrade that counts anew, goes on where it was interrupted.
    """
    made, is_done = 0, False
    while not is_done:
        step, is_done = _refresh_some(at)
        made += step
    return made


@transaction.atomic
def _refresh_some(at: datetime) -> tuple[int, bool]:
    """One step; how many facts it made, and whether it was the last, which also looks at what is not sealed and at what time alone may change."""
    RollupState.objects.get_or_create(pk=True)
    state = RollupState.objects.select_for_update().get(pk=True)
    newest = newest_position()
    until = min(newest, state.position + EVENTS)
    is_last = until == newest
    touched = Item.objects.filter(action__in=actions_touched(state.position, None, until=until, unsealed=is_last))
    ids = set(touched.values_list("pk", flat=True))
    if is_last:
        ids |= set(HandoverFact.objects.filter(unsettled=True).values_list("pk", flat=True))
    recount(_write(sorted(ids), at=at))
    state.position, state.refreshed_at = until, at if is_last else state.refreshed_at
    state.save(update_fields=["position", "refreshed_at"])
    return len(ids), is_last


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
        for some in _batches(dates, DAYS):
            rows = HandoverFact.objects.filter(team_id=team_id, day__in=some)
            SharingDay.objects.filter(team_id=team_id, day__in=some).delete()
            SharingCount.objects.filter(team_id=team_id, day__in=some).delete()
            _insert(SharingDay, rows.values(*DIMENSIONS).annotate(**measures()))
            for chart in CHARTS.values():
                _insert(SharingCount, marks_of(chart, rows))


def _insert(model: type[Model], found: QuerySet[Any, Any]) -> None:
    """Keep what the database finds, without bringing it here: the names in ``found`` are those of the columns."""
    try:
        sql, parameters = found.order_by().query.sql_with_params()
    except EmptyResultSet:
        return
    columns = ", ".join(f'"{name}"' for name in [*found.query.values_select, *found.query.annotation_select])
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {columns} FROM ({sql}) AS found", parameters)  # noqa: S608 - names of columns


def measures() -> dict[str, Any]:
    """Numerator and denominator of every figure, as aggregates over facts."""
    numerators = {f"n_{name}": counted(figure.numerator) for name, figure in FIGURES.items()}
    return numerators | {f"d_{name}": counted(figure.denominator) for name, figure in FIGURES.items()}


def marks_of(chart: Chart, rows: QuerySet[HandoverFact]) -> QuerySet[Any, Any]:
    """The marks that these facts, of one team, make of a chart."""
    if chart.name == "bulk":
        rows = offered_in_bulk(rows)
    if chart.a == "what":
        rows = rows.annotate(what=Func(F("missing"), function="unnest", output_field=TextField()))
    keys = {"a": Left(Cast(F(chart.a), TextField()), 200), "b": Left(Cast(F(chart.b), TextField()), 200) if chart.b else Value("")}
    marks: QuerySet[Any, Any] = rows.filter(chart.where or Q()).values(*DIMENSIONS, name=Value(chart.name), **keys)
    marks = marks.annotate(numerator=counted(chart.numerator), denominator=counted(chart.denominator))
    return marks.filter(denominator__gt=0)


def offered_in_bulk(rows: QuerySet[HandoverFact]) -> QuerySet[HandoverFact]:
    """Those of these facts, of one team, that were offered in a minute with many others."""
    minutes = rows.values(minute=TruncMinute("offered_at")).annotate(n=Count("pk")).filter(n__gte=BULK).order_by()
    return rows.annotate(minute=TruncMinute("offered_at")).filter(minute__in=[each["minute"] for each in minutes])


def _batches(things: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
