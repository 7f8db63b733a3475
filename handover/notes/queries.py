"""Which notes stand, for whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.db.models import Q, QuerySet

from accounts.models import User
from handover.notes.models import For, ShiftNote

TOPICS = ("Rooms and building", "Guests", "Staff", "Systems", "Deliveries", "Security")
"""Suggested where a team has used no topics of its own yet."""


class ShiftLike(Protocol):
    """A shift, or a slot of a timetable."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def standing(team_id: int, at: datetime, shift: ShiftLike | None = None) -> QuerySet[ShiftNote]:
    """Notes that stand in a team at ``at``, pinned ones first, then the newest; authors are loaded.

    With a ``shift``: only what is for it, so without what names another shift or is for another “next shift only”.
    """
    notes = ShiftNote.objects.filter(team_id=team_id).standing(at)
    if shift is not None:
        named = Q(audience=For.NAMED, shift_name__iexact=shift.name)
        following = Q(audience=For.NEXT) & (Q(for_shift__isnull=True) | Q(for_shift_id=shift.id))
        notes = notes.filter(Q(audience=For.FOLLOWING) | named | following)
    return notes.select_related("by", "for_shift", "changed_by").order_by("-pinned", "-at", "-pk")


def gone(user: User, team_id: int, at: datetime) -> QuerySet[ShiftNote]:
    """What was resolved or ran out, for a list in pages."""
    return ShiftNote.objects.visible_to(user).filter(team_id=team_id).gone(at).select_related("by", "resolved_by", "for_shift", "changed_by")


def of_span(team_id: int, since: datetime, until: datetime) -> QuerySet[ShiftNote]:
    """Notes written from ``since`` (included) to ``until`` (not included), or standing at ``until``; pinned ones first."""
    written = Q(at__gte=since, at__lt=until)
    stood = Q(at__lt=until) & (Q(resolved_at__isnull=True) | Q(resolved_at__gte=until)) & (Q(expires_at__isnull=True) | Q(expires_at__gt=until))
    notes = ShiftNote.objects.filter(Q(team_id=team_id) & (written | stood))
    return notes.select_related("by").order_by("-pinned", "-at", "-pk")


def topics(team_id: int) -> list[str]:
    """The team's own small vocabulary, the most recently used first; suggestions to begin with."""
    rows: Sequence[str] = list(ShiftNote.objects.filter(team_id=team_id).exclude(topic="").order_by("-at").values_list("topic", flat=True)[:100])
    return list(dict.fromkeys([*rows, *TOPICS]))[:12]
