"""From a record to a row of a list: which state it shows, in which words, and what can be done with it. No database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from common.moments import span
from handover.checks.states import Outcome
from handover.handovers.models import Item
from handover.handovers.states import State

URGENCY_OF = {"late": 0, "check_overdue": 0, "follow_up": 0, "declined": 0, "offered": 1, "check_due": 1, "queried": 2, "says_done": 2, "answered": 2}
"""Order on every list: red, then amber, then violet, then the rest by time."""


def standing(item: Any, at: datetime) -> tuple[str, str]:
    """State and words of an item as its giver sees it at ``at``. Needs the annotations of ``board.watching``."""
    if item.is_on_offer:
        return _on_offer(item, at)
    if item.state == State.ACCEPTED:
        return _accepted(item, at)
    if item.state == State.ENDED:
        return (
            ("says_done", "Says done, not seen")
            if item.outcome == Outcome.COMPLETED
            else ("answered", Outcome(item.outcome).label.capitalize() if item.outcome else "")
        )
    return item.state, ""


def _on_offer(item: Any, at: datetime) -> tuple[str, str]:
    if item.accept_by and item.accept_by < at:
        return "late", f"Not accepted, {span(at - item.accept_by)} late"
    if item.state == State.QUERIED:
        asked_by = getattr(item, "asked_by_name", None)
        return "queried", f"{asked_by.split(' ', 1)[0]} asked you" if asked_by else "Question asked"
    return "offered", f"Waiting, {span(item.accept_by - at)} left" if item.accept_by else "Waiting"


def _accepted(item: Any, at: datetime) -> tuple[str, str]:
    if item.follow_up_ref:
        return "follow_up", "Unable: what happens next?"
    if item.check_due_at and item.check_due_at <= at:
        return "check_overdue", f"Check overdue, {span(at - item.check_due_at)}"
    if item.read_back and item.read_back_right is None:
        return "queried", "Read back: is it right?"
    if item.last_outcome in (Outcome.PARTLY, Outcome.NOT_YET):
        return item.last_outcome, ""
    return "accepted", ""


def receiver_of(item: Item) -> Any:
    """Who has it, or is to have it: a colleague, else the shift."""
    return item.accepted_by or item.receiver or item.receiving_shift


def watch_row(item: Any, at: datetime) -> dict[str, Any]:
    """One row of the watch list."""
    state, text = standing(item, at)
    row = {
        "giver": item.giver,
        "receiver": receiver_of(item),
        "state": state,
        "state_text": text,
        "title": item.action.title,
        "url": item.get_handover_url(),
        "ref": item.action.ref,
        "action": item.action,
        "meta": [item.asked_text] if state == "queried" and getattr(item, "asked_text", None) else [],
        "at": item.check_due_at,
        "edge": {"0": "hotline", "1": "warmline"}.get(str(URGENCY_OF.get(state, 9)), ""),
    }
    row.update(_to_do(item, state))
    return row


def _to_do(item: Any, state: str) -> dict[str, Any]:
    """The one thing that its giver does next, where there is one."""
    name = getattr(receiver_of(item), "first_name", "") or "them"
    if state == "follow_up":
        return {"act_url": f"/checks/{item.follow_up_check_ref}/", "act_label": "Decide what happens next", "act_icon": "flag"}
    if state == "check_overdue":
        return {"act_url": f"/checks/{item.check_ref}/", "act_label": f"Ask {name} how it went", "act_icon": "message-circle"}
    if state in ("says_done", "answered"):
        return {"act_url": item.get_handover_url(), "act_label": "Check and confirm", "act_icon": "check"}
    if state == "queried":
        return {"act_url": item.get_handover_url(), "act_label": "Answer", "act_icon": "message-circle"}
    return {}


def waiting_row(item: Item, at: datetime) -> dict[str, Any]:
    """One row of what waits to be accepted."""
    late = item.accept_by is not None and item.accept_by < at
    text = (f"Not accepted, {span(at - item.accept_by)} late" if late else f"Answer within {span(item.accept_by - at)}") if item.accept_by else ""
    return {
        "state": "late" if late else "queried" if item.state == State.QUERIED else "offered",
        "state_text": text if late or item.state != State.QUERIED else "You asked: waiting for the answer",
        "edge": "hotline" if late else "warmline",
        "ref": item.action.ref,
        "title": item.action.title,
        "url": item.get_absolute_url(),
        "person": item.giver,
        "person_text": item.giver.display_name,
        "offered_at": item.offered_at,
        "accept_by": item.accept_by,
        "act_url": item.get_absolute_url(),
        "act_label": "Read and answer",
    }


def sort_key(row: dict[str, Any]) -> tuple[int, str]:
    return URGENCY_OF.get(row["state"], 9), row["at"].isoformat() if row.get("at") else "9"


def offered_together(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Handovers of which several items wait: they can be answered in one press. ``plain`` counts those that need no read-back."""
    by_handover: dict[int, list[Item]] = {}
    for item in items:
        by_handover.setdefault(item.handover_id, []).append(item)
    several = [group for group in by_handover.values() if len(group) > 1]
    return [
        {"handover": group[0].handover, "giver": group[0].giver, "count": len(group), "plain": sum(not item.read_back_needed for item in group)}
        for group in several
    ]
