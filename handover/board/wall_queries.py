"""What the wall shows: the team board with names shortened, as much of it as fits, and how many more there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.keys import digest_of
from accounts.models import Team, User
from handover.board import wall_names
from handover.board.board_queries import Board, Column, Lane, board
from handover.board.models import WallLink
from handover.shifts.queries import Slot, timetable

ALONE, FIRST, SECOND = 6, 3, 2
"""Cards of one column that fit: where only one lane has any, else in the first and in the second lane."""


@dataclass(frozen=True)
class Wall:
    team: Team
    board: Board
    lanes: list[dict[str, Any]]
    running: Slot | None
    incoming: Slot | None
    on_next: list[str]


def link_of(secret: str) -> WallLink | None:
    """The link with this secret, if it still works."""
    return WallLink.objects.current().select_related("team").filter(digest=digest_of(secret)).first()


def links_of(team: Team) -> list[WallLink]:
    return list(WallLink.objects.current().filter(team=team).select_related("made_by").order_by("name", "pk"))


def wall(team: Team, at: datetime) -> Wall:
    table = timetable(team.pk, at)
    running = min((slot for slot in table.slots if slot.runs(at)), key=lambda slot: slot.ends_at, default=None)  # of two that overlap, the outgoing one
    incoming = table.incoming(running, at)
    names = User.objects.filter(pk__in=incoming.crew).order_by("display_name").values_list("display_name", flat=True) if incoming else []
    made = board(team, at, running=running, incoming=incoming)
    fits = (FIRST, SECOND) if all(lane.count for lane in made.lanes) else (ALONE, ALONE)
    lanes = [_lane(lane, most) for lane, most in zip(made.lanes, fits, strict=True)]
    return Wall(team, made, lanes, running, incoming, [wall_names.colleague(name) for name in names])


def _lane(lane: Lane, most: int) -> dict[str, Any]:
    return {"title": lane.title, "count": lane.count, "columns": [_column(column, most) for column in lane.columns]}


def _column(column: Column, most: int) -> dict[str, Any]:
    """``more``: how many do not fit."""
    cards = [_card(card) for card in column.cards[:most]]
    more = max(0, len(column.cards) - most)
    return {"key": column.key, "icon": column.icon, "title": column.title, "cards": cards, "total": len(column.cards), "more": more}


def _card(card: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": wall_names.title(card["title"], customer_name=card["action"].customer_name),
        "giver": wall_names.shown(card.get("giver")),
        "receiver": wall_names.shown(card.get("receiver")),
        "person": wall_names.shown(card.get("person")),
        "name": card.get("name", ""),
        **{key: card.get(key, "") for key in ("tone", "state", "text", "strong", "chip")},
    }
