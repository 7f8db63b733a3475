"""What happens by rule: rows that fall due tell people, in bulk, or make a move.

Firing never waits: rows and what they are about are taken with ``SKIP LOCKED``, so that a rule and a colleague who
moves the same action cannot wait for each other. What somebody else has is left for the next round.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction

from audit import operations as audit
from common.errors import Refusal
from handover.checks import operations as checks
from handover.checks.models import Check
from handover.checks.states import State as CheckState
from handover.due import operations as due
from handover.due.limits import CHECK_ANSWER
from handover.due.models import Rule
from handover.due.operations import Owed, Taken
from handover.due.queries import app_now
from handover.events import Event
from handover.moves.lapse import lapse_acceptance, lapse_offer
from handover.moves.put_off import resume_due
from handover.moves.shift_end import shift_ended
from handover.moves.subjects import Facts, load
from handover.moves.whom_to_tell import TELLS, Circle, Telling
from handover.moves.window import open_window
from handover.notifications import operations as notifications
from handover.notifications import wording
from handover.notifications.models import Notification
from handover.shifts import swap_operations as swaps

log = logging.getLogger(__name__)

BATCH = 1_000
MOVES: dict[Rule, Callable[..., Any]] = {
    Rule.LAPSE: lapse_acceptance,
    Rule.OFFER_LAPSES: lapse_offer,
    Rule.WINDOW_OPENS: open_window,
    Rule.SHIFT_ENDED: shift_ended,
    Rule.RESUMES: resume_due,
    Rule.SWAP: swaps.fall_due,
}
"""Rule → the move that it makes: it locks the action as every move does, and marks the row fired if the lease is still ours."""


# --- Rules that tell ------------------------------------------------------------------------------------------------------


def tell_due(*, limit: int = BATCH) -> int:
    """Fire one batch of rows that tell somebody, in one transaction; return how many were fired or found needless.

    A batch that fails is tried again in tenths, down to the one row that fails: that one is marked and waits, the others go on.
    """
    while True:
        taken: list[Taken] = []
        try:
            return _tell_batch(limit, taken)
        except Exception as error:
            if isinstance(error, OperationalError) and not connection.is_usable():
                raise
            if limit == 1:
                return _mark_trouble(taken, error)
            limit = max(1, limit // 10)


@transaction.atomic
def _tell_batch(limit: int, taken: list[Taken]) -> int:
    """``taken`` receives the rows at once: whoever catches an error can say whose it is."""
    taken += (rows := due.take(TELLS, limit=limit))
    return tell(rows, at=app_now()) if rows else 0


def tell(rows: list[Taken], *, at: datetime) -> int:
    """Tell what these rows, which are ours until the transaction ends, owe at ``at``; return how many were fired or found needless."""
    known = _facts_of(rows)
    free = _lock(known)
    telling = [(row, facts) for row in rows if (facts := known.get((row.subject_type, row.subject_id))) and (row.subject_type, facts.id) in free]
    circle = Circle(telling, at)
    needed = [(row, facts, tellings) for row, facts in telling if (tellings := TELLS[Rule(row.rule)](row, facts, circle))]
    notifications.write(notice for row, facts, tellings in needed for notice in _notices(row, facts, tellings, at))
    _put([facts.id for row, facts, _ in needed if row.rule == Rule.CHECK], at)
    fired = {row.id for row, _, _ in needed}
    needless = {row.id for row, _ in telling} - fired | {row.id for row in rows if (row.subject_type, row.subject_id) not in known}
    due.mark(fired=fired, needless=needless, at=at)
    return len(fired) + len(needless)


def _facts_of(rows: list[Taken]) -> dict[tuple[str, int], Facts]:
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.subject_type, set()).add(row.subject_id)
    return load(wanted)


def _lock(known: dict[tuple[str, int], Facts]) -> set[tuple[str, int]]:
    """Subjects whose action no move is changing just now. A notice refers to its action, which would wait for such a move."""
    ids = sorted({facts.action_id for facts in known.values() if facts.action_id})
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM handover_action WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE SKIP LOCKED", [ids])
        free = {pk for (pk,) in cursor.fetchall()}
    return {key for key, facts in known.items() if facts.action_id is None or facts.action_id in free}


def _notices(row: Taken, facts: Facts, tellings: list[Telling], at: datetime) -> list[Notification]:
    """One row tells one person once, in the first of its words that are for them."""
    found: dict[int, Notification] = {}
    for one in tellings:
        sentence = wording.title(one.kind, what=facts.title, to_receiver=one.to_receiver, to_giver=one.to_giver, past=one.past)
        for person in one.to:
            if person and person not in found:
                found[person] = Notification(
                    recipient_id=person,
                    team_id=row.team_id,
                    kind=one.kind,
                    due_id=row.id,
                    subject_type=row.subject_type,
                    subject_id=row.subject_id,
                    action_id=facts.action_id,
                    title=sentence,
                    path=facts.receive_path if one.to_receiver else facts.path,
                    needs_you=one.kind in wording.NEEDS_YOU and not one.to_giver,
                    at=at,
                )
    return list(found.values())


def _put(check_ids: list[int], at: datetime) -> None:
    """The checks of this batch are put to whoever is responsible; if nobody answers, that falls due next."""
    if not check_ids:
        return
    put = list(Check.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=check_ids, state=CheckState.SET).order_by("pk"))
    checks.put(put, at=at)
    audit.bulk_record(audit.draft(Event.ASKED, actor=None, subject=one, team_id=one.team_id, at=at, data={"rule": Rule.CHECK}) for one in put)
    steps = ((1, CHECK_ANSWER.remind), (2, CHECK_ANSWER.escalate or 2 * CHECK_ANSWER.remind))
    due.owe(*(Owed(Rule.CHECK_NOT_ANSWERED, one, one.team_id, at + timedelta(minutes=minutes), step) for one in put for step, minutes in steps), at=at)


def _mark_trouble(rows: list[Taken], error: Exception) -> int:
    for row in rows:
        log.error("Row %s (%s of %s %s) could not be fired and waits.", row.id, row.rule, row.subject_type, row.subject_id, exc_info=error)
        due.trouble(row, sentence=f"{type(error).__name__}: {error}", at=app_now())
    return len(rows)


# --- Rules that make a move -----------------------------------------------------------------------------------------------


def move_due(*, limit: int = 5) -> int:
    """Make the moves of a few rows, each in a transaction of its own and under a lease; return how many rows were claimed."""
    rows = due.claim(MOVES, limit=limit)
    for row in rows:
        try:
            MOVES[Rule(row.rule)](row=row, lease_token=row.lease_token, at=app_now())
        except Refusal as refusal:
            log.info("Row %s (%s of %s %s) is not needed any more: %s", row.id, row.rule, row.subject_type, row.subject_id, refusal)
            due.give_up(row, at=app_now())
        except Exception as error:
            if isinstance(error, OperationalError) and not connection.is_usable():
                raise
            log.exception("Row %s (%s of %s %s) could not be fired and waits.", row.id, row.rule, row.subject_type, row.subject_id)
            due.trouble(row, sentence=f"{type(error).__name__}: {error}", at=app_now())
    return len(rows)
