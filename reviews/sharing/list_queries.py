"""The handovers behind a number: the same facts, narrowed as the number was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from handover.handovers.models import Item
from reviews.sharing.figures import FIGURES
from reviews.sharing.measuring import Scope
from reviews.sharing.models import HandoverFact
from reviews.sharing.wording import NONE

SHARES = {name: figure for name, figure in FIGURES.items() if isinstance(figure.numerator, Q) and figure.unit == "share"}
"""Figures whose handovers can be listed: those that are so, and the others among those that were asked about."""
MARKS = {name: name for name in ("from_shift", "to_shift", "from_role", "to_role", "outcome", "bucket", "slot", "gone_past")}
MARKS |= {"from_team": "team__name", "to_team": "to_team__name"}
OWN = {"given": "giver", "taken": "taker"}


def behind(scope: Scope, wanted: Mapping[str, Any], *, by: User | None = None) -> QuerySet[Item]:
    """The items of this scope, with their facts, that ``wanted`` names: a figure with yes or no, marks of a chart, a weekday, a missing
    detail, or what ``by`` gave or took over."""
    rows = scope.within(HandoverFact.objects.all())
    if figure := SHARES.get(wanted.get("figure", "")):
        rows = rows.filter(figure.denominator, ~figure.numerator if wanted.get("is") == "no" else figure.numerator)
    if wanted.get("weekday"):
        rows = rows.filter(day__iso_week_day=wanted["weekday"])
    if wanted.get("detail"):
        rows = rows.filter(missing__contains=[wanted["detail"]])
    if wanted.get("own") in OWN:
        rows = rows.filter(**{OWN[wanted["own"]]: by})
    chosen = {MARKS[name]: value for name, value in wanted.items() if name in MARKS and value not in (None, "")}
    rows = rows.filter(**{name: "" if value == NONE else value for name, value in chosen.items()})
    items = Item.objects.filter(pk__in=rows.values("pk"))
    return items.select_related("fact", "handover", "action__service", "giver", "accepted_by", "receiver", "receiving_shift")
