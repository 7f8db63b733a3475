"""Loaded with ``-p``, before Django reads its settings: throw-away PostgreSQL and Valkey servers, unless the URLs are set.

Each worker of pytest-xdist has servers of its own: an open transaction delays the sealing of the trail in every database of one
server. Where the URLs are given, workers share the server, each with a database and a pair of Redis databases of its own.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from config.services import start_missing, stop_all

os.environ["BATON_TESTING"] = "1"
os.environ["SECRET_KEY"] = "only-for-tests-" + "0" * 50
os.environ["EMAIL_URL"] = "console:"  # pytest-django puts its own mailbox in its place
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in the thread of the test
for _name in ("BATON_URL", "BATON_DEMO", "BATON_BIND", "PORT", "SECRET_KEY_FILE"):
    os.environ.pop(_name, None)

_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if _worker and os.environ.get("BATON_TEST_SERVERS"):  # those of the main process
    del os.environ["DATABASE_URL"], os.environ["REDIS_URL"]
if _worker:
    os.environ["REDIS_DB"] = str(2 * int(_worker[2:]) % 14)
if not os.environ.get("DATABASE_URL") and not os.environ.get("REDIS_URL"):
    os.environ["BATON_TEST_SERVERS"] = "1"
_folder = Path(tempfile.mkdtemp(prefix="baton-test-"))
os.environ["BATON_VAR"] = str(_folder / "var")
(_folder / "var/static").mkdir(parents=True)
_servers = start_missing(_folder, durable=False)


def pytest_report_header(config: pytest.Config) -> str:
    return f"servers: {os.environ['DATABASE_URL']} {os.environ['REDIS_URL']}"


def pytest_configure(config: pytest.Config) -> None:
    """Django empties the tables after a test with real transactions; the trail allows that here alone, and only in that transaction."""
    from django.db.backends.postgresql.operations import DatabaseOperations  # noqa: PLC0415 - Django can read its settings now, not before

    flush = DatabaseOperations.sql_flush
    DatabaseOperations.sql_flush = lambda *args, **kwargs: ["SET LOCAL baton.allow_truncate = 'on';", *flush(*args, **kwargs)]  # type: ignore[method-assign]


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    stop_all(_servers)
    _servers.clear()
    shutil.rmtree(_folder, ignore_errors=True)
