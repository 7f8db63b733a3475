"""The team board: every open handover by state, at shift change and during the shift, and what is still to be handed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Team
from common.moments import clock, span
from handover.actions.models import Action
from handover.board import reading
from handover.board.rows import receiver_of
from handover.handovers.models import When
from handover.handovers.states import State
from handover.shifts.queries import Slot

DONE_SINCE = timedelta(hours=8)
COLUMNS = (
    ("to_hand_over", "user", "To hand over"),
    ("late", "alert-triangle", "Not accepted"),
    ("waiting", "hourglass-high", "Waiting"),
    ("accepted", "user-check", "Accepted"),
    ("completed", "circle-check", "Completed"),
)


@dataclass
class Column:
    key: str
    icon: str
    title: str
    cards: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Lane:
    title: str
    columns: list[Column]

    @property
    def count(self) -> int:
        return sum(len(column.cards) for column in self.columns)

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


@dataclass
class Board:
    lanes: list[Lane]
    late: int
    waiting: int
    checks: int
    completed: int


def board(team: Team, at: datetime, *, running: Slot | None, incoming: Slot | None) -> Board:
    """Two lanes of five columns. Completed: what ended since the running shift began, else in the last 8 hours."""
    since = running.starts_at if running else at - DONE_SINCE
    names = (
        f"{running.name} to {incoming.name}, at shift change" if running and incoming else "At shift change",
        f"During {running.name}" if running else "During the shift",
    )
    lanes = [Lane(name, [Column(*column) for column in COLUMNS]) for name in names]
    made = Board(lanes, 0, 0, 0, 0)
    for action in reading.to_hand_over(team.pk):
        lanes[0].column("to_hand_over").cards.append(_held_card(action, at, team))
    for item in reading.on_the_board(team.pk, since):
        lane = lanes[1] if item.handover.when == When.IN_SHIFT else lanes[0]
        key = _column_of(item, at)
        lane.column(key).cards.append(_card(item, key, at, team))
        made.late += key == "late"
        made.waiting += key == "waiting"
        made.completed += key == "completed"
        made.checks += key == "accepted" and item.check_due_at is not None and item.check_due_at <= at
    return made


def _column_of(item: Any, at: datetime) -> str:
    if item.is_on_offer:
        return "late" if item.accept_by and item.accept_by < at and item.state == State.OFFERED else "waiting"
    return "completed" if item.state == State.ENDED else "accepted"


def _held_card(action: Action, at: datetime, team: Team) -> dict[str, Any]:
    holder = action.responsible
    due = f"due {clock(action.promised_by, at, team.tz)}" if action.promised_by else ""
    return {
        "url": action.get_absolute_url(),
        "title": action.title,
        "customer": action.customer_name,
        "person": holder,
        "name": holder.first_name if holder else "Team pool",
        "text": due,
        "tone": "wait" if holder is None else "",
        "action": action,
    }


def _card(item: Any, key: str, at: datetime, team: Team) -> dict[str, Any]:
    card = {
        "url": item.get_handover_url(),
        "title": item.action.title,
        "customer": item.action.customer_name,
        "giver": item.giver,
        "receiver": receiver_of(item),
        "strong": False,
        "chip": None,
        "action": item.action,
    }
    if key == "late":
        return card | {"tone": "late", "state": "late", "text": f"{span(at - item.accept_by)} late", "strong": True}
    if key == "waiting":
        if item.state == State.QUERIED:
            return card | {"tone": "ask", "state": "queried", "text": f"{(item.asked_by_name or 'Somebody').split(' ', 1)[0]} asked"}
        return card | {"tone": "wait", "state": "offered", "text": f"{span(item.accept_by - at)} left" if item.accept_by and item.accept_by > at else "waiting"}
    if key == "completed":
        return card | {"tone": "ok", "state": item.outcome or "completed", "text": f"at {clock(item.ended_at, at, team.tz)}"}
    return card | _accepted(item, at, team)


def _accepted(item: Any, at: datetime, team: Team) -> dict[str, Any]:
    if item.follow_up_ref:
        return {"tone": "late", "state": "unable", "text": "what happens next?", "strong": True}
    if item.check_due_at and item.check_due_at <= at:
        return {"tone": "wait", "state": "check_due", "text": "", "chip": f"Check due {clock(item.check_due_at, at, team.tz)}"}
    return {"tone": "info", "state": "accepted", "text": f"check {clock(item.check_due_at, at, team.tz)}" if item.check_due_at else ""}
