"""The second place: a file in BATON_VAR that remembers the first 16 bytes of every event's hash, event n at byte 16 × (n − 1).

Whoever changes the trail in the database, even with all its hashes made anew, leaves this file as it was: ``verify`` names
the first event that differs, and a cut tail shows because the file is longer. What stands in it is never overwritten. A node
that comes later, or was away, fills in what it lacks; where the disk refuses, the trail goes on without it and says so in the log.
"""

import fcntl
import logging
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)

WIDTH = 16
BLANK = bytes(WIDTH)


def path_of(beginning: str) -> Path:
    """The file of the trail that begins with this hash: another database on the same BATON_VAR has another file."""
    return Path(settings.BATON_VAR) / "audit-anchor" / f"{beginning[:16]}.bin"


def remembered(beginning: str) -> int:
    """How many events the file remembers."""
    try:
        return path_of(beginning).stat().st_size // WIDTH
    except OSError:
        return 0


def read(beginning: str) -> bytes:
    try:
        return path_of(beginning).read_bytes()
    except OSError:
        return b""


def differs(memory: bytes, position: int, hash_now: str) -> bool:
    """Whether the memory holds another hash for this position. A blank one says nothing."""
    known = memory[(position - 1) * WIDTH : position * WIDTH]
    return len(known) == WIDTH and known not in (BLANK, bytes.fromhex(hash_now)[:WIDTH])


def remember(beginning: str, hashes: Iterable[tuple[int, str]]) -> None:
    """Append (position, hash) pairs, in ascending order, to what the file has; those it already has stay as they are."""
    path = path_of(beginning)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            end = os.fstat(file.fileno()).st_size
            end -= end % WIDTH
            os.truncate(file.fileno(), end)  # half a record, from a disk that was full
            for position, hash_now in hashes:
                if (position - 1) * WIDTH >= end:
                    file.write(bytes((position - 1) * WIDTH - end) + bytes.fromhex(hash_now)[:WIDTH])
                    end = position * WIDTH
    except OSError as error:
        log.warning("The trail's anchor file %s cannot be written: %s", path, error)


def set_aside(beginning: str) -> Path | None:
    """After a restore from a backup, on purpose: keep the file under another name and begin anew. Returns the new name."""
    path = path_of(beginning)
    if not path.exists():
        return None
    number = 1
    while (aside := path.with_suffix(f".before-{number}")).exists():
        number += 1
    return path.rename(aside)
