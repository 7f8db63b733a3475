"""Imported sources as their page shows them: administrators alone see a log that nobody's team has joined."""

from __future__ import annotations

from django.db.models import F, QuerySet

from accounts.models import User
from reviews.sharing.models import SourceCount, SourceTotals


def totals_visible_to(user: User) -> QuerySet[SourceTotals]:
    return SourceTotals.objects.all() if user.team_ids() is None else SourceTotals.objects.none()


def pairs(source: str, *, lens: str, rule: str, without: bool, name: str = "") -> QuerySet[SourceCount]:
    """Who hands to whom, for ``name`` as giver or receiver where there is one; work that stayed where it was is left out."""
    rows = SourceCount.objects.filter(source=source, lens=lens, rule=rule, without=without).exclude(a=F("b"))
    return rows.filter(a__icontains=name) | rows.filter(b__icontains=name) if name else rows
