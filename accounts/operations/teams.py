"""Teams and their job roles."""

from datetime import datetime

from django.db import transaction

from accounts import permissions
from accounts.events import Event
from accounts.models import JobRole, Team, User
from accounts.operations.saving import save
from audit import operations as audit


@transaction.atomic
def create_team(*, name: str, zone: str = "Europe/London", kind: str = Team.Kind.OTHER, by: User | None, at: datetime) -> Team:
    """Make a team. ``by`` is an administrator; ``None`` where the installation itself makes it (first run, demo, a command)."""
    if by is not None:
        permissions.check_administrator(by)
    team = Team(name=name, zone=zone, kind=kind, created_at=at)
    save(team)
    audit.record(Event.TEAM_CREATED, actor=by, subject=team, team_id=team.pk, at=at, data={"zone": zone, "kind": str(kind)})
    return team


@transaction.atomic
def change_team(*, team_id: int, name: str, zone: str, kind: str, by: User, at: datetime) -> Team:
    permissions.check_administrator(by)
    team = Team.objects.select_for_update().get(pk=team_id)
    before = {"zone": team.zone, "kind": team.kind}
    renamed = team.name != name
    team.name, team.zone, team.kind = name, zone, kind
    save(team, fields=["name", "zone", "kind"])
    data = {"from": before, "to": {"zone": zone, "kind": str(kind)}, "renamed": renamed}
    audit.record(Event.TEAM_CHANGED, actor=by, subject=team, team_id=team.pk, at=at, data=data)
    return team


@transaction.atomic
def add_job_role(*, team_id: int, name: str, by: User | None, at: datetime) -> JobRole:
    if by is not None:
        permissions.check_manage_memberships(by, team_id)
    role = JobRole(team_id=team_id, name=name)
    save(role)
    audit.record(Event.JOB_ROLE_ADDED, actor=by, subject=role, team_id=team_id, at=at, data={})
    return role


@transaction.atomic
def rename_job_role(*, job_role_id: int, name: str, by: User, at: datetime) -> JobRole:
    """The new name holds everywhere, agreements included: they name the role, not the word."""
    role = JobRole.objects.select_for_update().get(pk=job_role_id)
    permissions.check_manage_memberships(by, role.team_id)
    role.name = name
    save(role, fields=["name"])
    audit.record(Event.JOB_ROLE_RENAMED, actor=by, subject=role, team_id=role.team_id, at=at, data={})
    return role
