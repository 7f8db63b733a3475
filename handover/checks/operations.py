"""Writes to completion checks. Called by moves, which lock, ask and record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from accounts.models import User
from handover.actions.models import Action
from handover.checks import states
from handover.checks.models import Check
from handover.checks.states import UNANSWERED, Outcome, State


class ItemLike(Protocol):
    """An accepted item, as far as its check needs it."""

    pk: Any
    from_team_id: Any

    @property
    def sees_through_id(self) -> int: ...


def lock(check_id: int) -> Check:
    return Check.objects.select_for_update(of=("self",)).select_related("giver", "item").get(pk=check_id)


def lock_unanswered(action: Action) -> list[Check]:
    """Every open check of the action, locked: one answer settles them all."""
    return list(Check.objects.select_for_update(of=("self",)).select_related("giver", "item").filter(action=action, state__in=UNANSWERED).order_by("pk"))


def schedule(items: Sequence[ItemLike], *, action: Action, due_at: datetime, at: datetime) -> list[Check]:
    """One new check for each of these items."""
    checks = [Check(action=action, item_id=item.pk, team_id=item.from_team_id, giver_id=item.sees_through_id, due_at=due_at, set_at=at) for item in items]
    return Check.objects.bulk_create(checks)


def put(checks: Sequence[Check], *, at: datetime, by: User | None = None, question: str = "") -> None:
    """Put the question to whoever is responsible: at its time by rule, earlier by hand."""
    for check in checks:
        states.check_next(check.state, State.ASKED)
        check.state, check.asked_at, check.asked_by, check.question = State.ASKED, at, by, question
    Check.objects.bulk_update(checks, ["state", "asked_at", "asked_by", "question"])


def settle(checks: Iterable[Check], *, outcome: Outcome, words: str, by: User, by_word_of_mouth: bool, at: datetime) -> None:
    """Write one answer into every open check of an action."""
    answered = list(checks)
    for check in answered:
        states.check_next(check.state, State.ANSWERED)
        check.state, check.outcome, check.words, check.answered_at, check.answered_by = State.ANSWERED, outcome, words, at, by
        check.by_word_of_mouth = by_word_of_mouth
    Check.objects.bulk_update(answered, ["state", "outcome", "words", "answered_at", "answered_by", "by_word_of_mouth"])


def cancel(checks: Iterable[Check]) -> None:
    cancelled = list(checks)
    for check in cancelled:
        states.check_next(check.state, State.CANCELLED)
        check.state = State.CANCELLED
    Check.objects.bulk_update(cancelled, ["state"])
