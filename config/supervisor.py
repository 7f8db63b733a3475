"""``script/server``: one process that starts what is missing, prepares it, and keeps web, worker and scheduler running.

Ctrl-C or SIGTERM stops everything in order, with exit status 0. A process that dies is started again.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.console import complain, say, step
from config.runtime import SAID_WHY, Folder, is_loopback, use_demo
from config.services import Server, ServiceError, die_with_parent, start_missing, stop_all

PATIENCE = 60.0  # seconds in which one process may die at most five times
QUIET = "ignore:You're running the worker with superuser privileges"  # Celery's advice where containers run as root
THREADS = {"WEB_PROCESSES": 1, "WEB_THREADS": 8, "WORKER_THREADS": 4}
SIGN_INS = [
    ("amara@example.org", "member, hotel front desk, late shift"),
    ("tom@example.org", "member, hotel front desk, night shift"),
    ("leila@example.org", "lead, contact centre"),
    ("admin@example.org", "administrator"),
]


class Child:
    """One of our own processes, in a session of its own: the terminal's Ctrl-C reaches only the supervisor."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self.command = name, [sys.executable, "-m", *command]
        self.environment = {**os.environ, "PYTHONWARNINGS": ",".join(filter(None, [os.environ.get("PYTHONWARNINGS"), QUIET]))}
        self.deaths: deque[float] = deque(maxlen=5)
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, env=self.environment, start_new_session=True, preexec_fn=die_with_parent(signal.SIGTERM), stdin=subprocess.DEVNULL
        )

    def keep(self) -> None:
        """Start it again where it died; give up where it does nothing but die."""
        status = self.process.poll()
        if status is None:
            return
        now = time.monotonic()
        self.deaths.append(now)
        if len(self.deaths) == self.deaths.maxlen and now - self.deaths[0] < PATIENCE:
            raise ServiceError(f"The {self.name} process stops again and again (status {status}); its own messages are above.")
        complain(f"the {self.name} process stopped (status {status}); starting it again.")
        time.sleep(min(1.0, 0.25 * len(self.deaths)))
        self.start()

    def ask_to_stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()

    def wait(self, seconds: float) -> None:
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    def __init__(self) -> None:
        self.began = time.monotonic()
        self.stopping = threading.Event()
        self.stirred = threading.Event()
        self.servers: list[Server] = []
        self.children: list[Child] = []
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: self.stirred.set())

    def _stop(self, *_: object) -> None:
        self.stopping.set()
        self.stirred.set()

    def run(self) -> None:
        self.bind = env.text("BATON_BIND", "127.0.0.1")
        self.port = env.whole("PORT", 8000, least=1, most=65535)
        os.environ["PORT"] = str(self.port)
        demo = use_demo()
        check_port(self.bind, self.port)
        folder = Folder()
        if not folder.own():
            raise ServiceError(f"Another Baton already runs on {folder.path}. Stop it, or choose another folder with BATON_VAR.")
        folder.use_secret_key()
        say(f"Baton starts. Its data lies in {folder.path}")
        try:
            self._start_servers(folder)
            folder.remember(kind="server", address=self.address())
            if not self._prepare():
                return
            self._start_children()
            self._wait_until_ready()
            if not self.stopping.is_set():
                self._greet(demo)
            self._watch()
        finally:
            self._stop_all()
            folder.forget()

    def _start_servers(self, folder: Folder) -> None:
        with step("PostgreSQL and Valkey"):
            self.servers = start_missing(folder.path)

    def _prepare(self, verb: str = "server") -> bool:
        """Run ``config.prepare`` to its end; False where we were asked to stop meanwhile."""
        with_us = {"start_new_session": True, "preexec_fn": die_with_parent(signal.SIGTERM)}
        child = subprocess.Popen([sys.executable, "-m", "config.prepare", verb], stdin=subprocess.DEVNULL, **with_us)  # type: ignore[call-overload]
        while child.poll() is None and not self.stopping.is_set():
            self.stirred.wait(1)
            self.stirred.clear()
        if self.stopping.is_set():
            child.terminate()
            child.wait()
            return False
        if child.returncode == SAID_WHY:
            raise SystemExit(1)
        if child.returncode:
            raise ServiceError("It could not start; the message above says why.")
        return True

    def _start_children(self) -> None:
        host = f"[{self.bind}]" if ":" in self.bind else self.bind
        processes, threads, helpers = (env.whole(name, many, least=1, most=64) for name, many in THREADS.items())
        web = f"gunicorn config.wsgi -b {host}:{self.port} -k gthread --workers {processes} --threads {threads}"
        web += " --no-control-socket --graceful-timeout 15 --timeout 60 --log-level warning --worker-tmp-dir"
        worker = f"celery -A config --quiet worker --bells -P threads -c {helpers} -Q bell,mail,hook,heavy -l WARNING --without-mingle --without-gossip"
        self.children = [Child("web", [*web.split(), os.environ["BATON_VAR"]]), Child("worker", worker.split())]

    def _wait_until_ready(self) -> None:
        with step("Web, worker and scheduler"):
            until = time.monotonic() + 60
            while not self.stopping.is_set() and not self._is_ready():
                for child in self.children:
                    child.keep()
                if time.monotonic() > until:
                    raise ServiceError("The web process did not become ready within a minute; its own messages are above.")
                self.stopping.wait(0.1)

    def _is_ready(self) -> bool:
        host = "127.0.0.1" if self.bind == "0.0.0.0" else "::1" if self.bind == "::" else self.bind.strip("[]")  # noqa: S104
        try:
            with socket.create_connection((host, self.port), timeout=5) as line:
                line.sendall(b"GET /readyz HTTP/1.0\r\n\r\n")
                return line.recv(64).split(b"\r\n")[0].split()[1:2] == [b"200"]
        except OSError:
            return False

    def address(self) -> str:
        return env.text("BATON_URL", f"http://127.0.0.1:{self.port}")

    def _greet(self, demo: bool) -> None:
        say(f"\nBaton is ready at {self.address()}/  ({time.monotonic() - self.began:.1f} s)")
        if demo:
            say("Sign in with the password baton-demo as")
            for address, what in SIGN_INS:
                say(f"  {address:<20} {what}")
        else:
            self._prepare("first-address")
        if not env.text("EMAIL_URL", ""):
            say(f"E-mails are written to files in {os.environ['BATON_VAR']}/mail; EMAIL_URL=smtp://… sends them.")
        if not is_loopback(self.bind) and not env.text("BATON_URL", ""):
            complain("other machines are refused until BATON_URL says by which address people come, as in BATON_URL=https://baton.example.org")
        say("Ctrl-C stops it; the data stays.")

    def _watch(self) -> None:
        while not self.stopping.is_set():
            self.stirred.wait(5)
            self.stirred.clear()
            if self.stopping.is_set():
                return
            for server in self.servers:
                if server.keep():
                    complain(f"{server.name} had stopped and was started again; its data is safe.")
            for child in self.children:
                child.keep()

    def _stop_all(self) -> None:
        self.stopping.set()
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.wait(25)
        stop_all(self.servers)


def check_port(bind: str, port: int) -> None:
    """One sentence where the port cannot be used."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind.strip("[]"), port))
        except PermissionError:
            raise ServiceError(f"Port {port} is reserved for the administrator. Choose another: PORT=8001 script/server") from None
        except socket.gaierror:
            raise ServiceError(f"BATON_BIND={bind} is no address of this machine.") from None
        except OSError as error:
            if error.errno == 98 or "in use" in str(error):
                raise ServiceError(
                    f"Port {port} is taken by another program. Stop it, or choose another port: PORT={min(port + 1, 65535)} script/server"
                ) from None
            raise ServiceError(f"BATON_BIND={bind} cannot be used: {error.strerror}.") from None


def main() -> int:
    try:
        Supervisor().run()
    except (ServiceError, ImproperlyConfigured) as error:
        complain(str(error))
        return 1
    say("Baton has stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
