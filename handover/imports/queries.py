"""Reads of the log for making actions of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from audit.models import Event
from handover.actions.models import Action
from handover.events import Event as Happening
from handover.handovers.models import Item
from handover.imports.life import Life, life_of
from handover.imports.models import ImportedCase, LogEvent

IN_ORDER = ("case", "at", "source_row")


def to_make(source: str, *, after: int = 0) -> QuerySet[ImportedCase]:
    """The cases of the source with more events than their action was made of, oldest first, behind the key ``after``."""
    events = LogEvent.objects.filter(source=OuterRef("source"), case=OuterRef("case")).order_by()
    there = Subquery(events.values("case").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    found: QuerySet[ImportedCase] = (
        ImportedCase.objects.filter(source=source, pk__gt=after)
        .select_related("action")
        .alias(there=Coalesce(there, 0))
        .exclude(there=F("events_used"))
        .order_by("pk")
    )
    return found


def lives(source: str, cases: list[str]) -> Iterator[Life]:
    """The life of each of these cases, in the order of their names; rows are streamed, so that a long case costs no memory."""
    events = LogEvent.objects.filter(source=source, case__in=cases).order_by(*IN_ORDER)
    only = events.values_list("case", "at", "actor", "owner", "group", "service", "status", "priority", named=True)
    for case, rows in groupby(only.iterator(chunk_size=2_000), key=lambda row: row.case):
        yield life_of(case, rows)


def touched(cases: list[ImportedCase]) -> set[int]:
    """Ids of the actions among these cases' which colleagues have worked on in Baton: an import leaves them as they are."""
    ids = [case.action_id for case in cases if case.action_id]
    own_items = Item.objects.filter(action_id__in=ids, imported_from="").values_list("action_id", flat=True)
    items = dict(Item.objects.filter(action_id__in=ids).values_list("pk", "action_id"))
    about = Q(subject_type=Action._meta.label_lower, subject_id__in=ids) | Q(subject_type=Item._meta.label_lower, subject_id__in=list(items))
    heard = {
        items[event["subject_id"]] if event["subject_type"] == Item._meta.label_lower else event["subject_id"]
        for event in Event.objects.filter(about).exclude(kind=Happening.BROUGHT_IN).values("subject_type", "subject_id")
    }
    changed = Action.objects.filter(pk__in=ids).exclude(changed_at=F("imported_case__last_at")).values_list("pk", flat=True)
    return {*own_items, *heard, *changed}
