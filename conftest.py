"""Fixtures for every test. What a story needs beyond these lies beside its concept."""

from datetime import UTC, datetime

import pytest
import time_machine

pytest_plugins = ["tests.fixtures.processes", "tests.fixtures.pages", "tests.fixtures.clock"]

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday, in winter time


@pytest.fixture
def morning():
    """The clock stands still on a Monday at nine."""
    with time_machine.travel(MORNING, tick=False):
        yield MORNING
