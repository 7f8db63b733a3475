"""Who offers, answers, withdraws and decides on a swap or a cover."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import check_belongs, check_lead
from common.errors import NotAllowed
from common.permissions import allowed
from handover.shifts.swap_models import Swap
from handover.shifts.swap_states import State


def check_offer(user: User, team_id: int) -> None:
    check_belongs(user, team_id)
    if not user.is_person:
        raise NotAllowed("Only a colleague offers a shift of theirs.", possible="They do so in the browser.")


def check_answer(user: User, swap: Swap) -> None:
    check_belongs(user, swap.team_id)
    if user.pk != swap.offered_to_id:
        raise NotAllowed(f"This was offered to {swap.offered_to.display_name}.", possible=f"{swap.offered_to.display_name} answers it.")


def check_withdraw(user: User, swap: Swap) -> None:
    check_belongs(user, swap.team_id)
    if user.pk != swap.offered_by_id and not user.is_lead_of(swap.team_id):
        raise NotAllowed("Only who offered it, or a lead, withdraws a swap.", possible=f"Ask {swap.offered_by.display_name}.")


def check_decide(user: User, team_id: int) -> None:
    check_lead(user, team_id)


def may_answer(user: User, swap: Swap) -> bool:
    return swap.state == State.OFFERED and allowed(check_answer, user, swap)


def may_withdraw(user: User, swap: Swap) -> bool:
    return swap.is_open and allowed(check_withdraw, user, swap)


def may_decide(user: User, swap: Swap) -> bool:
    return swap.state == State.AGREED and allowed(check_decide, user, swap.team_id)
