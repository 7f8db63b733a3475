"""The folder in which all data lies (BATON_VAR): who may use it now, its secret key, and where its servers listen."""

import fcntl
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from config import env
from config.services import ServiceError

ROOT = Path(__file__).resolve().parent.parent
SAID_WHY = 3  # exit status of a program of ours: one sentence has said all there is to say
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Folder:
    """BATON_VAR. One process at a time owns it, by a lock that the kernel lets go when that process dies."""

    def __init__(self) -> None:
        self.path = env.path("BATON_VAR", ROOT / "var")
        os.environ["BATON_VAR"] = str(self.path)
        self._lock: TextIO | None = None
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            (self.path / "lock").touch(mode=0o600)
        except OSError as error:
            raise ServiceError(f"The data folder {self.path} cannot be written: {error.strerror}. Choose another with BATON_VAR.") from None

    def own(self) -> bool:
        """Take the folder; False where another process has it."""
        try:
            lock = (self.path / "lock").open("r+")
        except OSError as error:
            raise ServiceError(f"The data folder {self.path} belongs to somebody else ({error.strerror}). Choose another with BATON_VAR.") from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return False
        self._lock = lock
        self.forget()
        return True

    def remember(self, **facts: object) -> None:
        """Write down where the servers listen, for ``script/manage``."""
        place = self.path / "running.json"
        draft = place.with_suffix(".new")
        draft.touch(mode=0o600)
        facts |= {"pid": os.getpid(), "DATABASE_URL": os.environ["DATABASE_URL"], "REDIS_URL": os.environ["REDIS_URL"]}
        draft.write_text(json.dumps(facts, indent=1))
        draft.replace(place)

    def recall(self) -> dict[str, object]:
        try:
            return dict(json.loads((self.path / "running.json").read_text()))
        except (OSError, ValueError):
            return {}

    def forget(self) -> None:
        (self.path / "running.json").unlink(missing_ok=True)

    def use_secret_key(self) -> None:
        """Set SECRET_KEY, from the folder, where it is not given; made once, readable by its owner only."""
        if env.text("SECRET_KEY", ""):
            return
        place = self.path / "secret-key"
        if not place.exists():
            draft = self.path / f"secret-key.{os.getpid()}"
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(50))
            with suppress(FileExistsError):  # made by another command in this moment
                os.link(draft, place)
            draft.unlink()
        os.environ["SECRET_KEY"] = place.read_text().strip()


def is_loopback(host: str) -> bool:
    return host.strip("[]").lower() in LOOPBACK or host.startswith("127.")


def use_demo() -> bool:
    """Whether the demonstration is on; sets BATON_DEMO. It is open to whoever knows its password, so only this machine may reach it."""
    private = is_loopback(env.text("BATON_BIND", "127.0.0.1")) and is_loopback(urlsplit(env.text("BATON_URL", "http://127.0.0.1")).hostname or "")
    wanted = env.flag("BATON_DEMO", private)
    if wanted and not private:
        raise ServiceError("BATON_DEMO=1 needs BATON_BIND and BATON_URL on this machine only (127.0.0.1): everybody knows the demo's password.")
    os.environ["BATON_DEMO"] = "1" if wanted else "0"
    return wanted
