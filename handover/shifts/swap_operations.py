"""Swaps: “my shift for yours”, or “take mine”. Offered, answered, where the team wants it decided by a lead; then the rota changes at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid, Refusal
from handover.due import operations as due
from handover.due.models import Rule
from handover.due.operations import Owed, Taken
from handover.events import Event
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts import marks
from handover.shifts import swap_permissions as permissions
from handover.shifts.changes import lock_rota, roster_changes
from handover.shifts.models import Away, How, Shift
from handover.shifts.queries import lead_ids
from handover.shifts.swap_models import RELATED, Swap, SwapRule, turns
from handover.shifts.swap_states import State, check_next
from handover.shifts.taking_on import check_on, check_takes_on, said


@transaction.atomic
def offer_swap(*, shift: Shift, to: User, by: User, at: datetime, return_shift: Shift | None = None, words: str = "") -> Swap:
    """``by`` offers a shift of theirs to ``to``: for ``return_shift``, or without one as a cover. Nobody's shifts change yet.

    An equal offer that still waits is returned instead. Raises ``Refusal`` with the reason where the swap could not be made as things are.
    """
    permissions.check_offer(by, shift.team_id)
    if to.pk == by.pk:
        raise Invalid("A swap is with somebody else.", possible="Choose a colleague.", field="to")
    if return_shift is not None and return_shift.team_id != shift.team_id:
        raise Invalid("These shifts belong to different teams.", possible="Swap within one team.", field="return_shift")
    team = lock_rota(shift.team_id)
    standing = Swap.objects.open().select_related(*RELATED).filter(shift=shift, offered_by=by).first()
    if standing and (standing.offered_to_id, standing.return_shift_id) == (to.pk, return_shift.pk if return_shift else None):
        return standing
    if standing:
        raise Refusal(
            f"You have offered {said(shift, team, at)} to {standing.offered_to.display_name} already ({standing.ref}).",
            possible="Withdraw that first.",
            field="shift",
        )
    starts = min([shift.starts_at, *([return_shift.starts_at] if return_shift else [])])
    swap = Swap(team=team, offered_by=by, offered_to=to, shift=shift, return_shift=return_shift, words=words, offered_at=at, ends_at=starts)
    check_possible(swap, at=at)
    swap.save(force_insert=True)
    swap.refresh_from_db(fields=["ref"])
    _owe(swap, at)
    notifications.tell(Kind.SWAP_OFFERED, to=[to.pk], about=swap, by=by, what=in_words(swap, at), words=words, team_id=team.pk, at=at)
    due.ring()
    data = {"to": to.pk, "shift": shift.pk, "return_shift": return_shift.pk if return_shift else None}
    audit.record(Event.SWAP_OFFERED, actor=by, subject=swap, team_id=team.pk, at=at, data=data)
    return swap


@transaction.atomic
def answer_swap(*, swap_id: int, accept: bool, by: User, at: datetime, words: str = "") -> Swap:
    """Yes or no. A yes changes the rota at once, or asks a lead where the team wants that. The same answer again changes nothing."""
    swap = _find(swap_id)
    permissions.check_answer(by, swap)
    with roster_changes(team_id=swap.team_id, by=by, at=at):
        swap = _lock(swap_id)
        if swap.answered_at and (swap.state != State.DECLINED) == accept:
            return swap
        asks_lead = accept and SwapRule.objects.filter(team=swap.team_id, lead_approves=True).exists()
        then = (State.AGREED if asks_lead else State.MADE) if accept else State.DECLINED
        check_next(swap.state, then)
        if accept:
            check_possible(swap, at=at)
        swap.answered_at, swap.answer = at, words
        _become(swap, then, at, "answered_at", "answer")
        if then == State.AGREED:
            _owe(swap, at)
            leads = lead_ids(swap.team_id, at)
            notifications.tell(Kind.SWAP_WAITS, to=leads, about=swap, by=by, what=in_words(swap, at), team_id=swap.team_id, at=at)
        if then != State.MADE:  # who is on another shift now hears so from the rota
            _tell(swap, [swap.offered_by_id], "Accepted. A lead decides now." if accept else f"Declined. {words}".strip(), by=by, at=at)
        data = {"accept": accept, "state": then.value, "reason_given": bool(words)}
        audit.record(Event.SWAP_ANSWERED, actor=by, subject=swap, team_id=swap.team_id, at=at, data=data)
    return swap


@transaction.atomic
def decide_swap(*, swap_id: int, approve: bool, by: User, at: datetime, words: str = "") -> Swap:
    """A lead approves what two colleagues agreed, and the rota changes; or refuses it with a reason, told to both."""
    swap = _find(swap_id)
    permissions.check_decide(by, swap.team_id)
    if not approve and not words:
        raise Invalid("Say why, so that both can plan.", field="words")
    with roster_changes(team_id=swap.team_id, by=by, at=at):
        swap = _lock(swap_id)
        if swap.decided_at and (swap.state == State.MADE) == approve:
            return swap
        then = State.MADE if approve else State.REFUSED
        check_next(swap.state, then)
        if approve:
            if swap.state == State.OFFERED:
                raise Refusal(f"{swap.offered_to.display_name} has not answered yet.", possible="Wait for the answer, or put them on the shift yourself.")
            check_possible(swap, at=at)
        swap.decided_by, swap.decided_at, swap.decision = by, at, words
        _become(swap, then, at, "decided_by", "decided_at", "decision")
        if not approve:
            _tell(swap, [swap.offered_by_id, swap.offered_to_id], f"Refused. {words}", by=by, at=at)
        data = {"approve": approve, "reason_given": bool(words)}
        audit.record(Event.SWAP_DECIDED, actor=by, subject=swap, team_id=swap.team_id, at=at, data=data)
    return swap


@transaction.atomic
def withdraw_swap(*, swap_id: int, by: User, at: datetime) -> Swap:
    """Who offered it, or a lead, takes it back before it is made. Twice is harmless."""
    permissions.check_withdraw(by, _find(swap_id))
    lock_rota(_find(swap_id).team_id)
    swap = _lock(swap_id)
    if swap.state == State.WITHDRAWN:
        return swap
    check_next(swap.state, State.WITHDRAWN)
    _become(swap, State.WITHDRAWN, at)
    _tell(swap, [swap.offered_to_id, swap.offered_by_id], "Withdrawn.", by=by, at=at)
    audit.record(Event.SWAP_WITHDRAWN, actor=by, subject=swap, team_id=swap.team_id, at=at, data={})
    return swap


@transaction.atomic
def fall_due(*, row: Taken, lease_token: UUID, at: datetime) -> bool:
    """By rule: halfway to the first shift, whoever owes an answer is reminded (step 1); when it begins, the swap runs out (step 2)."""
    swap = Swap.objects.select_related(*RELATED).filter(pk=row.subject_id).first()
    if swap is not None:
        lock_rota(swap.team_id)
        swap = _lock(swap.pk)
    if not due.mark_fired(due_id=row.pk, lease_token=lease_token, at=at) or swap is None or not swap.is_open:
        return False
    if row.step == 1:
        asked, kind = ([swap.offered_to_id], Kind.SWAP_OFFERED) if swap.state == State.OFFERED else (lead_ids(swap.team_id, at), Kind.SWAP_WAITS)
        notifications.settle(swap, kinds=[kind], at=at)
        notifications.tell(kind, to=asked, about=swap, by=swap.offered_by, what=in_words(swap, at), words="A reminder.", team_id=swap.team_id, at=at)
        return True
    check_next(swap.state, State.LAPSED)
    _become(swap, State.LAPSED, at)
    _tell(swap, [swap.offered_by_id, swap.offered_to_id], "It ran out: the shift has begun. The rota is as it was.", by=None, at=at)
    audit.record(Event.SWAP_LAPSED, actor=None, subject=swap, team_id=swap.team_id, at=at, data={"rule": Rule.SWAP.value})
    return True


@transaction.atomic
def set_swap_rule(*, team_id: int, lead_approves: bool, by: User, at: datetime) -> SwapRule:
    """From now on swaps need a lead, or not. Those that wait for one still do."""
    permissions.check_decide(by, team_id)
    team = lock_rota(team_id)
    rule, _ = SwapRule.objects.get_or_create(team=team)
    if rule.lead_approves != lead_approves:
        rule.lead_approves = lead_approves
        rule.save(update_fields=["lead_approves"])
        audit.record(Event.SWAP_RULE, actor=by, subject=rule, team_id=team_id, at=at, data={"lead_approves": lead_approves})
    return rule


# --- What the above is made of ------------------------------------------------------------------------------------------


def check_possible(swap: Swap, *, at: datetime) -> None:
    """Raise ``Refusal`` with the first reason why the swap cannot be made as things are."""
    for giver, taker, shift in turns(swap):
        if shift.starts_at <= at:
            raise Refusal(f"{said(shift, swap.team, at)} has begun.", possible="A lead can put somebody else on it.", field="shift")
        check_on(giver, shift, team=swap.team, at=at)
        gives = swap.return_shift if shift == swap.shift else swap.shift
        check_takes_on(taker, shift, team=swap.team, at=at, field="to", gives=gives)


def in_words(swap: Swap, at: datetime) -> str:
    """“Late, Tue 3 Mar, for Night, Wed 4 Mar”; “take Late, Tue 3 Mar”."""
    mine = said(swap.shift, swap.team, at)
    return f"{mine}, for {said(swap.return_shift, swap.team, at)}" if swap.return_shift else f"take {mine}"


def _find(swap_id: int) -> Swap:
    return Swap.objects.select_related(*RELATED).get(pk=swap_id)


def _lock(swap_id: int) -> Swap:
    return Swap.objects.select_for_update(of=("self",)).select_related(*RELATED).get(pk=swap_id)


def _become(swap: Swap, then: State, at: datetime, *fields: str) -> None:
    """What every step does: the state, and what asked for it is done. ``MADE`` changes the rota."""
    swap.state = then
    swap.save(update_fields=["state", *fields])
    due.cancel(swap, rules=[Rule.SWAP], at=at)
    notifications.settle(swap, at=at)
    if then != State.MADE:
        return
    for giver, taker, shift in turns(swap):
        marks.mark_away(check_on(giver, shift, team=swap.team, at=at), Away.SWAPPED, at=at)
        marks.put_on(shift, taker.pk, at=at, how=How.SWAP, replaces_id=giver.pk)


def _owe(swap: Swap, at: datetime) -> None:
    halfway = at + (swap.ends_at - at) / 2
    due.owe(Owed(Rule.SWAP, swap, swap.team_id, halfway, 1), Owed(Rule.SWAP, swap, swap.team_id, swap.ends_at, 2), at=at)


def _tell(swap: Swap, to: list[int], words: str, *, by: User | None, at: datetime) -> None:
    more: dict[str, Any] = {"what": in_words(swap, at), "words": words, "team_id": swap.team_id}
    notifications.tell(Kind.SWAP_ANSWERED, to=to, about=swap, by=by, at=at, **more)
