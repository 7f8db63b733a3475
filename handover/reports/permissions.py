"""Who signs a shift report, and who adds to it."""

from __future__ import annotations

from collections.abc import Collection

from accounts.models import User
from common.errors import Invalid, NotAllowed
from common.permissions import allowed
from handover.actions.permissions import check_member
from handover.reports.models import Side

WHICH = {Side.OUTGOING: "this shift", Side.INCOMING: "the incoming shift"}


def check_read(user: User, team_id: int) -> None:
    check_member(user, team_id)


def check_add(user: User, team_id: int) -> None:
    """Everybody of the team adds to a report; it says who did."""
    check_member(user, team_id)
    check_person(user)


def check_person(user: User) -> None:
    if not user.is_person:
        raise NotAllowed("Only a colleague signs a shift report, or adds to one.", possible="A colleague does this in the browser.")


def check_sign(user: User, team_id: int, *, side: str, crew: Collection[int], other_crew: Collection[int], on_behalf_of: int | None, reason: str) -> None:
    """A colleague on the shift signs for it. A lead, or a colleague on the other shift, signs on behalf of one who is absent, with a reason.

    ``crew`` are the ids of the colleagues on the side that signs; where nobody is rostered on it, every colleague of the team may sign.
    """
    check_member(user, team_id)
    check_person(user)
    if on_behalf_of is None and (user.pk in crew or not crew):
        return
    which = WHICH[Side(side)]
    if on_behalf_of is None:
        raise NotAllowed(f"You are not on {which}.", possible="A colleague on it signs, or you sign on behalf of one who is absent.")
    if on_behalf_of == user.pk:
        raise Invalid("You sign for yourself without that.", field="on_behalf_of")
    if on_behalf_of not in crew:
        raise Invalid(f"They are not on {which}.", possible=f"Choose a colleague who is on {which}.", field="on_behalf_of")
    if user.pk not in {*crew, *other_crew} and not user.is_lead_of(team_id):
        raise NotAllowed(f"You are on neither shift, so you cannot sign on behalf of a colleague on {which}.", possible="A lead of the team can.")
    if not reason:
        raise Invalid("Say why you sign on behalf of somebody else.", possible="For example: she went home ill.", field="reason")


def may_decide(user: User, team_id: int) -> bool:
    """Whether a lead's word counts here: they sign on behalf of either side."""
    return user.is_lead_of(team_id)


def may_add(user: User, team_id: int) -> bool:
    return allowed(check_add, user, team_id)
