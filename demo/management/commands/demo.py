"""``manage.py demo``: a believable fortnight for a hotel, a shop and a utility's contact centre, ending now."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from accounts.demo_signins import DEMO_ACCOUNTS, DEMO_PASSWORD
from demo import making, moving
from reviews.sharing import rollups


class Command(BaseCommand):
    help = (
        "Load the demo into an empty database: three teams, a fortnight of handovers, and something waiting in every state. "
        "Given again, it changes nothing; where nothing has happened for 12 hours, it moves the demo's times to now."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.said = options["verbosity"] > 0
        now = timezone.now()
        if making.marker() is not None:
            self._move(now)
        elif making.somebody_is_here():
            self._say("There are people here already, and the demo needs an empty database. Nothing was changed.")
        else:
            self._make(now)

    def _make(self, now: datetime) -> None:
        began = monotonic()
        with ExitStack() as shown:

            def begin(total: int) -> Callable[[int], object]:
                return shown.enter_context(tqdm(desc="Moves", total=total, unit="", file=sys.stderr, disable=not (self.said and sys.stderr.isatty()))).update

            made = making.make(now=now, bar=begin)
            rollups.rebuild(at=now)
        self._say(f"The demo is loaded: {made.actions} actions of {made.teams} teams, {monotonic() - began:.1f} s. Sign in with {DEMO_PASSWORD} as")
        for address, what in DEMO_ACCOUNTS.items():
            self._say(f"  {address:<20} {what}")

    def _move(self, now: datetime) -> None:
        by = moving.move_if_old(now=now)
        if by is None:
            self._say("The demo is loaded already. Nothing was changed.")
        else:
            rollups.rebuild(at=now)
            hours = by.total_seconds() / 3600
            self._say(f"The demo is loaded already. Nothing had happened in it for {hours:.0f} hours, so its times were moved to now.")

    def _say(self, sentence: str) -> None:
        if self.said:
            self.stdout.write(sentence)
