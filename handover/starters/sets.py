"""Every starter set there is."""

from __future__ import annotations

from handover.starters.contact_centre import CONTACT_CENTRE
from handover.starters.front_desk import FRONT_DESK
from handover.starters.shop import SHOP
from handover.starters.words import StarterSet

SETS: dict[str, StarterSet] = {one.key: one for one in (FRONT_DESK, SHOP, CONTACT_CENTRE)}


def sets_for(kind: str) -> list[StarterSet]:
    """All of them, the one for this kind of team first."""
    return sorted(SETS.values(), key=lambda one: one.kind != kind)
