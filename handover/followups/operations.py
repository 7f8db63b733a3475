"""Writes to follow-ups. Called by moves, which lock, ask and record."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from handover.actions.models import Action
from handover.checks.models import Check
from handover.followups.models import Decision, FollowUp


def lock(follow_up_id: int) -> FollowUp:
    return FollowUp.objects.select_for_update(of=("self",)).select_related("owed_by", "item").get(pk=follow_up_id)


def owed_on(action: Action) -> FollowUp | None:
    """The follow-up that is still to be decided on this action."""
    return FollowUp.objects.owed().select_related("owed_by").filter(action=action).first()


def owe(action: Action, *, check: Check, at: datetime) -> FollowUp:
    """From an *unable* on, the giver of ``check`` owes a decision."""
    return FollowUp.objects.create(action=action, item=check.item, check_answered=check, team_id=check.team_id, owed_by_id=check.giver_id, owed_at=at)


def owe_by(follow_up: FollowUp, *, colleague: User) -> None:
    """``colleague`` decides it, since who owed it has gone."""
    follow_up.owed_by = colleague
    follow_up.save(update_fields=["owed_by"])


def mark_decided(follow_up: FollowUp, *, by: User, decision: Decision, words: str, new_time: datetime | None, customer_told: bool, at: datetime) -> None:
    follow_up.decided_by, follow_up.decided_at, follow_up.decision = by, at, decision
    follow_up.words, follow_up.new_time, follow_up.customer_told = words, new_time, customer_told
    follow_up.save(update_fields=["decided_by", "decided_at", "decision", "words", "new_time", "customer_told"])


def to_pass_on(action: Action) -> FollowUp | None:
    """The latest decision *pass it on again* that no offer has followed yet."""
    return FollowUp.objects.filter(action=action, decision=Decision.PASS_ON, led_to__isnull=True).order_by("-decided_at").first()
