"""The handovers behind a number: the same facts, narrowed as the number was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from handover.handovers.models import Item
from reviews.sharing.measuring import Scope
from reviews.sharing.models import HandoverFact

YES: dict[str, Q] = {
    "in_time": Q(in_time=True),
    "missing": Q(is_missing=True),
    "read_back_right": Q(read_back_right=True),
    "complete_by_check": Q(complete_by_check=True),
    "unable": Q(accepted=True, unable__gt=0),
    "not_chased": Q(chased=False),
    "carried_far": Q(carried_far=True),
    "bounced": Q(bounced=True),
    "queries": Q(queries__gt=0),
    "gone_past": ~Q(gone_past=""),
    "by_rule": Q(by_rule=True),
}
NO: dict[str, Q] = {
    "in_time": Q(in_time=False),
    "missing": Q(is_missing=False),
    "read_back_right": Q(read_back_right=False),
    "complete_by_check": Q(complete_by_check=False),
    "unable": Q(accepted=True, unable=0),
    "not_chased": Q(chased=True),
    "carried_far": Q(carried_far=False),
    "bounced": Q(bounced=False),
    "queries": Q(queries=0),
    "gone_past": Q(gone_past=""),
    "by_rule": Q(by_rule=False),
}
MARKS = {"from_shift", "to_shift", "from_role", "to_role", "outcome", "bucket", "slot", "gone_past"}


def behind(scope: Scope, wanted: Mapping[str, Any]) -> QuerySet[Item]:
    """The items of this scope, with their facts, that ``wanted`` names: a figure with yes or no, marks of a chart, a weekday, a missing detail."""
    rows = scope.within(HandoverFact.objects.all())
    if wanted.get("figure") in YES:
        rows = rows.filter((NO if wanted.get("is") == "no" else YES)[wanted["figure"]])
    if wanted.get("weekday"):
        rows = rows.filter(day__iso_week_day=wanted["weekday"])
    if wanted.get("detail"):
        rows = rows.filter(missing__contains=[wanted["detail"]])
    rows = rows.filter(**{name: wanted[name] for name in MARKS if wanted.get(name) not in (None, "")})
    items = Item.objects.filter(pk__in=rows.values("pk"))
    return items.select_related("fact", "handover", "action__service", "giver", "accepted_by", "receiver", "receiving_shift")
