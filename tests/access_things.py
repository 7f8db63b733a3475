"""More things of the Desk team in the access matrix: each function makes what one concept names in its addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reviews.suggestions import operations as suggestions

if TYPE_CHECKING:
    from tests.access_world import World


def a_suggestion(world: World, at: datetime, words: str) -> dict[str, dict[str, Any]]:
    return {"suggestions": {"ref": suggestions.suggest(team=world.desk, by=world.people["member"], at=at, words=words).ref}}


THINGS: tuple[Callable[[World, datetime, str], dict[str, dict[str, Any]]], ...] = (a_suggestion,)
