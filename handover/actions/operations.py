"""Writes to actions, their notes and contacts. Called by moves, which lock, ask and record."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from accounts.models import Team, User
from common.errors import InvalidTransition, StaleVersion
from handover.actions import states
from handover.actions.models import Action, Contact, Note
from handover.actions.place import in_its_team
from handover.actions.states import State
from handover.due import operations as due
from handover.due.models import Rule

WORDS = ("title", "customer_name", "customer_reference", "customer_contact", "urgency", "service")
PAUSE = ["put_off_until", "put_off_reason"]
HOLDER = ["state", "responsible", "held_since", "closed_at", "closing_words", "team", "changed_at", *PAUSE]


def lock(action_id: int) -> Action:
    """The action, locked until the transaction ends. Always the first lock of a move."""
    return Action.objects.select_for_update(of=("self",)).select_related("responsible").get(pk=action_id)


def create(*, team: Team, by: User, responsible: User | None, at: datetime, **fields: Any) -> Action:
    """A new action, held by ``responsible`` or, without one, in the team's pool."""
    with in_its_team():
        return Action.objects.create(
            team=team,
            created_by=by,
            state=State.HELD if responsible else State.POOL,
            responsible=responsible,
            held_since=at,
            created_at=at,
            changed_at=at,
            sort_at=fields.get("promised_by") or at,
            trail_salt=secrets.token_hex(8),
            **fields,
        )


def check_open(action: Action) -> None:
    if not action.is_open:
        raise InvalidTransition(f"This action is closed ({State(action.state).label}).", possible="Reopen it first, with a reason.")


def check_version(action: Action, version: int | None) -> None:
    """Raise ``StaleVersion`` with what it says now, if somebody changed the action since ``version`` was read. ``None``: not asked."""
    if version is not None and version != action.version:
        theirs = {name: getattr(action, name) for name in (*WORDS, "promise", "promised_by")}
        theirs["service"] = action.service_id
        raise StaleVersion(
            "Somebody changed this action while you were typing.", possible="Compare both texts below, then save again.", theirs=theirs, version=action.version
        )


def change(action: Action, *, at: datetime, **words: Any) -> list[str]:
    """Store new words; return the names of those that changed. The version rises if any did."""
    changed = [name for name, value in words.items() if getattr(action, name) != value]
    for name in changed:
        setattr(action, name, words[name])
    if changed:
        if action.put_off_until and action.promised_by and action.promised_by < action.put_off_until:
            resume(action, at=at)  # a promise to a customer comes first
        action.version += 1
        action.changed_at = at
        if "promised_by" in changed:
            action.sort_at = action.promised_by or action.created_at
            changed_too = ["sort_at"]
        else:
            changed_too = []
        action.save(update_fields=[*changed, *changed_too, "version", "changed_at"])
    return changed


def give_to(action: Action, *, colleague: User, at: datetime, team_id: int | None = None) -> None:
    """``colleague`` is responsible from ``at`` on, in their team where that is another one. (Open actions and, on reopening, closed ones.)"""
    states.check_next(action.state, State.HELD)
    action.state, action.responsible, action.held_since = State.HELD, colleague, at
    _open_again(action, at, team_id)


def put_in_pool(action: Action, *, at: datetime, team_id: int | None = None) -> None:
    """Nobody holds it; the team's clock runs."""
    states.check_next(action.state, State.POOL)
    action.state, action.responsible, action.held_since = State.POOL, None, at
    _open_again(action, at, team_id)


def _open_again(action: Action, at: datetime, team_id: int | None) -> None:
    action.closed_at, action.closing_words, action.changed_at = None, "", at
    _end_pause(action, at)
    if team_id is not None and team_id != action.team_id:
        action.team_id = team_id
        due.move_to_team(action, team_id=team_id)
    with in_its_team():
        action.save(update_fields=HOLDER)


def close(action: Action, *, then: State, words: str, at: datetime) -> None:
    """Completed, or no longer needed. Who held it last stays written down."""
    states.check_next(action.state, then)
    action.state, action.closed_at, action.closing_words, action.changed_at = then, at, words, at
    _end_pause(action, at)
    action.save(update_fields=["state", "closed_at", "closing_words", "changed_at", *PAUSE])


def put_off(action: Action, *, until: datetime, reason: str, at: datetime) -> None:
    """Its holder keeps it and does nothing about it before ``until``."""
    action.put_off_until, action.put_off_reason, action.changed_at = until, reason, at
    action.save(update_fields=[*PAUSE, "changed_at"])


def resume(action: Action, *, at: datetime) -> None:
    """It is not put off any more. (One that is not put off stays as it is.)"""
    if action.put_off_until is None:
        return
    _end_pause(action, at)
    action.changed_at = at
    action.save(update_fields=[*PAUSE, "changed_at"])


def _end_pause(action: Action, at: datetime) -> None:
    """Whoever gets it, or closes it, finds it in front of them."""
    if action.put_off_until is not None:
        action.put_off_until, action.put_off_reason = None, ""
        due.cancel(action, rules=[Rule.RESUMES], at=at)


def count_change(ids: Iterable[int], *, change_at: datetime) -> None:
    """These (locked) actions crossed one more shift change."""
    Action.objects.filter(pk__in=list(ids)).update(carried=F("carried") + 1, carried_at=change_at)


def settle_carried(action: Action) -> None:
    """What happens with it was decided: it may cross a few shift changes more before somebody has to decide again."""
    action.carried_settled = action.carried
    action.save(update_fields=["carried_settled"])


def add_note(action: Action, *, by: User, text: str, at: datetime, item_id: int | None = None) -> Note:
    return Note.objects.create(action=action, item_id=item_id, by=by, at=at, text=text)


def add_contact(action: Action, *, by: User, channel: str, text: str, chased: bool, at: datetime) -> Contact:
    return Contact.objects.create(action=action, by=by, at=at, channel=channel, text=text, chased=chased)
