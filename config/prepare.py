"""What a database and a folder need before people come: tables, the pages' files, and the demo or a first address.

A program of its own (``python -m config.prepare VERB``), so that the supervisor which runs it needs no Django and stays small.
"""

import hashlib
import io
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg2
import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, execute_from_command_line
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.module_loading import import_string

from config import env
from config.console import complain, say, step
from config.runtime import SAID_WHY
from config.services import ServiceError

ONE_AT_A_TIME = 0x6261746F6E  # the advisory lock under which one of several starting machines prepares the database
WITHOUT_MIGRATING = {"migrate", "makemigrations", "showmigrations", "help", "version", "check", "restore"}


def check_database() -> None:
    """One sentence where DATABASE_URL answers nobody."""
    parts = env.url("DATABASE_URL", schemes=("postgres", "postgresql"))
    try:
        psycopg2.connect(parts.geturl(), connect_timeout=5).close()
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise ServiceError(f"The database of DATABASE_URL does not answer: {reason}") from None


def check_broker() -> None:
    """Only said, not refused: rows wait where the broker is away."""
    try:
        redis.from_url(env.text("REDIS_URL"), socket_connect_timeout=3, socket_timeout=3).ping()
    except (redis.RedisError, ValueError):
        complain("the broker of REDIS_URL does not answer. People can work, but nobody is reminded until it does.")


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
    call_command("collectstatic", interactive=False, verbosity=0, clear=Path(settings.STATIC_ROOT).exists(), ignore_patterns=["rest_framework"])
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


def server() -> None:
    """For ``script/server``: all of it."""
    check_database()
    check_broker()
    django.setup()
    with ThreadPoolExecutor(1) as beside:
        pages = beside.submit(collect_static)
        with only_one():
            with step("Tables"):
                migrate_if_behind()
            if settings.BATON_DEMO:
                with step("The demonstration", bar=not people_exist()):
                    call_command("demo", stdout=io.StringIO())
        with step("Pages"):
            pages.result()


def first_address() -> None:
    """Print where the first administrator signs up, while there is none yet."""
    django.setup()
    first_run_address = import_string("accounts.operations.first_run_address")  # by name: no model may be imported before Django is set up
    if address := first_run_address(at=timezone.now()):
        say(f"Set up the first administrator here, once:\n  {address}")


def manage(arguments: list[str]) -> None:
    """For ``script/manage``: Django's command line on a database of this version."""
    check_database()
    django.setup()
    if arguments and arguments[0] not in WITHOUT_MIGRATING:
        with only_one():
            if migrate_if_behind():
                complain("the database was behind this version and has been brought up to it.")
    execute_from_command_line(["script/manage", *arguments])


def main(verb: str, *arguments: str) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT_MS", "0")  # a migration or an import may take long
    os.environ.setdefault("DATABASE_IDLE_TIMEOUT_MS", "0")
    try:
        {"server": server, "first-address": first_address}[verb]() if verb != "manage" else manage(list(arguments))
    except (ServiceError, ImproperlyConfigured) as error:
        complain(str(error))
        return SAID_WHY
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
