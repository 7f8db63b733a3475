"""The embedded servers: on any machine, as anybody, in one sentence where they cannot start."""

import os
import shutil
from pathlib import Path

import psycopg2
import pytest
import redis

from config import services
from config.services import Postgres, ServiceError, Valkey, start_missing

pytestmark = [pytest.mark.data, pytest.mark.slow]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give up being root")


def answer(server: Postgres) -> int:
    connection = psycopg2.connect(server.url)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT 6 * 7")
        found = cursor.fetchone()[0]
    connection.close()
    return found


@as_root
def test_postgresql_runs_for_root_where_user_namespaces_are_forbidden(tmp_path, monkeypatch):
    # Given a machine that refuses user namespaces, and a data folder below one that only root may enter
    monkeypatch.setattr(services, "UNSHARE", ["false"])
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    # When it is started twice, the second time on a machine that allows them again
    for _ in range(2):
        server = Postgres(closed / "postgres", durable=False)
        assert answer(server) == 42
        server.stop()
        monkeypatch.undo()
    # Then the data still belongs to the one that may read it
    assert (closed / "postgres").stat().st_uid == services.NOBODY


def test_a_server_that_dies_comes_back_at_the_same_address(tmp_path):
    server = Postgres(tmp_path / "postgres", durable=False)
    try:
        server.process.kill()
        server.process.wait()
        assert server.keep() and not server.keep()
        assert answer(server) == 42
    finally:
        server.stop()


def test_nothing_listens_on_the_network(tmp_path):
    valkey = Valkey(tmp_path / "redis", durable=False)
    try:
        assert redis.from_url(valkey.url).config_get("port") == {"port": "0"}
        assert valkey.run.stat().st_mode & 0o077 == 0
    finally:
        valkey.stop()
    assert not valkey.run.exists()


def test_data_of_another_version_is_one_sentence(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres/PG_VERSION").write_text("9.6\n")
    with pytest.raises(ServiceError, match=r"was written by PostgreSQL 9\.6, and this is \d+\.\d+"):
        Postgres(tmp_path / "postgres")


def test_servers_that_are_given_are_used(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/baton")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    assert start_missing(tmp_path) == []


def test_the_first_server_is_stopped_where_the_second_cannot_start(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("REDIS_URL")
    monkeypatch.setenv("REDIS_SERVER", "/bin/false")
    with pytest.raises(ServiceError, match="Valkey did not start"):
        start_missing(tmp_path, durable=False)
    assert not (tmp_path / "postgres/postmaster.pid").exists()


def test_programs_of_ones_own_come_first(monkeypatch, tmp_path):
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    with pytest.raises(ServiceError, match="PG_BINDIR holds no program named postgres"):
        services.postgres_programs()
    program = Path(shutil.which("true") or "/bin/true")
    (tmp_path / "postgres").symlink_to(program)
    assert services.postgres_programs() == tmp_path
