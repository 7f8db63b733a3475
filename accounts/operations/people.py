"""Colleagues and their places in teams. Ending a place is not here: it first hands over what the colleague holds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.http import int_to_base36

from accounts import permissions
from accounts.events import Event
from accounts.models import JobRole, Kind, Level, Membership, Preference, User
from accounts.operations.saving import save
from audit import operations as audit
from common.errors import Invalid, Refusal


@transaction.atomic
def add_person(*, email: str, display_name: str, password: str | None = None, is_administrator: bool = False, by: User | None, at: datetime) -> User:
    """Make an account. Without a password nobody can sign in to it until they follow a reset link."""
    person = User(email=email.strip().lower(), display_name=display_name, kind=Kind.PERSON, is_administrator=is_administrator, created_at=at)
    person.set_password(password)
    save(person)
    audit.record(Event.PERSON_ADDED, actor=by, subject=person, team_id=None, at=at, data={"administrator": is_administrator})
    return person


@transaction.atomic
def add_colleague(
    *,
    team_id: int,
    email: str,
    display_name: str,
    level: str = Level.MEMBER,
    job_role_ids: Iterable[int] = (),
    password: str | None = None,
    by: User | None,
    at: datetime,
) -> Membership:
    """Give the person with this address, who is made where there is none, a place in the team. Pages invite instead."""
    if by is not None:
        permissions.check_manage_memberships(by, team_id)
    person = User.objects.with_email(email).first()
    if person is None:
        person = add_person(email=email, display_name=display_name, password=password, by=by, at=at)
    return start_membership(team_id=team_id, person=person, level=level, job_role_ids=job_role_ids, by=by, at=at)


def start_membership(*, team_id: int, person: User, level: str, job_role_ids: Iterable[int], by: User | None, at: datetime) -> Membership:
    """The place itself. Who may give it was decided by the caller: a lead, or an invitation."""
    if not person.is_person or not person.is_active:
        raise Refusal("Only an active colleague can join a team.")
    membership = Membership(team_id=team_id, user=person, level=level, started_at=at)
    save(membership)
    roles = roles_of(team_id, job_role_ids)
    membership.job_roles.set(roles)
    data = {"user": person.pk, "level": str(level), "job_roles": sorted(role.pk for role in roles)}
    audit.record(Event.MEMBERSHIP_STARTED, actor=by, subject=membership, team_id=team_id, at=at, data=data)
    return membership


@transaction.atomic
def change_membership(*, membership_id: int, level: str, job_role_ids: Iterable[int], by: User, at: datetime) -> Membership:
    """Set level and job roles. A lead cannot leave the team without any lead; an administrator can."""
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    permissions.check_manage_memberships(by, membership.team_id)
    if membership.ended_at is not None:
        raise Refusal("This colleague has left the team.")
    others = Membership.objects.leads().filter(team_id=membership.team_id).exclude(pk=membership.pk)
    if membership.is_lead and level != Level.LEAD and not by.is_administrator and not others.exists():
        raise Refusal("The team would have no lead.", possible="Make a colleague a lead first.", field="level")
    roles = roles_of(membership.team_id, job_role_ids)
    data: dict[str, Any] = {
        "user": membership.user_id,
        "from": {"level": membership.level, "job_roles": sorted(membership.job_roles.values_list("pk", flat=True))},
        "to": {"level": str(level), "job_roles": sorted(role.pk for role in roles)},
    }
    membership.level = level
    save(membership, fields=["level"])
    membership.job_roles.set(roles)
    audit.record(Event.MEMBERSHIP_CHANGED, actor=by, subject=membership, team_id=membership.team_id, at=at, data=data)
    return membership


def roles_of(team_id: int, job_role_ids: Iterable[int]) -> list[JobRole]:
    """The team's own job roles with these ids; a foreign one is refused as one that is not there."""
    wanted = set(job_role_ids)
    roles = list(JobRole.objects.filter(team_id=team_id, pk__in=wanted))
    if len(roles) != len(wanted):
        raise Invalid("The team has no such job role.", field="job_roles")
    return roles


@transaction.atomic
def rename_person(*, user_id: int, display_name: str, by: User, at: datetime) -> User:
    """Everybody names themselves; an administrator may correct anybody's name."""
    if by.pk != user_id:
        permissions.check_administrator(by)
    person: User = User.objects.select_for_update().get(pk=user_id)
    person.display_name = display_name
    save(person, fields=["display_name"])
    audit.record(Event.PERSON_RENAMED, actor=by, subject=person, team_id=None, at=at, data={})
    return person


@transaction.atomic
def set_administrator(*, user_id: int, is_administrator: bool, by: User | None, at: datetime) -> User:
    """Make somebody an administrator, or no longer one. Nobody takes it from themselves, so one is always left."""
    if by is not None:
        permissions.check_administrator(by)
    person: User = User.objects.select_for_update().get(pk=user_id)
    if not person.is_person or not person.is_active:
        raise Refusal("Only an active colleague can be an administrator.")
    if by is not None and person.pk == by.pk and not is_administrator:
        raise Refusal("You cannot take this from yourself.", possible="Another administrator can.")
    person.is_administrator = is_administrator
    person.save(update_fields=["is_administrator"])
    audit.record(Event.ADMINISTRATOR_SET, actor=by, subject=person, team_id=None, at=at, data={"administrator": is_administrator})
    return person


@transaction.atomic
def set_preference(*, by: User, at: datetime, **choices: Any) -> Preference:
    """Keep what a person chose for themselves. ``choices`` are fields of ``Preference``; what is not named stays."""
    preference, _ = Preference.objects.select_for_update().get_or_create(user=by)
    for name, value in choices.items():
        setattr(preference, name, value)
    save(preference)
    audit.record(Event.PREFERENCE_SET, actor=by, subject=by, team_id=None, at=at, data={"set": sorted(choices)})
    return preference


@transaction.atomic
def make_reset_link(*, user_id: int, by: User | None, at: datetime) -> str:
    """The path of a page where the person chooses a new password and is then signed in. It works once, for a day.

    ``by`` is ``None`` on the command line, where whoever types is trusted already.
    """
    person = User.objects.get(pk=user_id)
    if by is not None:
        permissions.check_make_reset_link(by, person)
    elif not person.is_person or not person.is_active:
        raise Refusal("Only an active colleague can have a new password.")
    audit.record(Event.RESET_LINK_MADE, actor=by, subject=person, team_id=None, at=at, data={})
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": int_to_base36(person.pk), "key": key})
