"""What a team has of a starter set already."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import Team
from handover.catalog.models import Service
from handover.starters.words import StarterService


def there_already(team: Team, services: Iterable[StarterService], *, starter: str) -> set[str]:
    """Keys of those that the team adopted before, or has a service of the same name as; one statement."""
    rows = list(Service.objects.filter(team=team).values_list("name", "starter"))
    names, adopted = {name.lower() for name, _ in rows}, {made_from for _, made_from in rows}
    return {one.key for one in services if one.name.lower() in names or f"{starter}/{one.key}" in adopted}
