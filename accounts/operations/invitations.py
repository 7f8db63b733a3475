"""How a colleague joins a team: a place, offered to an e-mail address, behind an address that works once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from accounts import permissions
from accounts.events import Event
from accounts.keys import digest_of, new_key
from accounts.models import Invitation, Level, Membership, User
from accounts.operations.ending import reactivate
from accounts.operations.people import add_person, roles_of, start_membership
from accounts.operations.saving import save
from audit import operations as audit
from common.errors import Invalid, NotAllowed, Refusal

LASTS = timedelta(days=14)


@transaction.atomic
def invite(
    *,
    team_id: int,
    email: str,
    display_name: str,
    level: str = Level.MEMBER,
    job_role_ids: Iterable[int] = (),
    by: User,
    at: datetime,
) -> tuple[Invitation, str]:
    """Offer a place; return it with the path of its page, which is known only now.

    Inviting the same address again withdraws the earlier invitation, so that one path at most works.
    """
    permissions.check_manage_memberships(by, team_id)
    email = email.strip().lower()
    if Membership.objects.current().filter(team_id=team_id, user__email=email).exists():
        raise Invalid("This colleague is in the team already.", field="email")
    roles = roles_of(team_id, job_role_ids)
    for earlier in Invitation.objects.select_for_update().filter(team_id=team_id, email=email, accepted_at=None, withdrawn_at=None):
        _withdraw(earlier, by=by, at=at)
    key = new_key()
    invitation = Invitation(
        team_id=team_id,
        email=email,
        display_name=display_name,
        level=level,
        digest=digest_of(key),
        invited_by=by,
        created_at=at,
        expires_at=at + LASTS,
    )
    save(invitation)
    invitation.job_roles.set(roles)
    audit.record(Event.INVITED, actor=by, subject=invitation, team_id=team_id, at=at, data={"level": str(level)})
    return invitation, reverse("accounts:invitation", kwargs={"key": key})


@transaction.atomic
def withdraw_invitation(*, invitation_id: int, by: User, at: datetime) -> Invitation:
    """Make its path useless. Twice is harmless."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    permissions.check_manage_memberships(by, invitation.team_id)
    if invitation.accepted_at is not None:
        raise Refusal("This invitation was accepted already.")
    if invitation.withdrawn_at is None:
        _withdraw(invitation, by=by, at=at)
    return invitation


def _account(invitation: Invitation, *, display_name: str, password: str, at: datetime) -> User:
    """A new account for the invited address; one that was closed is opened again where an administrator invited."""
    there: User | None = User.objects.with_email(invitation.email).select_for_update().first()
    if there is None:
        return add_person(email=invitation.email, display_name=display_name, password=password, by=None, at=at)
    if there.is_active or not there.is_person:
        raise NotAllowed("There is an account with this e-mail address.", possible="Sign in, then open the invitation again.")
    if not permissions.may_administer(invitation.invited_by):
        raise NotAllowed("The account with this e-mail address was closed.", possible="Ask an administrator to invite you.")
    there.display_name = display_name or there.display_name
    there.set_password(password)
    there.save(update_fields=["display_name", "password"])
    reactivate(there, by=there, at=at)
    return there


def _withdraw(invitation: Invitation, *, by: User, at: datetime) -> None:
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    audit.record(Event.INVITATION_WITHDRAWN, actor=by, subject=invitation, team_id=invitation.team_id, at=at, data={})


@transaction.atomic
def accept_invitation(*, key: str, by: User | None, display_name: str = "", password: str = "", at: datetime) -> Membership:
    """Take the place: as ``by`` where somebody is signed in, else as a new colleague with this name and password.

    The place is for the invited address only. Whoever has an account with it signs in first.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).open(at).filter(digest=digest_of(key)).first()
    if invitation is None:
        raise Refusal("This invitation was used, was withdrawn or has run out.", possible="Ask a lead of the team for a new one.")
    if by is None:
        by = _account(invitation, display_name=display_name, password=password, at=at)
    elif (by.email or "").lower() != invitation.email.lower():
        raise NotAllowed("This invitation is for another e-mail address.", possible="Sign out, then open the invitation again.")
    place = Membership.objects.current().filter(team_id=invitation.team_id, user=by).first()
    if place is None:
        roles = list(invitation.job_roles.values_list("pk", flat=True))
        place = start_membership(team_id=invitation.team_id, person=by, level=invitation.level, job_role_ids=roles, by=by, at=at)
    invitation.accepted_at, invitation.accepted_by = at, by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    data = {"user": by.pk, "membership": place.pk}
    audit.record(Event.INVITATION_ACCEPTED, actor=by, subject=invitation, team_id=invitation.team_id, at=at, data=data)
    return place
