"""``script/manage ARGS``: Django's command line on the servers of BATON_VAR, started for the time of the command where none run."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured

from config.console import complain
from config.runtime import SAID_WHY, Folder, use_demo
from config.services import Server, ServiceError, die_with_parent, start_missing, stop_all

WAIT = 120.0  # seconds for another command that has the folder


def run(arguments: list[str]) -> int:
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    use_demo()
    folder = Folder()
    folder.use_secret_key()
    servers = find_servers(folder, stopping)
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C reaches the command, which ends; then we stop the servers
        command = [sys.executable, "-m", "config.prepare", "manage", *arguments]
        child = subprocess.Popen(command, preexec_fn=as_a_person_would(signal.SIGTERM))
        return wait_for(child, stopping)
    finally:
        stop_all(servers)
        if servers:
            folder.forget()


def find_servers(folder: Folder, stopping: threading.Event) -> list[Server]:
    """Those of DATABASE_URL and REDIS_URL; else those that already run on the folder; else new ones, to be stopped afterwards."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return []
    waited = 0.0
    while not folder.own():
        running = folder.recall()
        if running.get("kind") == "server":
            for name, fact in {"DATABASE_URL": "DATABASE_URL", "REDIS_URL": "REDIS_URL", "BATON_URL": "address"}.items():
                os.environ.setdefault(name, str(running[fact]))
            return []
        if waited >= WAIT or stopping.wait(0.2):
            raise ServiceError(f"Another command is busy with {folder.path}.")
        waited += 0.2
    servers = start_missing(folder.path)
    folder.remember(kind="command")
    return servers


def as_a_person_would(number: int) -> Callable[[], None]:
    """The command hears Ctrl-C again, which we ourselves ignore, and ends with us."""
    with_us = die_with_parent(number)

    def before() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if with_us:
            with_us()

    return before


def wait_for(child: subprocess.Popen[bytes], stopping: threading.Event) -> int:
    while True:
        try:
            status = child.wait(0.2)
            return 1 if status == SAID_WHY else status if status >= 0 else 128 - status  # as a shell counts signals
        except subprocess.TimeoutExpired:
            if stopping.is_set():
                child.terminate()


def main() -> int:
    try:
        return run(sys.argv[1:])
    except (ServiceError, ImproperlyConfigured) as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
