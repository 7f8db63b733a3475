"""Who leaves, changes and resolves shift notes: everybody of the team, and its integrations with the scope to write."""

from __future__ import annotations

from accounts.models import User
from common.errors import NotAllowed, Refusal
from common.permissions import allowed
from handover.actions.permissions import check_member
from handover.notes.models import ShiftNote


def check_write(user: User, team_id: int) -> None:
    check_member(user, team_id)


def check_change(user: User, note: ShiftNote) -> None:
    """Everybody of the team may: what it said before stays readable, with who wrote it."""
    check_member(user, note.team_id)
    if note.resolved_at:
        raise Refusal("This note is resolved.", possible="Write a new one.")


def check_resolve(user: User, note: ShiftNote) -> None:
    check_member(user, note.team_id)
    if not user.is_person:
        raise NotAllowed("Only a colleague resolves a note.", possible="A colleague does this in the browser.")


def may_change(user: User, note: ShiftNote) -> bool:
    return allowed(check_change, user, note)


def may_resolve(user: User, note: ShiftNote) -> bool:
    return allowed(check_resolve, user, note) and note.resolved_at is None
