"""The two probes, and what still works while the broker is away."""

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

from config.cache import PatientCache

pytestmark = pytest.mark.data
NOWHERE = "unix:///nowhere/redis.sock?db=1"


@pytest.fixture
def broker_away(settings):
    settings.CACHE_URL = NOWHERE


def test_livez_asks_nothing_of_anybody(client):
    assert client.get("/livez", headers={"host": "any.name.example"}).json() == {"status": "alive"}


@pytest.mark.django_db
def test_ready_when_the_database_answers_and_is_migrated(client):
    answer = client.get("/readyz", headers={"host": "any.name.example"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "database": "ok", "broker": "ok"})


@pytest.mark.django_db
def test_without_the_broker_it_is_degraded_and_still_ready(client, broker_away):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"], answer.json()["broker"]) == (200, "degraded", "no answer")


@pytest.mark.django_db
def test_without_the_database_it_is_not_ready(client, monkeypatch):
    def no_answer(*_: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(CursorWrapper, "execute", no_answer)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "no answer")


def test_a_limit_is_still_counted_while_the_cache_is_away():
    cache = PatientCache(NOWHERE, {})
    cache.clear()
    assert cache.add("attempts:amara", 1) is True
    assert [cache.incr("attempts:amara"), cache.incr("attempts:amara")] == [2, 3]
    assert cache.get("attempts:amara") == 3 and cache.get("attempts:tom", 0) == 0


def test_the_cache_is_a_real_server():
    caches["default"].set("greeting", "Good evening, Amara", 5)
    assert caches["default"].get("greeting") == "Good evening, Amara"
    assert isinstance(caches["default"], PatientCache) and caches["default"].away_until == 0.0


@pytest.mark.django_db
def test_the_engine_is_postgresql_15_or_newer():
    connection.ensure_connection()
    assert connection.vendor == "postgresql" and connection.pg_version >= 150_000
