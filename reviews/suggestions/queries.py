"""Suggestions as the list and the page show them."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Team
from reviews.suggestions.models import Suggestion


def of_team(team: Team, *, waiting: bool | None = None) -> QuerySet[Suggestion]:
    """A team's suggestions with their authors; ``waiting``: only those without, or only those with, an answer."""
    rows = Suggestion.objects.filter(team=team).select_related("author", "answered_by", "seen_by")
    return rows if waiting is None else rows.filter(answered_at__isnull=waiting)
