"""What the person at the terminal reads while Baton starts."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(sentence: str = "") -> None:
    print(sentence, flush=True)


def complain(sentence: str) -> None:
    print(f"Baton: {sentence}", file=sys.stderr, flush=True)


@contextmanager
def step(name: str, *, bar: bool = False) -> Iterator[None]:
    """``  Tables ... 1.2 s``; with ``bar`` the work shows a progress bar of its own below the name."""
    began = time.monotonic()
    print(f"  {name} ...", end="\n" if bar else "", flush=True)
    yield
    print(f"{'  ... ' if bar else ' '}{time.monotonic() - began:.1f} s", flush=True)
