"""``script/server`` as a person meets it: real processes on a free port, a data folder of their own, one clear sentence where it cannot start."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.source import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]
OURS = ("DATABASE_URL", "REDIS_URL", "REDIS_DB", "SECRET_KEY", "BATON_TESTING", "EMAIL_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER")
READY = "Ctrl-C stops it"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    return {**{name: value for name, value in os.environ.items() if name not in OURS}, "BATON_VAR": str(folder), "PORT": str(free_port()), **more}


class Running:
    """A ``script/server`` that is under way."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.environment = surroundings(folder, **more)
        self.port = int(self.environment["PORT"])
        self.output = folder.with_suffix(".out")
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(["script/server"], cwd=ROOT, env=self.environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)

    def said(self) -> str:
        return self.output.read_text()

    def wait_until(self, sentence: str, within: float = 120) -> None:
        until = time.monotonic() + within
        while sentence not in self.said():
            assert self.process.poll() is None and time.monotonic() < until, self.said()
            time.sleep(0.1)

    def get(self, path: str) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request("GET", path)
        return line.getresponse()

    def stop(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)


@contextmanager
def server(folder: Path, **more: str) -> Iterator[Running]:
    running = Running(folder, **more)
    try:
        yield running
    finally:
        running.stop()


def refused(folder: Path, **more: str) -> tuple[int, str]:
    """Exit status and words of a start that cannot succeed."""
    done = subprocess.run(["script/server"], cwd=ROOT, env=surroundings(folder, **more), capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def resident(supervisor: int) -> float:
    """Megabytes of a process and all below it, what they share counted once (Linux; elsewhere 0)."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout.splitlines()
    parents = {int(pid): int(parent) for pid, parent in (line.split() for line in listed)}
    ours, before = {supervisor}, 0
    while len(ours) != before:
        before = len(ours)
        ours |= {pid for pid, parent in parents.items() if parent in ours}
    rollups = [Path(f"/proc/{pid}/smaps_rollup") for pid in ours]
    return sum(int(re.search(r"^Pss:\s+(\d+)", place.read_text(), re.MULTILINE)[1]) for place in rollups if place.exists()) / 1024


def left_behind(folder: Path) -> list[str]:
    """Processes that still know the folder."""
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in listed if str(folder) in line]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """One data folder for the starts that may share it."""
    return tmp_path_factory.mktemp("server") / "var"


def test_it_starts_answers_stops_cleanly_and_keeps_its_data(folder):
    with server(folder, BATON_DEMO="0") as running:
        running.wait_until(READY)
        # Then both probes answer, whatever host name the prober used
        assert running.get("/livez").status == 200
        ready = running.get("/readyz")
        assert ready.status == 200 and json.loads(ready.read()) == {"status": "ready", "database": "ok", "broker": "ok"}
        # And it says where it is, and how the first administrator comes in, because there is nobody yet
        assert f"http://127.0.0.1:{running.port}/start/" in running.said()
        # When it is asked to stop, then it does, with nothing left behind
        assert running.stop() == 0
        assert running.said().endswith("Baton has stopped.\n")
    assert left_behind(folder) == []
    # When it is started again, then in seconds and with the same data, its secret readable by nobody else
    key, began = (folder / "secret-key").read_text(), time.monotonic()
    assert (folder / "secret-key").stat().st_mode & 0o077 == 0
    with server(folder, BATON_DEMO="0") as running:
        running.wait_until(READY)
        assert time.monotonic() - began < 30
        assert (folder / "secret-key").read_text() == key
        # And Ctrl-C is as good as SIGTERM
        assert running.stop(signal.SIGINT) == 0


def test_a_killed_worker_is_started_again_and_a_second_server_is_refused(folder):
    with server(folder, BATON_DEMO="0") as running:
        running.wait_until(READY)
        # When another one wants the same folder
        status, said = refused(folder, BATON_DEMO="0")
        assert status == 1 and said.strip().endswith(f"Another Baton already runs on {folder}. Stop it, or choose another folder with BATON_VAR.")
        # When the worker is killed
        workers = subprocess.run(["pgrep", "-P", str(running.process.pid), "-f", "celery"], capture_output=True, text=True, check=True).stdout.split()
        os.kill(int(workers[0]), signal.SIGKILL)
        running.wait_until("the worker process stopped (status -9); starting it again.")
        assert running.get("/readyz").status == 200
        # And script/manage uses the servers that run
        done = subprocess.run(["script/manage", "showmigrations", "--plan"], cwd=ROOT, env=running.environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0 and "[X]" in done.stdout and "[ ]" not in done.stdout


def test_the_demo_is_there_and_its_people_can_sign_in(tmp_path):
    with server(tmp_path / "var") as running:
        running.wait_until(READY)
        assert "amara@example.org" in running.said() and "baton-demo" in running.said()
        # When Amara signs in, then she sees her shift
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        page = browser.open(f"http://127.0.0.1:{running.port}/sign-in/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        form = {"csrfmiddlewaretoken": token, "login": "amara@example.org", "password": "baton-demo"}
        shift = browser.open(f"http://127.0.0.1:{running.port}/sign-in/", urllib.parse.urlencode(form).encode())
        assert shift.status == 200 and shift.url == f"http://127.0.0.1:{running.port}/" and "Amara" in shift.read().decode()
        # And at rest, with people at work, the whole of it stays below 350 MB
        for _ in range(40):
            assert browser.open(f"http://127.0.0.1:{running.port}/").status == 200
        assert resident(running.process.pid) < 350


def test_it_can_be_stopped_while_it_starts(tmp_path):
    running = Running(tmp_path / "var", BATON_DEMO="0")
    running.wait_until("Tables ...")
    assert running.stop() == 0
    assert left_behind(tmp_path) == []


def test_a_taken_port_is_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, said = refused(tmp_path / "var", PORT=str(port))
    assert status == 1
    assert said == f"Baton: Port {port} is taken by another program. Stop it, or choose another port: PORT={port + 1} script/server\n"


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("PORT", "eighty", "Baton: PORT should be a whole number, not “eighty”.\n"),
        ("BATON_DEMO", "perhaps", "Baton: BATON_DEMO should be 1 or 0, not “perhaps”.\n"),
        ("BATON_BIND", "no.such.host.invalid", "Baton: BATON_BIND=no.such.host.invalid is no address of this machine.\n"),
    ],
)
def test_a_setting_that_cannot_be_read_is_one_sentence(tmp_path, variable, value, sentence):
    assert refused(tmp_path / "var", **{variable: value}) == (1, sentence)


def test_a_demo_that_others_could_reach_is_refused(tmp_path):
    status, said = refused(tmp_path / "var", BATON_DEMO="1", BATON_BIND="0.0.0.0")
    assert status == 1 and "everybody knows the demo's password" in said and said.count("\n") == 1


def test_a_dead_database_is_one_sentence(tmp_path):
    status, said = refused(tmp_path / "var", DATABASE_URL=f"postgresql://baton:hunter2@127.0.0.1:{free_port()}/baton")
    assert status == 1
    last = said.strip().splitlines()[-1]
    assert last.startswith("Baton: The database of DATABASE_URL does not answer:") and "Connection refused" in last and "hunter2" not in said


def test_a_python_without_venv_is_one_sentence(tmp_path):
    (tmp_path / "script").mkdir()
    (tmp_path / "script/bootstrap").write_text((ROOT / "script/bootstrap").read_text())
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3").chmod(0o755)
    done = subprocess.run(["/bin/sh", "script/bootstrap"], cwd=tmp_path, env={"PATH": f"{tmp_path}:/bin", "PYTHON": "python3"}, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("Baton needs Python 3.11 to 3.14 with venv") and done.stderr.count("\n") == 1


def test_a_command_without_a_server_starts_one_and_stops_it(tmp_path):
    environment = surroundings(tmp_path / "var", BATON_DEMO="0")
    done = subprocess.run(["script/manage", "shell", "-c", "1/0"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1 and "ZeroDivisionError" in done.stderr and "has been brought up to it" in done.stderr
    assert left_behind(tmp_path) == []


def test_a_command_takes_paths_from_where_one_is(tmp_path):
    (tmp_path / "config").mkdir()  # a folder that must not be taken for ours
    (tmp_path / "said.py").write_text("print('read', __name__)")
    environment = surroundings(tmp_path / "var", BATON_DEMO="0")
    command = [str(ROOT / "script/manage"), "shell", "-c", "exec(open('said.py').read())"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and "read" in done.stdout, done.stderr


def test_nothing_starts_without_a_secret_key(tmp_path):
    environment = surroundings(tmp_path, DATABASE_URL="postgresql://127.0.0.1/x", REDIS_URL="redis://127.0.0.1")
    done = subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and "SECRET_KEY is not set. Start with script/server" in done.stderr
