"""The forms in which logs come, as tables: which column says what, how times are written, what stands for a blank."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import NamedTuple

from handover.imports import clocks

WIDTHS = {"case": 60, "actor": 120, "owner": 120, "group": 120, "service": 120, "status": 60, "priority": 60}
"""How many characters of each text are kept: as many as the columns of ``LogEvent``. Longer ones are refused, not cut."""
LARGEST = 2_147_483_647


class LogRow(NamedTuple):
    """One row of a log. ``number`` counts the rows of the file from 1, without the header. ``source_row`` is ``None`` where the file has no such column."""

    number: int
    case: str
    at: datetime
    local_offset: int
    source_row: int | None
    actor: str
    owner: str
    group: str
    service: str
    status: str
    priority: str
    version: int | None
    reassignments: int | None
    opened_at: datetime | None


@dataclass(frozen=True)
class Form:
    """How one kind of file is read. ``columns`` names the file's column for each of ours; those in ``needed`` must be there."""

    name: str
    columns: Mapping[str, str]
    clock: Callable[[str, tzinfo], clocks.Moment]
    needed: tuple[str, ...] = ("case", "at", "actor", "owner", "group", "status")
    missing: frozenset[str] = field(default_factory=frozenset)


SERVICENOW = Form(
    name="servicenow",
    columns={
        "case": "number",
        "at": "sys_updated_at",
        "actor": "sys_updated_by",
        "owner": "assigned_to",
        "group": "assignment_group",
        "service": "category",
        "status": "incident_state",
        "priority": "priority",
        "version": "sys_mod_count",
        "reassignments": "reassignment_count",
        "opened_at": "opened_at",
        "closed_at": "closed_at",
    },
    clock=clocks.day_first,
    missing=frozenset({"?"}),
)
NEUTRAL = Form(
    name="neutral",
    columns={
        "case": "case_id",
        "at": "timestamp",
        "actor": "resource",
        "owner": "to_resource",
        "group": "group",
        "service": "service",
        "status": "status",
        "priority": "priority",
        "source_row": "source_row",
    },
    clock=clocks.iso,
)
FORMS = {form.name: form for form in (SERVICENOW, NEUTRAL)}
