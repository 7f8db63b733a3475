"""Reads shaped for the screens that span concepts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import Team, User
from handover.actions.models import Action
from handover.actions.states import State
from handover.agreements.queries import required_for_many
from handover.board import reading, rows
from handover.board.reading import SHOWN
from handover.board.window import Window, ending, has_clock, window
from handover.handovers.completeness import Completeness
from handover.handovers.drafts import HAND_OVER
from handover.handovers.queries import draft_of, last_briefs, readiness
from handover.shifts.queries import Timetable

POOL_SHOWN = 10


@dataclass
class MyShift:
    """What needs me, what I hold, what I passed on."""

    waiting: list[dict[str, Any]] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    held: list[dict[str, Any]] = field(default_factory=list)
    passed_on: list[dict[str, Any]] = field(default_factory=list)
    pool: list[Action] = field(default_factory=list)
    ready: int = 0
    incomplete: int = 0
    window: Window | None = None


def my_shift(user: User, team: Team, at: datetime, *, when: str, table: Timetable) -> MyShift:
    """Everything that My shift shows, in a number of statements that does not depend on how much there is."""
    ends = ending(table, user.pk, at)
    screen = MyShift()
    screen.waiting = [rows.waiting_row(item, at) for item in reading.waiting(user.pk, user.team_ids())]
    near: list[Any] = reading.held_and_pool(user.pk, team.pk)
    held = [action for action in near if action.state == State.HELD]
    screen.pool = [action for action in near if action.state == State.POOL][:POOL_SHOWN]
    complete = completeness_of(user, team, held, when=when)
    on_offer = {action.pk for action in held if action.offered_to}
    screen.held = [held_row(action, complete[action.pk]) | {"clock": has_clock(action, ends)} for action in held]
    screen.ready = sum(complete[action.pk].is_complete for action in held if action.pk not in on_offer)
    screen.incomplete = sum(not complete[action.pk].is_complete for action in held if action.pk not in on_offer)
    screen.window = window(ends, held, complete, table=table, colleague_id=user.pk, at=at) if ends else None
    watch = sorted((rows.watch_row(item, at) for item in reading.watching(user.pk)[:SHOWN]), key=rows.sort_key)
    screen.checks = [asked_row(action) for action in held if action.asked_ref] + [row for row in watch if row.get("act_url")]
    screen.passed_on = [row for row in watch if not row.get("act_url")]
    return screen


def completeness_of(user: User, team: Team, held: list[Action], *, when: str) -> dict[int, Completeness]:
    """How complete the brief of each action is, with what ``user`` has typed so far."""
    versions = required_for_many([action.service_id for action in held if action.service_id], "during" if when == "in_shift" else "between")
    draft = draft_of(user, team.pk, HAND_OVER)
    return readiness(held, versions=versions, fields=draft.fields if draft else {}, briefs=last_briefs(held))


def held_row(action: Any, complete: Completeness) -> dict[str, Any]:
    """One row of “Actions you hold”."""
    missing = [detail.label for detail in complete.missing]
    text = f"Promised: {action.promise}" if action.promise and not missing else f"Missing: {', '.join(missing).lower()}" if missing else ""
    meta = [part for part in (action.customer_reference or action.customer_name, action.service.name if action.service else "") if part]
    row = {
        "ring": (complete.given, complete.total),
        "title": action.title,
        "url": action.get_absolute_url(),
        "text": text,
        "ref": action.ref,
        "meta": meta,
        "due": action.promised_by,
        "action": action,
    }
    if action.offered_to:
        row["meta"] = [*meta, f"On offer: {action.offered_to}"]
    return row


def asked_row(action: Any) -> dict[str, Any]:
    """“Was it completed?”, put to me."""
    return {
        "state": "asked",
        "state_text": f"{action.asked_by_name.split(' ', 1)[0]} asks: was it completed?",
        "edge": "warmline",
        "title": action.title,
        "ref": action.ref,
        "url": f"/checks/{action.asked_ref}/",
        "meta": [action.asked_question] if action.asked_question else [],
        "act_url": f"/checks/{action.asked_ref}/",
        "act_label": "Answer",
        "act_icon": "message-circle",
    }
