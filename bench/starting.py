"""P10: from a bare clone to a page, the second start, and the memory of the whole product at rest."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.accounting import load_average, memory_of
from bench.place import ROOT, Place, Web
from bench.table import heading, verdict
from config.services import ServiceError

REST = 30  # seconds after it is ready


def starting(place: Place) -> bool:
    """A clone of what is committed, with packages from a folder, so that the network's speed stands apart."""
    heading("P10", "script/server")
    clone, packages = place.folder / "clone", place.folder / "packages"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    began = time.monotonic()
    fetch = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq", "download", "--require-hashes", "--only-binary=:all:", "-d", str(packages)]
    subprocess.run([*fetch, "-r", str(clone / "requirements.txt")], check=True)
    place.say(f"    download              {time.monotonic() - began:5.1f} s, {size_of(packages):.0f} MB (not counted below)")
    cold = Started(clone, packages)
    cold.stop()
    warm = Started(clone, packages)
    time.sleep(REST)
    memory = memory_of(warm.process.pid)
    warm.stop()
    shutil.rmtree(clone, ignore_errors=True)
    place.say(f"    cold                  {cold.seconds:5.1f} s, demo and {cold.environment:.1f} s for the environment included; load {load_average():.1f}")
    place.say(f"    warm                  {warm.seconds:5.1f} s")
    parts = ", ".join(f"{name} {megabytes:.0f}" for name, megabytes in sorted(memory.items(), key=lambda part: -part[1]))
    place.say(f"    at rest, MB of PSS    {parts}")
    floor = Web("bench.floor.wsgi", "bench.floor.settings")
    time.sleep(3)
    place.say(f"    plain Django          {sum(memory_of(floor.process.pid).values()):.0f} MB for gunicorn with two processes of the floor, and no worker")
    floor.stop()
    return all(
        [
            verdict("cold start", cold.seconds, 45, " s", digits=1),
            verdict("warm start", warm.seconds, 6, " s", digits=1),
            verdict("whole product at rest", sum(memory.values()), 350, " MB", digits=0),
        ]
    )


def size_of(folder: Path) -> float:
    return sum(place.stat().st_size for place in folder.iterdir()) / 1e6


class Started:
    """``script/server`` on a port and a folder of its own; returns when ``/readyz`` says 200."""

    def __init__(self, clone: Path, packages: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        ours = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "LOG_LEVEL", "VIRTUAL_ENV"}
        told = {name: value for name, value in os.environ.items() if name not in ours}
        told |= {"PORT": str(self.port), "BATON_VAR": str(clone / "var"), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(packages)}
        self.log = (clone / "start.log").open("wb")
        began = time.monotonic()
        self.process = subprocess.Popen(["script/server"], cwd=clone, env=told, stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True)
        self.environment = 0.0
        while not self._ready():
            if self.process.poll() is not None or time.monotonic() - began > 300:
                raise ServiceError(f"script/server did not start:\n{(clone / 'start.log').read_text()[-2000:]}")
            if not self.environment and re.search("Baton starts", (clone / "start.log").read_text(errors="replace")):
                self.environment = time.monotonic() - began
            time.sleep(0.05)
        self.seconds = time.monotonic() - began

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self.log.close()
