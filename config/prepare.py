"""What a database and a folder need before people come: tables, the pages' files, and the demo or a first address.

Runs in a child process of the supervisor, so that the supervisor itself stays small.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from config.console import say, step

ONE_AT_A_TIME = 0x6261746F6E  # the advisory lock under which one of several starting machines prepares the database


def start_django() -> None:
    """With no time limit on statements: a migration or an import may take long."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT_MS", "0")
    os.environ.setdefault("DATABASE_IDLE_TIMEOUT_MS", "0")
    django.setup()


@contextmanager
def only_one() -> Iterator[None]:
    """Held in a transaction of its own, so that it also works through PgBouncer."""
    gate = psycopg2.connect(os.environ["DATABASE_URL"])
    try:
        with gate, gate.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
            yield
    finally:
        gate.close()


def migrate_if_behind() -> bool:
    """Bring the database to this version; True where there was something to do."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def collect_static() -> None:
    """Copy and compress the pages' files, where one has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    now = static_fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=Path(settings.STATIC_ROOT).exists())
    stamp.write_text(now)


def static_fingerprint() -> str:
    seen = hashlib.sha256(f"{sys.version}{django.__version__}".encode())
    for folder in settings.STATICFILES_DIRS:
        for place in sorted(Path(folder).rglob("*")):
            facts = place.stat()
            seen.update(f"{place}{facts.st_size}{facts.st_mtime_ns}".encode())
    seen.update((Path(settings.BASE_DIR) / "requirements.txt").read_bytes())
    return seen.hexdigest()


def people_exist() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM accounts_user)")
        return bool(cursor.fetchone()[0])


def everything() -> int:
    """Used by ``script/server``."""
    start_django()
    with only_one():
        with step("Tables"):
            migrate_if_behind()
        with step("Pages"):
            collect_static()
        if settings.BATON_DEMO:
            with step("The demonstration", bar=not people_exist()):
                call_command("demo")
    return 0


def first_address() -> int:
    """Print where the first administrator signs up, while there is nobody yet."""
    start_django()
    if people_exist():
        return 0
    first_run_address = import_string("accounts.operations.first_run_address")  # by name: no model may be imported before Django has started
    say(f"Set up the first administrator here (once, and only now):\n  {first_run_address()}")
    return 0
