"""Who may do what with people, teams and the ways in. ``check_`` refuses with a sentence, ``may_`` asks."""

from accounts.models import User
from common.errors import NotAllowed
from common.permissions import allowed


def check_belongs(user: User, team_id: int) -> None:
    """To see or do anything in a team one belongs to it now; an administrator belongs everywhere."""
    if not user.belongs_to(team_id):
        raise NotAllowed("You do not belong to this team.", possible="A lead of the team can invite you.")


def may_belong(user: User, team_id: int) -> bool:
    return allowed(check_belongs, user, team_id)


def check_lead(user: User, team_id: int) -> None:
    """What a lead decides, an administrator may decide too."""
    check_belongs(user, team_id)
    if not user.is_lead_of(team_id):
        raise NotAllowed("Only a lead of the team may do this.", possible="Ask a lead of your team.")


def may_lead(user: User, team_id: int) -> bool:
    return allowed(check_lead, user, team_id)


def check_administrator(user: User) -> None:
    if not (user.is_administrator and user.is_active and user.is_person):
        raise NotAllowed("Only an administrator may do this.", possible="Ask an administrator.")


def may_administer(user: User) -> bool:
    return allowed(check_administrator, user)


def check_manage_memberships(user: User, team_id: int) -> None:
    """Invite colleagues, set levels and job roles."""
    check_lead(user, team_id)


def may_manage_memberships(user: User, team_id: int) -> bool:
    return allowed(check_manage_memberships, user, team_id)


def check_manage_integrations(user: User) -> None:
    check_administrator(user)


def may_manage_integrations(user: User) -> bool:
    return allowed(check_manage_integrations, user)


def check_enrol_devices(user: User, team_id: int) -> None:
    check_lead(user, team_id)


def may_enrol_devices(user: User, team_id: int) -> bool:
    return allowed(check_enrol_devices, user, team_id)


def check_make_reset_link(user: User, person: User) -> None:
    """A reset link is a way into the account, so it may not lead further than the maker's own rights reach.

    A lead makes one for a colleague all of whose teams they lead; for everybody else an administrator does.
    """
    if not person.is_person or not person.is_active:
        raise NotAllowed("Only an active colleague can have a new password.")
    if user.is_administrator and user.is_active:
        return
    if person.is_administrator:
        raise NotAllowed("Only an administrator may make a link for an administrator.", possible="Ask an administrator.")
    theirs = person.levels()
    if not theirs or not all(user.is_lead_of(team_id) for team_id in theirs):
        raise NotAllowed("You may make a link only for colleagues all of whose teams you lead.", possible="Ask an administrator.")


def may_make_reset_link(user: User, person: User) -> bool:
    return allowed(check_make_reset_link, user, person)
