"""From events of the trail to what changed, in words for the colleague who comes on: one change each, grouped by action. No database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handover.checks.states import FINAL, Outcome
from handover.events import Event

IMPORTANT = 3
"""Up to this rank a change is important: what came back, what a customer chased, what was taken or given, what was promised anew."""


@dataclass(frozen=True)
class Look:
    """How a kind of change is shown, and how much it matters: 0 most."""

    word: str
    tone: str
    icon: str
    rank: int


LOOKS = {
    "back": Look("Came back to you", "late", "arrow-back-up", 0),
    "chased": Look("The customer chased", "late", "phone", 0),
    "given": Look("Given to you", "wait", "user-check", 1),
    "taken": Look("Taken back", "wait", "arrow-back-up", 1),
    "unable": Look("Could not be completed", "late", "circle-x", 1),
    "promised": Look("Another time promised", "wait", "calendar-due", 2),
    "reopened": Look("Reopened", "wait", "refresh", 2),
    "reassigned": Look("Reassigned", "info", "arrows-exchange", 3),
    "pooled": Look("In the team pool", "wait", "users-group", 3),
    "changed": Look("Changed", "grey", "pencil", 5),
    "new": Look("New", "info", "plus", 5),
    "done": Look("Done", "ok", "circle-check", 4),
    "moved": Look("Handed over", "info", "transfer", 6),
    "word": Look("Note", "grey", "message-circle", 7),
}


@dataclass(frozen=True)
class Happened:
    """One event of the trail, with the action that it is about."""

    id: int
    kind: str
    at: datetime
    actor_id: int | None
    action_id: int
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """``what`` is a key of ``LOOKS``. ``words_of`` names the note or contact whose text may be shown."""

    what: str
    at: datetime
    actor_id: int | None
    detail: str = ""
    until: str = ""
    to_id: int | None = None
    words_of: tuple[str, int] | None = None

    @property
    def look(self) -> Look:
        return LOOKS[self.what]


@dataclass
class Changed:
    """All that changed with one action, the newest first."""

    action_id: int
    changes: list[Change] = field(default_factory=list)

    @property
    def rank(self) -> int:
        return min(change.look.rank for change in self.changes)

    @property
    def is_important(self) -> bool:
        return self.rank <= IMPORTANT

    @property
    def first(self) -> Change:
        """The one that matters most; of these the newest."""
        return min(self.changes, key=lambda change: (change.look.rank, -change.at.timestamp()))

    @property
    def newest(self) -> datetime:
        return max(change.at for change in self.changes)


def grouped(happened: Iterable[Happened], *, reader_id: int, mine: Collection[int]) -> list[Changed]:
    """What others did, by action: important ones first, of these the newest. ``mine`` are actions that the reader holds or watches."""
    found: dict[int, Changed] = {}
    for one in happened:
        if one.actor_id == reader_id or one.kind not in READ:
            continue
        change = READ[one.kind](one, reader_id, one.action_id in mine)
        if change is not None:
            found.setdefault(one.action_id, Changed(one.action_id)).changes.append(change)
    for group in found.values():
        group.changes.sort(key=lambda change: change.at, reverse=True)
    return sorted(found.values(), key=lambda group: (not group.is_important, -group.newest.timestamp(), group.action_id))


Reading = Callable[[Happened, int, bool], Change | None]


def _plain(what: str) -> Reading:
    return lambda one, reader_id, mine: Change(what, one.at, one.actor_id)


def _changed(one: Happened, reader_id: int, mine: bool) -> Change:
    return Change("changed", one.at, one.actor_id)


def _created(one: Happened, reader_id: int, mine: bool) -> Change:
    if one.data.get("to", one.data.get("holder")) == reader_id:
        return Change("given", one.at, one.actor_id)
    return Change("new", one.at, one.actor_id)


def _promised(one: Happened, reader_id: int, mine: bool) -> Change:
    return Change("promised", one.at, one.actor_id, until=str(one.data.get("to") or ""))


def _noted(one: Happened, reader_id: int, mine: bool) -> Change:
    return Change("word", one.at, one.actor_id, words_of=("note", int(one.data["note"])) if one.data.get("note") else None)


def _contacted(one: Happened, reader_id: int, mine: bool) -> Change:
    words = ("contact", int(one.data["contact"])) if one.data.get("contact") else None
    if one.data.get("chased"):
        return Change("chased", one.at, one.actor_id, words_of=words)
    return Change("word", one.at, one.actor_id, detail="The customer got in touch", words_of=words)


def _moved_to(one: Happened, reader_id: int, mine: bool) -> Change:
    """Claimed, reassigned: to me, from me, to the pool, to somebody else."""
    to = one.data.get("to")
    if to == reader_id:
        return Change("given", one.at, one.actor_id)
    if to is None:
        return Change("pooled", one.at, one.actor_id)
    what = "taken" if one.data.get("from") == reader_id else "reassigned"
    return Change(what, one.at, one.actor_id, to_id=int(to))


def _accepted(one: Happened, reader_id: int, mine: bool) -> Change:
    return Change("moved", one.at, one.actor_id, detail="Accepted", to_id=_id(one.data.get("to")))


def _returned(words: str) -> Reading:
    """Declined, run out: back to its giver, who never stopped holding it."""

    def read(one: Happened, reader_id: int, mine: bool) -> Change | None:
        if one.data.get("over") is False:
            return None
        return Change("back" if one.data.get("giver") == reader_id else "moved", one.at, one.actor_id, detail=words)

    return read


def _taken_back(one: Happened, reader_id: int, mine: bool) -> Change:
    return Change("taken", one.at, one.actor_id, to_id=_id(one.data.get("to")))


def _lapsed(one: Happened, reader_id: int, mine: bool) -> Change:
    return Change("back" if mine else "pooled", one.at, one.actor_id, detail="Accepted, and then nothing happened")


def _reopened(one: Happened, reader_id: int, mine: bool) -> Change:
    return Change("back" if one.data.get("holder") == reader_id else "reopened", one.at, one.actor_id, detail="Reopened")


def _answered(one: Happened, reader_id: int, mine: bool) -> Change:
    outcome = Outcome(one.data["outcome"])
    if outcome == Outcome.UNABLE:
        return Change("unable", one.at, one.actor_id)
    if outcome in FINAL:
        return Change("done", one.at, one.actor_id, detail=outcome.label.capitalize())
    return Change("word", one.at, one.actor_id, detail=outcome.label.capitalize())


def _decided(one: Happened, reader_id: int, mine: bool) -> Change:
    if one.data.get("to") == reader_id:
        return Change("back", one.at, one.actor_id, detail="Decided what happens next")
    return Change("changed", one.at, one.actor_id, detail="Decided what happens next")


def _offered(one: Happened, reader_id: int, mine: bool) -> Change:
    return Change("moved", one.at, one.actor_id, detail="Offered", to_id=_id(one.data.get("receiver")))


def _withdrawn(one: Happened, reader_id: int, mine: bool) -> Change:
    return Change("back" if one.data.get("giver") == reader_id else "moved", one.at, one.actor_id, detail="Offer withdrawn")


def _id(value: Any) -> int | None:
    return int(value) if value is not None else None


READ: dict[str, Reading] = {
    Event.CREATED: _created,
    Event.CHANGED: _changed,
    Event.PROMISED: _promised,
    Event.NOTED: _noted,
    Event.CONTACTED: _contacted,
    Event.CLAIMED: _moved_to,
    Event.REASSIGNED: _moved_to,
    Event.COMPLETED: _plain("done"),
    Event.CLOSED: lambda one, reader_id, mine: Change("done", one.at, one.actor_id, detail="No longer needed"),
    Event.REOPENED: _reopened,
    Event.OFFERED: _offered,
    Event.ACCEPTED: _accepted,
    Event.DECLINED: _returned("Declined"),
    Event.OFFER_LAPSED: _returned("Not accepted in time"),
    Event.WITHDRAWN: _withdrawn,
    Event.LAPSED: _lapsed,
    Event.TAKEN_BACK: _taken_back,
    Event.ANSWERED: _answered,
    Event.DECIDED: _decided,
}
"""What of the trail is a change to somebody who comes on, and how it is read."""
