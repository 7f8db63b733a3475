"""Improvements, and days with figures to move, for the stories here."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import Team, User
from reviews.improvements import carrying_out
from reviews.improvements import operations as improvements
from reviews.improvements.models import Improvement
from reviews.improvements.operations import Change
from reviews.sharing.models import SharingDay
from tests.stories import FOUR_PM, fresh

TODAY = FOUR_PM.date()


def propose(team: Team, by: User, *concerned: User, owner: User | None = None, at: datetime = FOUR_PM, sources: Any = None, **fields: Any) -> Improvement:
    due_on = at.date() + timedelta(days=10)
    words: dict[str, Any] = {"change": "Ask for two readings", "figure": "missing", "target": 0.1, "due_on": due_on, **fields}
    change = Change(owner_id=(owner or by).pk, concerned=[one.pk for one in concerned], **words)
    return improvements.propose(team=team, by=by, at=at, change=change, **(sources or {}))


def agree(team: Team, by: User, *concerned: User, at: datetime = FOUR_PM, **fields: Any) -> Improvement:
    made = propose(team, by, *concerned, at=at, **fields)
    for one in concerned:
        improvements.answer(improvement_id=made.pk, by=one, at=at, says="agree")
    return fresh(made)


def done(team: Team, by: User, *concerned: User, done_on: date = TODAY, at: datetime = FOUR_PM, **fields: Any) -> Improvement:
    made = agree(team, by, *concerned, at=at, **fields)
    return carrying_out.carry_out(improvement_id=made.pk, by=by, at=at, done_on=done_on)


def count(team: Team, day: date, figure: str, numerator: float, denominator: float, **where: Any) -> None:
    """One day of a figure, as the rollups keep it."""
    SharingDay.objects.create(team=team, day=day, when="in_shift", **{f"n_{figure}": numerator, f"d_{figure}": denominator}, **where)
