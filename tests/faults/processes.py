"""Real workers and a real beat, and how to kill them."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from config.services import die_with_parent

ROOT = Path(__file__).resolve().parents[2]


class Program:
    """A process of ours in a group of its own, started again whenever it is gone."""

    def __init__(self, name: str, *arguments: str, folder: Path) -> None:
        self.name, self.arguments, self.log = name, arguments, folder / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0

    def keep(self) -> None:
        if self.process is None or self.process.poll() is not None:
            with self.log.open("ab") as output:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "celery", "-A", "config", *self.arguments],
                    cwd=ROOT,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    stdin=subprocess.DEVNULL,
                    start_new_session=True,
                    preexec_fn=die_with_parent(signal.SIGTERM),
                )
            self.started = time.monotonic()

    @property
    def is_up(self) -> bool:
        """Long enough that it works, and is not still starting."""
        return self.process is not None and self.process.poll() is None and time.monotonic() - self.started > 4

    def children(self) -> list[int]:
        try:
            return [int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()]
        except OSError:
            return []

    def kill(self, dice: random.Random) -> str:
        """``kill -9``: one of its children, or the whole of it."""
        children = self.children()
        if children and dice.random() < 0.75:
            try:
                os.kill(dice.choice(children), signal.SIGKILL)
            except ProcessLookupError:
                return ""
            return "child"
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        return "parent"

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


def programs(folder: Path) -> list[Program]:
    """Three workers, two of them with children, and two beats: one too many, which must do no harm."""
    worker = ("-q", "worker", "-l", "WARNING", "--without-gossip", "--without-mingle", "-Q", "bell,mail,hook,heavy")
    beat = ("-q", "beat", "-l", "WARNING", "--pidfile=")
    return [
        Program("worker1", *worker, "-n", "one@%h", "-c", "2", folder=folder),
        Program("worker2", *worker, "-n", "two@%h", "-c", "2", folder=folder),
        Program("worker3", *worker, "-n", "three@%h", "-P", "threads", "-c", "2", folder=folder),
        Program("beat1", *beat, "-s", str(folder / "beat1.db"), folder=folder),
        Program("beat2", *beat, "-s", str(folder / "beat2.db"), folder=folder),
    ]
