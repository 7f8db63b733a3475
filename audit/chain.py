"""The arithmetic of the chain: what of an event is hashed, and how one hash follows from the one before."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

FIELDS = (
    "id", "xid", "kind", "at", "recorded_at", "actor_id", "actor_kind",
    "subject_type", "subject_id", "subject_ref", "team_id", "also_team_id",
)  # fmt: skip


def canonical(stored: Mapping[str, Any], position: int) -> bytes:
    """One stored event as canonical JSON: sorted names, no spaces, instants in UTC with all microseconds.

    ``data_text`` is PostgreSQL's own text of the stored ``data``, so that no number loses a digit on its way through Python.
    """
    values = {name: _plain(stored[name]) for name in FIELDS}
    return orjson.dumps({**values, "data": stored["data_text"], "position": position}, option=orjson.OPT_SORT_KEYS)


def link(previous: str, stored: Mapping[str, Any], position: int) -> str:
    """The hash of the event at ``position``: SHA-256 of the hash before it and the event as canonical JSON."""
    return hashlib.sha256(bytes.fromhex(previous) + canonical(stored, position)).hexdigest()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value
