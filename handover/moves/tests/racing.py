"""Several people at once: real threads, each with a connection of its own, let go at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Call them at the same moment; return what each returned or raised."""
    return rounds([[call] for call in calls])[0]


def rounds(each: Sequence[Sequence[Callable[[], Any]]]) -> list[list[Any]]:
    """One thread for each list of calls: all make their first call at the same moment, then their second … Results round by round."""
    start = Barrier(len(each), timeout=60)

    def run(calls: Sequence[Callable[[], Any]]) -> list[Any]:
        results: list[Any] = []
        try:
            connection.ensure_connection()
            for call in calls:
                start.wait()
                try:
                    results.append(call())
                except Exception as error:
                    results.append(error)
        finally:
            connection.close()
        return results

    with ThreadPoolExecutor(len(each)) as threads:
        done = list(threads.map(run, each))
    return [list(results) for results in zip(*done, strict=True)]
