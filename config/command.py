"""``script/manage ARGS``: Django's command line on the servers of BATON_VAR, started for the time of the command where none run."""

import os
import signal
import sys
import threading

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config import prepare
from config.console import complain
from config.runtime import Folder, check_database, in_child, use_demo, wait_for
from config.services import Server, ServiceError, start_missing, stop_all

WITHOUT_MIGRATING = {"migrate", "makemigrations", "showmigrations", "help", "version", "check", "restore"}
WAIT = 120.0  # seconds for another command that has the folder


def run(arguments: list[str]) -> int:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    use_demo()
    folder = Folder()
    folder.use_secret_key()
    servers = find_servers(folder, stopping)
    try:
        if not any(server.name == "PostgreSQL" for server in servers):
            check_database()
        return wait_for(in_child(lambda: command(arguments)), stopping.is_set)
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
            os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = str(running["DATABASE_URL"]), str(running["REDIS_URL"])
            return []
        if waited >= WAIT or stopping.wait(0.2):
            raise ServiceError(f"Another command is busy with {folder.path}.")
        waited += 0.2
    servers = start_missing(folder.path)
    folder.remember(kind="command")
    return servers


def command(arguments: list[str]) -> int:
    prepare.start_django()
    if arguments and arguments[0] not in WITHOUT_MIGRATING:
        with prepare.only_one():
            if prepare.migrate_if_behind():
                complain("the database was behind this version; it has been brought up to it.")
    execute_from_command_line(["script/manage", *arguments])
    return 0


def main() -> int:
    try:
        return run(sys.argv[1:])
    except (ServiceError, ImproperlyConfigured) as error:
        complain(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
