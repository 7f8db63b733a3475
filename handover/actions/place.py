"""What the database says when somebody has left the team at this very moment, as a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from common.errors import NotAllowed

RULES = {"action_held_in_its_team", "item_offered_in_its_team"}
"""Kept by triggers (``handover/migrations/_only_members_hold.py``), which look at the place that whoever leaves ends."""


@contextmanager
def in_its_team() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") not in RULES:
            raise
        raise NotAllowed("This colleague has just left the team.", possible="Choose another colleague, or leave it in the pool.") from error
