"""``script/bench [ROWS…]``: throw-away servers, durable as in production; then row by row."""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command
from django.utils.module_loading import import_string

from bench.table import say
from config.prepare import collect_static
from config.services import ServiceError, start_missing, stop_all

ROWS = {  # by name: no model may be imported before Django is set up
    "P1": "bench.asking.creating",
    "P2": "bench.asking.listing",
    "P3": "bench.asking.looking",
    "P5": "bench.sharing.sharing",
    "P8": "bench.accepting.accepting",
    "P9": "bench.importing.importing",
    "P10": "bench.starting.starting",
}
OURS = ("DATABASE_URL", "REDIS_URL", "BATON_URL", "BATON_HOSTS", "EMAIL_URL", "BATON_TESTING", "REDIS_DB", "DATABASE_POOLED")


def environment(folder: Path) -> None:
    """Nothing of the machine's own installation is used, and nothing of it is touched."""
    for name in OURS:
        os.environ.pop(name, None)
    os.environ |= {
        "BATON_VAR": str(folder),
        "BATON_DEMO": "1",
        "SECRET_KEY": "only-for-a-benchmark-" + "0" * 50,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "LOG_LEVEL": "WARNING",
    }


def measure(rows: list[str], rounds: int, folder: Path) -> bool:
    servers = start_missing(folder, durable=True)
    try:
        django.setup()
        if rows != ["P10"]:
            say("Tables and the demo, on PostgreSQL that writes to disk as in production …")
            call_command("migrate", verbosity=0)
            collect_static()
            call_command("demo", verbosity=0)
        place = import_string("bench.place.Place")(folder=folder, servers=servers, rounds=rounds, say=say)
        place.announce()
        met = [import_string(ROWS[row])(place) for row in rows]
        return all(met)
    finally:
        stop_all(servers)


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description="Measure rows of docs/performance.md, each beside its floor.")
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}; without: all")
    parser.add_argument("--rounds", type=int, default=7, help="interleaved rounds of each request (at least 5)")
    asked = parser.parse_args()
    unknown = [row for row in asked.rows if row.upper() not in ROWS]
    if unknown:
        parser.error(f"no such row: {', '.join(unknown)}")
    folder = Path(tempfile.mkdtemp(prefix="baton-bench-", dir="/tmp"))
    environment(folder)
    try:
        met = measure([row.upper() for row in asked.rows] or list(ROWS), max(5, asked.rounds), folder)
    except ServiceError as error:
        say(str(error))
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say("\nEvery target is met." if met else "\nA target is missed: see above.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
