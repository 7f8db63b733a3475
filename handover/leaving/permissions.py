"""Who may say that somebody goes."""

from __future__ import annotations

from accounts import permissions as accounts
from accounts.models import Membership, User
from common.errors import NotAllowed
from common.permissions import allowed


def check_see(user: User, place: Membership) -> None:
    """What somebody leaves behind is seen by themselves, the team's leads and administrators."""
    if user.pk == place.user_id and user.is_active:
        return
    accounts.check_lead(user, place.team_id)


def may_see(user: User, place: Membership) -> bool:
    return allowed(check_see, user, place)


def check_go(user: User, place: Membership) -> None:
    """Going home in mid-shift is said by whoever goes, or for them by a lead."""
    if user.pk == place.user_id and user.belongs_to_as_member(place.team_id):
        return
    accounts.check_lead(user, place.team_id)


def check_end(user: User, place: Membership) -> None:
    """A place in a team is ended by its leads and by administrators."""
    accounts.check_manage_memberships(user, place.team_id)


def may_end(user: User, place: Membership) -> bool:
    return allowed(check_end, user, place)


def check_close_account(user: User, person: User) -> None:
    accounts.check_administrator(user)
    if user.pk == person.pk:
        raise NotAllowed("You cannot close your own account.", possible="Another administrator can. Make a colleague an administrator first.")


def may_close_account(user: User, person: User) -> bool:
    return allowed(check_close_account, user, person)
