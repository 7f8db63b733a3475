"""Writes to envelopes and items. Called by moves, which lock, ask and record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from handover.actions.models import Action
from handover.actions.place import in_its_team
from handover.agreements.models import AgreementVersion
from handover.handovers import states
from handover.handovers.brief import Answer, Brief, Decline, Query, Seen
from handover.handovers.completeness import required_of
from handover.handovers.models import Handover, Item
from handover.handovers.states import ON_OFFER, State

RELATED = ("giver", "receiver", "accepted_by", "receiving_shift", "handover", "agreement_version", "watcher")


def lock(item_id: int) -> Item:
    """The item, locked. Its action must be locked before (``moves.locks``)."""
    return Item.objects.select_for_update(of=("self",)).select_related(*RELATED).get(pk=item_id)


def lock_of(action: Action, *, states_in: Iterable[str]) -> list[Item]:
    """The action's items in these states, locked in the order of their keys."""
    items = Item.objects.select_for_update(of=("self",)).select_related(*RELATED).filter(action=action, state__in=list(states_in), imported_from="")
    return list(items.order_by("pk"))


def lock_open_offer(action: Action) -> Item | None:
    """The action's one open offer, locked."""
    return next(iter(lock_of(action, states_in=ON_OFFER)), None)


def hasten(item: Item, *, accept_by: datetime) -> None:
    """It is more urgent than when it was offered: an earlier limit to accept it by."""
    item.accept_by = accept_by
    item.save(update_fields=["accept_by"])


def make_envelope(**fields: Any) -> Handover:
    return Handover.objects.create(**fields)


def make_item(handover: Handover, action: Action, **fields: Any) -> Item:
    item = Item(handover=handover, action=action, offered_at=handover.offered_at, from_team_id=handover.team_id, to_team_id=handover.to_team_id, **fields)
    with in_its_team():
        item.save(force_insert=True)
    return item


def write_brief(item: Item, *, parts: Mapping[str, Any], answers: Mapping[int, str], version: AgreementVersion | None, urgency: str) -> Brief:
    """Keep what was written, with each question and its need as they stood."""
    brief = Brief.objects.create(item=item, **parts)
    asked = required_of(version, urgency)
    Answer.objects.bulk_create(
        Answer(brief=brief, required=one, question=one.question, need=one.need(urgency), text=answers.get(one.pk, "").strip()) for one in asked
    )
    return brief


def mark_accepted(item: Item, *, by: User, read_back: str, at: datetime) -> None:
    states.check_next(item.state, State.ACCEPTED)
    item.state, item.accepted_by, item.accepted_at, item.read_back = State.ACCEPTED, by, at, read_back
    item.save(update_fields=["state", "accepted_by", "accepted_at", "read_back"])


def mark(item: Item, then: State, *, at: datetime, by: User | None = None, reason: str = "") -> None:
    """Declined, withdrawn, lapsed or taken back: over, with who and why."""
    states.check_next(item.state, then)
    item.state, item.ended_at, item.ended_by, item.end_reason = then, at, by, reason
    item.save(update_fields=["state", "ended_at", "ended_by", "end_reason"])


def mark_on_offer(item: Item, then: State) -> None:
    """Between *offered* and *queried*, and back to *offered* when a decline is undone."""
    states.check_next(item.state, then)
    item.state, item.ended_at, item.ended_by, item.end_reason = then, None, None, ""
    item.save(update_fields=["state", "ended_at", "ended_by", "end_reason"])


def end(items: Iterable[Item], *, outcome: str, by: User, at: datetime) -> None:
    """The action is closed: every accepted item ends with its outcome and waits for its giver's *Seen*."""
    for item in items:
        states.check_next(item.state, State.ENDED)
        item.state, item.outcome, item.ended_at, item.ended_by = State.ENDED, outcome, at, by
    Item.objects.bulk_update(items, ["state", "outcome", "ended_at", "ended_by"])


def reopen(items: Iterable[Item]) -> None:
    """The action is open again: its ended items are accepted ones again, and watched."""
    for item in items:
        states.check_next(item.state, State.ACCEPTED)
        item.state, item.outcome, item.ended_at, item.ended_by, item.seen_through_at = State.ACCEPTED, "", None, None, None
    Item.objects.bulk_update(items, ["state", "outcome", "ended_at", "ended_by", "seen_through_at"])


def mark_seen(item: Item, *, by: User, at: datetime) -> bool:
    """A fact per colleague; True the first time."""
    _, new = Seen.objects.get_or_create(item=item, colleague=by, defaults={"at": at})
    return new


def mark_seen_through(item: Item, *, at: datetime) -> None:
    item.seen_through_at = at
    item.save(update_fields=["seen_through_at"])


def answer_read_back(item: Item, *, right: bool, words: str) -> None:
    item.read_back_right, item.read_back_answer = right, words
    item.save(update_fields=["read_back_right", "read_back_answer"])


def ask(item: Item, *, by: User, text: str, at: datetime) -> Query:
    return Query.objects.create(item=item, asked_by=by, asked_at=at, text=text)


def answer(query: Query, *, by: User, text: str, at: datetime) -> None:
    query.answered_by, query.answered_at, query.answer = by, at, text
    query.save(update_fields=["answered_by", "answered_at", "answer"])


def decline(item: Item, *, by: User, reason: str, at: datetime) -> Decline:
    return Decline.objects.create(item=item, colleague=by, at=at, reason=reason)
