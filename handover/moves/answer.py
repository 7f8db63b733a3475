"""“Was it completed?” — asked by hand, and answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid, Refusal
from handover.actions import operations as actions
from handover.actions.models import Action
from handover.checks import operations as checks
from handover.checks import permissions
from handover.checks.models import Check
from handover.checks.states import FINAL, Outcome, State
from handover.due import operations as due
from handover.due.limits import CHECK_ANSWER
from handover.due.models import Rule
from handover.due.operations import Owed
from handover.events import Event
from handover.followups import operations as followups
from handover.handovers import operations as handovers
from handover.handovers.states import State as ItemState
from handover.moves import owed
from handover.moves.close import close_locked
from handover.moves.locks import lock_check
from handover.moves.watching import set_checks
from handover.moves.withdraw import withdraw_open_offer
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts.queries import timetable


@transaction.atomic
def ask_now(*, check_id: int, by: User, at: datetime, question: str = "") -> Check:
    """Ask earlier than agreed, by hand. Asking again what is asked already only changes the words."""
    action, check = lock_check(check_id)
    permissions.check_ask(by, check)
    again = check.state == State.ASKED and check.asked_by_id == by.pk and check.question == question.strip()
    if again:
        return check
    checks.put([check], at=at, by=by, question=question.strip())
    due.cancel(check, at=at)
    due.owe(*asked_rows(check, at), at=at)
    notifications.settle(check, at=at)
    notifications.tell(Kind.CHECK_ASKED, to=[action.responsible_id], about=check, action=action, by=by, words=question.strip(), at=at)
    due.ring()
    audit.record(Event.ASKED, actor=by, subject=check, team_id=check.team_id, also_team_id=action.team_id, at=at, data={"asked_of": action.responsible_id})
    return check


def asked_rows(check: Check, at: datetime) -> list[Owed]:
    """Once asked: a reminder, then the lead."""
    escalate = CHECK_ANSWER.escalate or 2 * CHECK_ANSWER.remind
    return [
        Owed(Rule.CHECK_NOT_ANSWERED, check, check.team_id, at + timedelta(minutes=CHECK_ANSWER.remind), 1),
        Owed(Rule.CHECK_NOT_ANSWERED, check, check.team_id, at + timedelta(minutes=escalate), 2),
    ]


@transaction.atomic
def answer(*, check_id: int, by: User, at: datetime, outcome: str, words: str = "", next_at: datetime | None = None, by_word_of_mouth: bool = False) -> Check:
    """Answer a completion check. One answer settles every open check of the action, and each giver is told.

    *Completed* and *no longer needed* close the action. *Partly* and *not yet* name the next check time: ahead, and at
    most the end of the incoming shift. *Unable* needs the reason, and a follow-up is then owed. The same answer twice is harmless.
    """
    action, check = lock_check(check_id)
    if check.state == State.ANSWERED and check.outcome == outcome and check.answered_by_id == by.pk:
        return check
    permissions.check_answer(by, check, action)
    if not check.is_unanswered:
        raise Refusal("This check is answered already.", possible="Open the action to see where it stands.")
    chosen = Outcome(outcome)
    heard = by_word_of_mouth or by.pk != action.responsible_id
    open_checks = checks.lock_unanswered(action)
    if chosen in FINAL:
        changed = close_locked(action, outcome=chosen, by=by, at=at, words=words.strip(), by_word_of_mouth=heard, open_checks=open_checks)
    elif chosen == Outcome.UNABLE:
        changed = _unable(action, check, open_checks, by=by, at=at, words=words.strip(), heard=heard)
    else:
        changed = _not_yet(action, check, open_checks, by=by, at=at, outcome=chosen, words=words.strip(), heard=heard, next_at=next_at)
    check.refresh_from_db()
    data = {"answers": [one.pk for one in open_checks], "by_word_of_mouth": heard, **changed, "outcome": chosen.value}
    audit.record(Event.ANSWERED, actor=by, subject=check, team_id=check.team_id, also_team_id=action.team_id, at=at, data=data)
    return check


def _settle(action: Action, open_checks: list[Check], *, outcome: Outcome, words: str, by: User, heard: bool, at: datetime) -> None:
    checks.settle(open_checks, outcome=outcome, words=words, by=by, by_word_of_mouth=heard, at=at)
    due.cancel(*open_checks, at=at)
    due.cancel(action, rules=[Rule.LAPSE], at=at)  # whoever holds it did speak, also where the giver wrote the answer down
    notifications.settle(*open_checks, at=at)


def _not_yet(
    action: Action, check: Check, open_checks: list[Check], *, by: User, at: datetime, outcome: Outcome, words: str, heard: bool, next_at: datetime | None
) -> dict[str, object]:
    latest = timetable(check.team_id, at).end_of_incoming(check.giver_id, at)
    if next_at is None or next_at <= at:
        raise Invalid("Say when it is to be checked next.", possible="Choose a time that lies ahead.", field="next_at")
    if next_at > latest:
        raise Invalid(
            "The next check is at most at the end of the incoming shift.",
            possible=f"Choose a time up to {latest:%Y-%m-%d %H:%M} UTC.",
            field="next_at",
            latest=latest.isoformat(),
        )
    _settle(action, open_checks, outcome=outcome, words=words, by=by, heard=heard, at=at)
    made = set_checks(action, [one.item for one in open_checks], at=at, due_at=next_at)
    for one in open_checks:
        notifications.tell(Kind.OUTCOME, to=[one.giver_id], about=one, action=action, by=by, words=words, at=at)
    due.ring()
    return {"next_checks": [one.pk for one in made], "next_at": next_at.isoformat(), "words": audit.digest(words, action.trail_salt)}


def check_why(words: str) -> None:
    if not words.strip():
        raise Invalid("Say why it could not be completed.", possible="Whoever decides what happens next needs to know.", field="words")


def _unable(action: Action, check: Check, open_checks: list[Check], *, by: User, at: datetime, words: str, heard: bool) -> dict[str, object]:
    actions.check_open(action)
    check_why(words)
    _settle(action, open_checks, outcome=Outcome.UNABLE, words=words, by=by, heard=heard, at=at)
    withdrawn = withdraw_open_offer(action, by=by, at=at, reason="It could not be completed; what happens next is decided first")
    accepted = handovers.lock_of(action, states_in=[ItemState.ACCEPTED])
    last_giver = next((one for one in open_checks if accepted and one.item_id == accepted[-1].pk), check)
    follow_up = followups.owe(action, check=last_giver, at=at)
    due.owe(*owed.follow_up(follow_up, action, at), at=at)
    for one in open_checks:
        kind = Kind.UNABLE if one.pk == last_giver.pk else Kind.OUTCOME
        notifications.tell(kind, to=[one.giver_id], about=follow_up if kind == Kind.UNABLE else one, action=action, by=by, words=words, at=at)
    due.ring()
    return {"offer_withdrawn": withdrawn, "follow_up": follow_up.pk, "owed_by": follow_up.owed_by_id, "words": audit.digest(words, action.trail_salt)}
