"""Reading the whole trail back: is it what was sealed?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from audit import anchors, chain, operations
from audit.models import Anchor, Event

CHUNK = 5_000


@dataclass(frozen=True)
class Verdict:
    """``bad`` is empty, or a sentence that names the first event that is not as it was sealed."""

    count: int
    bad: str = ""
    unanchored: int = 0


def verify() -> Verdict:
    """Seal what is waiting, then compare every event with its hash, its neighbours, the anchors and the anchor file."""
    operations.seal()
    beginning = Anchor.objects.filter(position=0).values_list("hash", flat=True).first()
    memory = anchors.read(beginning) if beginning else b""  # before the events: sealing may go on meanwhile
    last_anchored = Anchor.objects.aggregate(last=Max("position"))["last"] or 0
    expected, previous, unanchored = 1, beginning, 0
    for event, anchored in _events_and_anchors():
        if event["position"] != expected:
            return Verdict(expected - 1, f"{_gap(expected, event['position'] - 1)}; the trail goes on with {_name(event)}.")
        if previous is None:
            return Verdict(0, f"The beginning of the trail is missing: nothing says what {_name(event)} follows.")
        if chain.link(previous, event, expected) != event["hash"]:
            return Verdict(expected - 1, f"{_name(event)} is not as it was sealed.")
        if anchors.differs(memory, expected, event["hash"]) or any(hash_then != event["hash"] for hash_then in anchored):
            return Verdict(expected - 1, f"{_name(event)} was rewritten after it was sealed: its hash is not the anchored one.")
        unanchored += expected * anchors.WIDTH > len(memory)
        previous, expected = event["hash"], expected + 1
    end = max(last_anchored, len(memory) // anchors.WIDTH)
    if end >= expected:
        return Verdict(expected - 1, f"{_gap(expected, end)}: the end of the trail was cut.")
    return Verdict(expected - 1, unanchored=unanchored)


def _events_and_anchors() -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Every sealed event in order, each with the hashes that were anchored at its position."""
    after = 0
    while True:
        chunk = list(operations.stored(Event.objects.sealed().filter(position__gt=after)).order_by("position")[:CHUNK])
        if not chunk:
            return
        until = chunk[-1]["position"]
        anchored: dict[int, list[str]] = {}
        for position, hash_then in Anchor.objects.filter(position__gt=after, position__lte=until).values_list("position", "hash"):
            anchored.setdefault(position, []).append(hash_then)
        for event in chunk:
            yield event, anchored.get(event["position"], [])
        after = until


def _gap(first: int, last: int) -> str:
    return f"The event at position {first} is missing" if first == last else f"The events at positions {first} to {last} are missing"


def _name(event: dict[str, Any]) -> str:
    return f"the event at position {event['position']} (id {event['id']}, {event['kind']} {event['subject_ref'] or event['subject_id']})"
