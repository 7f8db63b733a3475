"""``manage.py import_history FILE``: another system's log in, row by row, with a report of what was odd."""

import resource
import sys
import zoneinfo
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from common.errors import Refusal
from handover.imports import making, oddities, operations, people, queries
from handover.imports.formats import FORMS
from handover.imports.making import Made
from handover.imports.oddities import Oddity
from handover.imports.operations import Begun
from handover.imports.reading import LogFile

BATCH = 1_000
Thing = TypeVar("Thing")


@dataclass
class Outcome:
    """What one run of the command did."""

    rows: int
    new: int = 0
    robots: int = 0
    made: Made = field(default_factory=Made)
    odd: list[Oddity] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.new or self.robots or self.made.cases)


class Command(BaseCommand):
    help = "Bring in another system's log: every row, its people, teams, actions and handovers. Safe to give again, also after it was killed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="a .csv or .csv.gz file, UTF-8")
        parser.add_argument("--format", required=True, choices=sorted(FORMS), help="the form of the file")
        parser.add_argument("--timezone", metavar="ZONE", help="the clock of times that name no zone, e.g. Europe/London")
        parser.add_argument("--source", required=True, metavar="NAME", help="what you call the other system")
        parser.add_argument("--automatic", action="append", default=[], metavar="NAME", help="the name of a robot in the log; may be given several times")
        parser.add_argument("--missing", action="append", default=[], metavar="MARK", help="a further mark that stands for a blank, e.g. EMPTY")

    def handle(self, *args: Any, **options: Any) -> None:
        zone = self._zone(options)
        log = LogFile(options["file"], FORMS[options["format"]], zone, missing=frozenset(options["missing"]))
        began = monotonic()
        try:
            operations.check_source(options["source"])
            outcome = self._run(log, options["source"], zone.key, options["automatic"])
        except Refusal as refusal:
            raise CommandError(" ".join(filter(None, [refusal.sentence, refusal.possible]))) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. What was read is kept; give the same command again to go on.", returncode=130) from None
        self._report(options["source"], outcome, monotonic() - began)

    def _zone(self, options: dict[str, Any]) -> zoneinfo.ZoneInfo:
        name = options["timezone"]
        if not name and options["format"] == "servicenow":
            raise CommandError("Times in this form name no zone: say which clock they were written by, e.g. --timezone Europe/London.")
        if name and name not in zoneinfo.available_timezones():
            raise CommandError(f"“{name}” is not a time zone. Use a name such as Europe/London.")
        return zoneinfo.ZoneInfo(name or "UTC")

    def _run(self, log: LogFile, source: str, zone: str, automatic: list[str]) -> Outcome:
        with self._bar("Checking") as bar:
            seen = log.survey(bar.update)
        facts = {"source": source, "file_name": log.path.name, "sha256": seen.sha256, "form": log.form.name, "zone": zone}
        begun = operations.begin(**facts, at=timezone.now())
        outcome = Outcome(rows=seen.rows)
        outcome.robots = people.mark_automatic(source, automatic)
        if not begun.done:
            self._store(log, begun, seen.rows, outcome)
            for made in self._actions(begun, automatic):
                outcome.made.add(made)
        for name in people.unknown(source, automatic):
            self.stderr.write(f"Nobody is called “{name}” in {source}.")
        outcome.odd = oddities.report(source, seen, automatic=people.robots(source))
        if not begun.done:
            operations.finish(begun.run, oddities={str(odd.number): asdict(odd) for odd in outcome.odd}, at=timezone.now())
        return outcome

    def _store(self, log: LogFile, begun: Begun, total: int, outcome: Outcome) -> None:
        done = begun.run.rows_done
        if begun.resumed:
            self.stdout.write(f"Going on with the import that was broken off after {done:,} rows.")
        with self._bar("Rows", total=total, initial=done) as bar:
            for rows in in_batches(islice(log.rows(), done, None), BATCH):
                outcome.new += operations.store(begun.run, rows)
                bar.update(len(rows))
        if log.seen.sha256 != begun.run.file_sha256:
            raise CommandError(f"{log.path.name} was changed while it was read. Import it again.")

    def _actions(self, begun: Begun, automatic: list[str]) -> Iterator[Made]:
        with self._bar("Cases", total=queries.to_make(begun.run.source).count()) as bar:
            for made in making.make_actions(begun.run, automatic=automatic, at=timezone.now()):
                bar.update(made.cases)
                yield made

    def _bar(self, name: str, **how: Any) -> Any:
        return tqdm(desc=name, unit="", unit_scale=True, file=sys.stderr, disable=not sys.stderr.isatty(), **how)

    def _report(self, source: str, outcome: Outcome, seconds: float) -> None:
        made = outcome.made
        if outcome.nothing:
            self.stdout.write(f"Nothing new: all {outcome.rows:,} rows are in {source} already. Nothing was changed.")
        else:
            self.stdout.write(f"New in {source}: rows {outcome.new:,}, actions {len(made.actions):,}, handovers between colleagues {made.handovers:,}.")
            self.stdout.write(f"On the way: claims from a pool {made.claims:,}, back to it {made.to_pool:,}, changes of team {made.team_changes:,}.")
        if outcome.robots:
            self.stdout.write(f"Users now known as automatic: {outcome.robots:,}.")
        if made.changed or made.left:
            self.stdout.write(f"Actions that follow new rows: {len(made.changed):,}; that stay as colleagues left them: {len(made.left):,}.")
        self.stdout.write("What was odd (the numbers are those of docs/import.md):" if outcome.odd else "Nothing was odd.")
        for odd in outcome.odd:
            self.stdout.write(f"  {odd.number:>2}  {odd.says}")
        rate = outcome.rows / max(seconds, 0.001)
        self.stdout.write(f"{outcome.rows:,} rows in {seconds:.1f} s: {rate:,.0f} rows a second, at most {peak_megabytes():,.0f} MB of memory.")


def in_batches(things: Iterator[Thing], size: int) -> Iterator[list[Thing]]:
    while batch := list(islice(things, size)):
        yield batch


def peak_megabytes() -> float:
    """The most memory that this process has had. Linux counts in kilobytes, macOS in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
