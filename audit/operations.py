"""Writes to the trail. ``record`` is the one door for everyone; ``seal`` chains what was recorded."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.db import connection, models, transaction
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from audit import anchors, chain
from audit.models import Anchor, Event

RULE = "rule"
SEALER = (77, 1)  # the two numbers of the advisory lock
BATCH = 2_000

# Transactions below the snapshot's xmin have ended; numbers from its xmax on, in rows that are visible and not our own, come
# from the life of another server, before a restore. Neither can be overtaken any more.
SETTLED = """
    (xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint OR xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
    AND xid IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint
"""
PUT_SEALS = """
    UPDATE audit_event SET position = seal.position, hash = seal.hash
    FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS seal (id, position, hash) WHERE audit_event.id = seal.id
"""


class Actor(Protocol):
    """A person or an integration: ``accounts.User`` is one."""

    @property
    def pk(self) -> Any: ...
    @property
    def kind(self) -> Any: ...


def record(
    kind: str,
    *,
    actor: Actor | None,
    subject: models.Model,
    team_id: int | None,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    also_team_id: int | None = None,
) -> Event:
    """Add one event to the trail, in the caller's transaction and in one statement. It is sealed within seconds after the commit.

    ``actor`` is ``None`` where a named rule acts; ``data`` then says which. ``also_team_id`` is a second team that keeps sight.
    What may have to be erased one day goes into ``data`` as a ``digest`` only.
    """
    event = draft(kind, actor=actor, subject=subject, team_id=team_id, at=at, data=data, also_team_id=also_team_id)
    event.save(force_insert=True)
    return event


def bulk_record(events: Iterable[Event]) -> list[Event]:
    """Add what ``draft`` made, in that order, a thousand in one statement."""
    return Event.objects.bulk_create(events, batch_size=1_000)


def draft(
    kind: str,
    *,
    actor: Actor | None,
    subject: models.Model,
    team_id: int | None,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    also_team_id: int | None = None,
) -> Event:
    """An event for ``bulk_record``, not yet in the trail. The subject has to be stored already."""
    if subject.pk is None:
        raise ValueError("The subject of an event has to be stored first.")
    return Event(
        kind=str(kind),
        at=at,
        actor_id=actor.pk if actor else None,
        actor_kind=str(actor.kind) if actor else RULE,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_ref=getattr(subject, "ref", ""),
        team_id=team_id,
        also_team_id=also_team_id if also_team_id != team_id else None,
        data=dict(data or {}),
    )


def digest(text: str, salt: bytes | str) -> str:
    """A personal text as the trail may keep it: without the salt, which lies in the erasable row, it says nothing."""
    key = salt.encode() if isinstance(salt, str) else bytes(salt)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def seal() -> int:
    """Give every settled event its position and its hash; return how many. One sealer at a time: another returns 0 at once."""
    total = 0
    while True:
        beginning, sealed = _seal_batch()
        if sealed:
            _remember(beginning)
        total += sealed
        if sealed < BATCH:
            return total


class Head(NamedTuple):
    """Where the chain stands, and the random hash that it began with: empty if somebody cut the beginning."""

    beginning: str
    position: int
    hash: str
    sealed: int


@transaction.atomic
def _seal_batch() -> tuple[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", SEALER)
        if not cursor.fetchone()[0]:
            return "", 0
    settled = RawSQL(SETTLED, (), models.BooleanField())  # noqa: S611 - a constant
    waiting = list(stored(Event.objects.unsealed().alias(settled=settled).filter(settled=True)).order_by("id")[:BATCH])
    if not waiting:
        return "", 0
    head = _head()
    position, hash_before = head.position, head.hash
    ids, positions, hashes = [], [], []
    for event in waiting:
        position += 1
        hash_before = chain.link(hash_before, event, position)
        ids.append(event["id"])
        positions.append(position)
        hashes.append(hash_before)
    with connection.cursor() as cursor:
        cursor.execute(PUT_SEALS, (ids, positions, hashes))
    Anchor.objects.create(position=position, hash=hash_before, count=head.sealed + len(ids))
    return head.beginning, len(ids)


def stored(events: models.QuerySet[Event]) -> models.QuerySet[Event, dict[str, Any]]:
    """The events as the chain reads them: plain values, and ``data`` as PostgreSQL's own text."""
    rows: models.QuerySet[Event, dict[str, Any]] = events.annotate(data_text=Cast("data", models.TextField())).values(
        *chain.FIELDS, "data_text", "position", "hash"
    )
    return rows


def _head() -> Head:
    """The last anchor, or the newest event if somebody cut the anchors. A trail without either begins here."""
    last = Anchor.objects.order_by("-position", "-id").first()
    newest = Event.objects.sealed().order_by("-position").values_list("position", "hash").first()
    if last is None and newest is None:
        last = Anchor.objects.create(position=0, hash=secrets.token_hex(32), count=0)
    beginning = Anchor.objects.filter(position=0).values_list("hash", flat=True).first() or ""
    position, hash_then = newest or (0, "")
    if last and (position or 0) <= last.position:
        return Head(beginning, last.position, last.hash, last.count)
    return Head(beginning, position or 0, hash_then or "", position or 0)


def _remember(beginning: str) -> None:
    """Tell the second place, after the commit. What it missed before, it learns now."""
    if beginning:
        known = anchors.remembered(beginning)
        later = Event.objects.sealed().filter(position__gt=known).order_by("position").values_list("position", "hash")
        anchors.remember(beginning, ((position or 0, hash_then or "") for position, hash_then in later.iterator(chunk_size=5_000)))
