"""Where it is measured: the servers, a web process of the product and one of the floor, and rounds that take turns between them."""

import json
import os
import platform
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection

from audit import operations as audit
from bench.accounting import cpu_seconds, load_average
from config.services import Postgres, Server, ServiceError, Valkey, die_with_parent

ROOT = Path(__file__).resolve().parent.parent
WARM_UP = 24
CLIENTS = 2
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SELECT 1", "SET ")


@dataclass(frozen=True)
class Ask:
    """A request that is sent many times. ``{n}`` in its headers and body is another number each time."""

    name: str
    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    status: int = 200
    floor: bool = False
    database: str = ""  # another of the same server, where its web process has one of its own


@dataclass
class Cost:
    """Milliseconds of CPU a request, round by round, and the statements of one."""

    app: list[float] = field(default_factory=list)
    data: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    size: int = 0
    statements: int = 0

    @property
    def whole(self) -> list[float]:
        return [app + data for app, data in zip(self.app, self.data, strict=True)]

    def __str__(self) -> str:
        app, data = median(self.app), median(self.data)
        return f"{app:6.2f} + {data:.2f} = {app + data:6.2f} ms   {self.statements:2d} statements   {median(self.rate):5.0f}/s   {self.size / 1000:.1f} kB"

    def over(self, other: "Cost") -> float:
        """The median, over the rounds, of how many times the other's cost this is."""
        return median(mine / theirs for mine, theirs in zip(self.whole, other.whole, strict=True))


class Web:
    """gunicorn as ``script/server`` starts it, with two processes."""

    def __init__(self, application: str, settings: str, database: str = "") -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = (
            f"-m gunicorn {application} -b 127.0.0.1:{self.port} -k gthread --workers 2 --threads 4 --no-control-socket --log-level error --worker-tmp-dir"
        )
        told = {**os.environ, "DJANGO_SETTINGS_MODULE": settings, "PORT": str(self.port)}
        if database:
            told["DATABASE_URL"] = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{database}"
        how: dict[str, Any] = {"cwd": ROOT, "env": told, "start_new_session": True, "preexec_fn": die_with_parent(signal.SIGTERM)}
        self.process = subprocess.Popen([sys.executable, *command.split(), os.environ["BATON_VAR"]], **how)
        until = time.monotonic() + 60
        while not self._listens():
            if self.process.poll() is not None or time.monotonic() > until:
                raise ServiceError(f"The web process of {application} did not start.")
            time.sleep(0.1)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


class Place:
    def __init__(self, *, folder: Path, servers: list[Server], rounds: int, say: Callable[[str], None]) -> None:
        self.folder, self.rounds, self.say = folder, rounds, say
        self.postgres = next(server for server in servers if isinstance(server, Postgres))
        self.valkey = next(server for server in servers if isinstance(server, Valkey))
        self.sent = 0

    def announce(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            version = cursor.fetchone()[0]
        self.say(
            f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {version}, load {load_average():.1f}, medians of {self.rounds} rounds."
        )
        self.say("CPU is application + data (PostgreSQL and Valkey) by the system's accounting; product and floor take turns in every round,")
        self.say(
            "so ratios hold also on a busy machine; requests a second and seconds do not. BEGIN, COMMIT and the check of a kept connection are not counted."
        )

    def compare(self, asks: list[Ask], *, count: int) -> dict[str, Cost]:
        """Send every request ``count`` times in each round, all of them in turn. A web process for each kind lives for that time."""
        kinds = {False: ("config.wsgi", "bench.settings"), True: ("bench.floor.wsgi", "bench.floor.settings")}
        webs = {where: Web(*kinds[where[0]], where[1]) for where in {(ask.floor, ask.database) for ask in asks}}
        costs = {ask.name: Cost() for ask in asks}
        try:
            for ask in asks:
                self._send(ask, webs[ask.floor, ask.database], WARM_UP)
                costs[ask.name].statements = self._statements(ask, webs[ask.floor, ask.database])
            for _ in range(self.rounds):
                for ask in asks:
                    self._measure(ask, webs[ask.floor, ask.database], count, costs[ask.name])
        finally:
            for web in webs.values():
                web.stop()
        return costs

    def _measure(self, ask: Ask, web: Web, count: int, cost: Cost) -> None:
        audit.seal()  # as the sealer does every two seconds
        app, data = cpu_seconds(web.process.pid), self.data_seconds()
        answer = self._send(ask, web, count)
        cost.app.append((cpu_seconds(web.process.pid) - app) / count * 1000)
        cost.data.append((self.data_seconds() - data) / count * 1000)
        cost.wall.append(median(answer["seconds"]) * 1000)
        cost.rate.append(count / answer["took"])
        cost.size = answer["bytes"]

    def data_seconds(self) -> float:
        """CPU of PostgreSQL and Valkey until now."""
        return sum(cpu_seconds(server.process.pid) for server in (self.postgres, self.valkey) if server.process)

    def _send(self, ask: Ask, web: Web, count: int) -> dict[str, Any]:
        first, self.sent = self.sent, self.sent + count
        order = {"port": web.port, "method": ask.method, "path": ask.path, "headers": ask.headers, "body": ask.body, "status": ask.status}
        order |= {"count": count, "first": first, "clients": min(CLIENTS, count)}
        ran = subprocess.run([sys.executable, "-m", "bench.load"], input=json.dumps(order), capture_output=True, text=True, cwd=ROOT, check=True)
        answer: dict[str, Any] = json.loads(ran.stdout)
        if answer["wrong"]:
            raise ServiceError(f"{ask.name}: {answer['wrong']}")
        return answer

    def _statements(self, ask: Ask, web: Web) -> int:
        """How many statements the server was sent for one request, by its own log."""
        log = self.postgres.run / f"{self.postgres.name}.log"
        self._log_statements("all")
        before = log.stat().st_size
        self._send(ask, web, 1)
        time.sleep(0.3)
        with log.open(errors="replace") as lines:
            lines.seek(before)
            found = [line.split("statement: ", 1)[1] for line in lines if "statement: " in line]
        self._log_statements("none")
        return sum(not statement.lstrip().startswith(NOT_COUNTED) for statement in found)

    def _log_statements(self, which: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER SYSTEM SET log_statement = '{which}'")
            cursor.execute("SELECT pg_reload_conf()")
        time.sleep(0.3)
