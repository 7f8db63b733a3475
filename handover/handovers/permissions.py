"""Who may do what with an item on offer."""

from __future__ import annotations

from accounts.models import User
from common.errors import NotAllowed, TakenByAnother
from common.permissions import allowed
from handover.actions import permissions as action_permissions
from handover.actions.models import Action
from handover.actions.permissions import check_hold, check_member
from handover.handovers.models import Item
from handover.handovers.states import State
from handover.shifts import eligibility
from handover.shifts.eligibility import Wanted


def check_offer(user: User, action: Action) -> None:
    """The responsible colleague offers; an integration offers what it created."""
    if user.is_integration:
        check_member(user, action.team_id)
        if action.created_by_id != user.pk:
            raise NotAllowed("An integration offers only what it created.", possible="The responsible colleague can offer it.")
        return
    action_permissions.check_responsible(user, action)


def check_receiver(want: Wanted, *, giver_id: int, receiver: User) -> None:
    """Raise ``NotAllowed`` with every reason why ``receiver`` may not take it."""
    if receiver.pk == giver_id:
        raise NotAllowed("You cannot hand over to yourself.", possible="Choose a colleague.", field="receiver")
    reasons = eligibility.reasons_against(eligibility.membership_of(receiver.pk, want.team_id, want.at), want, giver_id=giver_id)
    if reasons:
        raise NotAllowed(
            f"{receiver.display_name} cannot take this. {' '.join(reasons)}",
            possible="Choose somebody who can, or have a lead go past this with a reason.",
            field="receiver",
        )


def check_go_past(user: User, team_id: int, *, colleague_may: bool) -> None:
    """The soft gate: a lead, or where the agreement allows the colleague, goes past a rule with a reason."""
    if not (colleague_may or user.is_lead_of(team_id)):
        raise NotAllowed(
            "Only a lead goes past this rule with a reason.", possible="Ask a lead, or choose a colleague who can take it.", field="override_reason"
        )


def check_answer_offer(user: User, item: Item, want: Wanted) -> None:
    """Accept, decline and ask are for whom it was offered to: the colleague named, or anybody eligible on the receiving shift."""
    if user.pk == item.giver_id:
        raise NotAllowed("You cannot accept what you are handing over yourself.", possible="Withdraw the offer if it should stay with you.")
    if not user.is_person:
        raise NotAllowed("Only a colleague takes over an action.", possible="A colleague accepts it in the browser.")
    if item.accepted_by is not None and item.state != State.DECLINED:
        raise TakenByAnother(f"{item.accepted_by.display_name} has it already.", possible="Nothing is left for you to do here.", holder=item.accepted_by_id)
    if item.receiver is not None and item.receiver.pk != user.pk:
        raise NotAllowed(f"This was offered to {item.receiver.display_name}.", possible="They can decline it, or the giver can offer it to you.")
    reasons = eligibility.reasons_against(eligibility.membership_of(user.pk, item.to_team_id, want.at), want, giver_id=item.giver_id)
    if reasons:
        raise NotAllowed(f"You cannot take this. {' '.join(reasons)}", possible="A lead can go past this by offering it to you with a reason.")


def check_withdraw(user: User, item: Item) -> None:
    """The giver or who offered it in their name; a lead with a reason."""
    if user.pk in (item.giver_id, item.offered_by_id):
        check_member(user, item.from_team_id)
        return
    check_withdraw_others(user, item)


def check_withdraw_others(user: User, item: Item) -> None:
    check_member(user, item.from_team_id)
    if not user.is_lead_of(item.from_team_id):
        raise NotAllowed("Only the giver or a lead withdraws an offer.", possible="Ask one of them.")


def check_giver(user: User, item: Item) -> None:
    """What only the colleague who passed it on does, or who does that since they left: confirm the read-back, press *Seen*, take back."""
    if user.pk != item.sees_through_id or not user.is_active:
        name = item.watcher.display_name if item.watcher else item.giver.display_name
        raise NotAllowed(f"{item.giver.display_name} handed this over.", possible=f"{name} can do this.")


def check_take_back(user: User, item: Item) -> None:
    check_giver(user, item)
    check_hold(user, item.from_team_id)


def may_take_back(user: User, item: Item) -> bool:
    return item.state == State.ACCEPTED and allowed(check_take_back, user, item)


def may_withdraw(user: User, item: Item) -> bool:
    return item.is_on_offer and allowed(check_withdraw, user, item)


def may_see_through(user: User, item: Item) -> bool:
    return item.state == State.ENDED and item.seen_through_at is None and allowed(check_giver, user, item)
