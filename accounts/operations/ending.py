"""Ending a place in a team, and an account. Only ``handover.leaving`` calls these: it first hands over what the colleague holds.

(A test looks that nothing else does, and the database refuses to end what still holds something.)
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction

from accounts import permissions
from accounts.events import Event
from accounts.models import Membership, User
from audit import operations as audit
from common.errors import Refusal


def lock_membership(membership_id: int) -> Membership:
    """The place, locked against everybody who would give its colleague something meanwhile. The last lock: after all actions."""
    return Membership.objects.select_for_update(of=("self",)).select_related("user", "team").get(pk=membership_id)


def check_a_lead_stays(place: Membership) -> None:
    """Raise ``Refusal`` where the team would be left without any lead."""
    others = Membership.objects.leads().filter(team_id=place.team_id).exclude(pk=place.pk)
    if place.is_lead and not others.exists():
        raise Refusal(f"{place.user.display_name} is the team’s only lead.", possible="Make another colleague a lead first.")


@transaction.atomic
def end_membership(*, membership_id: int, by: User, at: datetime, data: Mapping[str, Any] | None = None) -> Membership:
    """The place ends and stays in history; whoever is invited again gets a new one. Ending it twice changes nothing."""
    place = lock_membership(membership_id)
    permissions.check_manage_memberships(by, place.team_id)
    if place.ended_at is not None:
        return place
    check_a_lead_stays(place)
    place.ended_at = at
    place.save(update_fields=["ended_at"])
    audit.record(Event.MEMBERSHIP_ENDED, actor=by, subject=place, team_id=place.team_id, at=at, data={"user": place.user_id, **(data or {})})
    return place


@transaction.atomic
def deactivate_person(*, person_id: int, by: User, at: datetime) -> User:
    """Nobody signs in to this account any more: sessions end and the password goes. It has left every team before.

    Nobody does this to themselves, so that one administrator is always left. Twice is harmless.
    """
    people = {one.pk: one for one in User.objects.select_for_update().filter(pk__in=[person_id, by.pk]).order_by("pk")}
    person: User = people[person_id]
    permissions.check_administrator(people[by.pk])
    check_deactivate(by, person)
    if not person.is_active:
        return person
    if Membership.objects.current().filter(user=person).exists():
        raise Refusal(f"{person.display_name} is still in a team.", possible="End their places in teams first.")
    was_administrator = person.is_administrator
    person.is_active = person.is_administrator = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "is_administrator", "password"])
    for session in UserSession.objects.filter(user=person):
        session.end()
    audit.record(Event.PERSON_DEACTIVATED, actor=by, subject=person, team_id=None, at=at, data={"administrator": was_administrator})
    return person


def check_deactivate(by: User, person: User) -> None:
    """Raise ``Refusal`` for oneself and for what is no person."""
    if by.pk == person.pk:
        raise Refusal("You cannot close your own account.", possible="Another administrator can. Make a colleague an administrator first.")
    if not person.is_person:
        raise Refusal("Only a colleague’s account is closed here.", possible="End an integration under Integrations.")


def reactivate(person: User, *, by: User | None, at: datetime) -> None:
    """The account is open again, with nothing that it could do before but its name and its history. The caller sets a password."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.record(Event.PERSON_REACTIVATED, actor=by, subject=person, team_id=None, at=at, data={})
