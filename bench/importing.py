"""P9: a real log of 9,084 events, with its people, teams, actions and handovers."""

import csv
import gzip
import os
import subprocess
import sys
import time
from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.utils import timezone

from bench.accounting import cpu_seconds, most_memory_of
from bench.place import ROOT, Place
from bench.table import at_least, heading, verdict
from handover.imports.models import LogEvent

LOG = ROOT / "tests/data/uci498/uci498_week20_servicenow.csv.gz"
SAMPLE = 1_000


def importing(place: Place) -> bool:
    heading("P9", "import of a real log, end to end")
    third = place.folder / "third.csv"
    with gzip.open(LOG, "rt", newline="") as lines:
        whole = lines.readlines()
    third.write_text("".join(whole[: len(whole) // 3]))
    rows = len(whole) - 1
    small = Run(third, "third")
    large = Run(LOG, "week20")
    floor = save_one_by_one()
    place.say(f"    Baton                 {rows:,} events in {large.seconds:.1f} s, {large.cpu:.1f} s of CPU of its own, at most {large.memory:.0f} MB")
    place.say(f"    a third of the file   {len(whole) // 3:,} events in {small.seconds:.1f} s, at most {small.memory:.0f} MB")
    place.say(f"    plain Django          {floor:,.0f} events/s, rows alone, saved one by one")
    return all(
        [at_least("events a second", rows / large.seconds, 1_500), verdict("memory against a third of the file", large.memory / small.memory, 1.1, " ×")]
    )


class Run:
    """``manage.py import_history`` as a process of its own: seconds, CPU seconds, and MB at most."""

    def __init__(self, log: Path, source: str) -> None:
        told = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
        command = [sys.executable, "manage.py", "import_history", str(log), "--format", "servicenow", "--timezone", "Europe/London"]
        began = time.monotonic()
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen([*command, "--source", source, "--automatic", "Updated by 908"], cwd=ROOT, env=told, **quiet)  # type: ignore[call-overload]
        self.memory = 0.0
        while process.poll() is None:
            self.memory = max(self.memory, most_memory_of(process.pid))
            self.cpu = cpu_seconds(process.pid)
            time.sleep(0.05)
        if process.returncode:
            raise RuntimeError(f"import_history ended with {process.returncode}")
        self.seconds = time.monotonic() - began


def save_one_by_one() -> float:
    """Rows a second of the least that anybody would write: the log's rows alone, one ``create`` each."""
    with gzip.open(LOG, "rt", newline="") as lines:
        rows = list(islice(csv.DictReader(lines), SAMPLE))
    at, began = timezone.now(), time.monotonic()
    for number, row in enumerate(rows):
        facts = {"actor": row["sys_updated_by"], "group": row["assignment_group"], "status": row["incident_state"]}
        LogEvent.objects.create(source="floor", case=row["number"], source_row=number, at=at - timedelta(minutes=number), local_offset=0, **facts)
    return SAMPLE / (time.monotonic() - began)
