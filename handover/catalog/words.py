"""A service as it was typed: its steps in order, and the systems used. No database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class StepWords:
    """One step. ``point``: information changes hands after it, ``point_name`` from whom to whom, ``information`` which.

    ``team_id`` is the other team that does it, ``role_ids`` the job roles, of that team or of the service's own.
    ``id`` is the step that it was before a change; ``None`` for a new one.
    """

    name: str
    done_by: str = ""
    point: bool = False
    point_name: str = ""
    id: int | None = None
    information: str = ""
    team_id: int | None = None
    role_ids: Collection[int] = ()


@dataclass(frozen=True)
class SystemWords:
    """A system used, with its address on the web where it has one."""

    name: str
    address: str = ""
