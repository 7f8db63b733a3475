"""``manage.py rebuild_sharing``: make the facts and counts behind the sharing figures anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reviews.sharing import queries, rollups, sources


class Command(BaseCommand):
    help = "Forget the counts behind the sharing figures, and make them anew from the handovers and the trail."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for source in queries.sources():
            if source != queries.BATON:
                sources.recount(source, at=now)
        made = rollups.rebuild(at=now)
        self.stdout.write(f"Counted {made:,} handovers anew.")
