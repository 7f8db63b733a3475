"""What refers to a shift, so that it may neither go nor get other times: offers, notes, reports, and whatever else comes to."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import PROTECT

from handover.shifts.models import Shift

WORDS = {
    "item": "something was offered to it",
    "nothingtohandover": "somebody said that there is nothing to hand over from it",
    "shiftleft": "a colleague left it with something unaccepted",
    "shiftnote": "a note was written for it",
    "shiftreport": "it has a report",
}


def referred_to(shift_ids: Collection[int]) -> dict[int, str]:
    """Those of these shifts that something refers to, each with what, in words. One statement for each table that can."""
    found: dict[int, str] = {}
    if not shift_ids:
        return found
    for relation in Shift._meta.related_objects:
        if relation.on_delete is not PROTECT:
            continue
        name = relation.field.attname
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": shift_ids})
        for shift_id in rows.values_list(name, flat=True).distinct():
            found.setdefault(shift_id, WORDS.get(str(relation.related_model._meta.model_name), "something refers to it"))
    return found
