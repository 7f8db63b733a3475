"""Writes to services, their steps and handover points."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import Team, User
from audit import operations as audit
from common.errors import Invalid
from handover.catalog import permissions
from handover.catalog.models import Service
from handover.catalog.step_operations import check_involved, write_involved, write_steps, write_systems
from handover.catalog.words import StepWords, SystemWords
from handover.events import Event

TICK_IT = "A service in which information changes hands relies on teamwork."


@transaction.atomic
def add_service(
    *,
    team: Team,
    by: User,
    at: datetime,
    name: str,
    relies_on_teamwork: bool = True,
    description: str = "",
    procedure: str = "",
    steps: Sequence[StepWords] = (),
    systems: Sequence[SystemWords] = (),
    team_ids: Collection[int] = (),
    role_ids: Collection[int] = (),
    starter: str = "",
) -> Service:
    """A service, after those there are, with its steps in order; a letter (A, B …) for each handover point.

    ``team_ids`` and ``role_ids``: who is involved beside those that the steps name. ``starter``: the part of a starter set that it is made from.
    """
    permissions.check_decide(by, team.pk)
    _check_name(team, name)
    _check_teamwork(relies_on_teamwork, steps)
    check_involved(team, steps, team_ids=team_ids, role_ids=role_ids)
    last = Service.objects.filter(team=team).aggregate(position=Max("position"))["position"] or 0
    plain = {"name": name, "relies_on_teamwork": relies_on_teamwork, "description": description, "procedure": procedure}
    service = Service.objects.create(team=team, position=last + 1, starter=starter, **plain)
    if team_ids or role_ids:
        write_involved(service, team_ids=team_ids, role_ids=role_ids)
    if systems:
        write_systems(service, systems)
    ids = write_steps(service, steps)
    audit.record(Event.SERVICE_ADDED, actor=by, subject=service, team_id=team.pk, at=at, data={"steps": ids})
    return service


@transaction.atomic
def change_service(
    *,
    service: Service,
    by: User,
    at: datetime,
    name: str,
    relies_on_teamwork: bool,
    description: str,
    steps: Sequence[StepWords],
    procedure: str = "",
    systems: Sequence[SystemWords] = (),
    team_ids: Collection[int] = (),
    role_ids: Collection[int] = (),
) -> Service:
    """Write a service anew, in the order of ``steps``. A step left out is removed, unless there is an agreement after it."""
    permissions.check_decide(by, service.team_id)
    service = _lock(service)
    _check_name(service.team, name, but=service)
    _check_teamwork(relies_on_teamwork, steps)
    check_involved(service.team, steps, team_ids=team_ids, role_ids=role_ids)
    service.name, service.relies_on_teamwork, service.description, service.procedure = name, relies_on_teamwork, description, procedure
    service.save(update_fields=["name", "relies_on_teamwork", "description", "procedure"])
    write_involved(service, team_ids=team_ids, role_ids=role_ids)
    write_systems(service, systems)
    ids = write_steps(service, steps)
    audit.record(Event.SERVICE_CHANGED, actor=by, subject=service, team_id=service.team_id, at=at, data={"steps": ids})
    return service


@transaction.atomic
def mark_teamwork(*, service: Service, by: User, at: datetime, relies: bool) -> Service:
    """Say that a service relies on teamwork, or that it does not any more. Twice is harmless."""
    permissions.check_decide(by, service.team_id)
    service = _lock(service)
    if service.relies_on_teamwork == relies:
        return service
    if not relies and service.handover_points.exists():
        raise Invalid(TICK_IT, possible="Take its handover points out first: where nothing changes hands there is none.")
    service.relies_on_teamwork = relies
    service.save(update_fields=["relies_on_teamwork"])
    audit.record(Event.SERVICE_CHANGED, actor=by, subject=service, team_id=service.team_id, at=at, data={"relies_on_teamwork": relies})
    return service


def _lock(service: Service) -> Service:
    return Service.objects.select_for_update(of=("self",)).select_related("team").get(pk=service.pk)


def _check_name(team: Team, name: str, but: Service | None = None) -> None:
    same = Service.objects.filter(team=team, name__iexact=name)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Invalid("The team has a service of this name already.", possible="Choose another name, or change that one.", field="name")


def _check_teamwork(relies_on_teamwork: bool, steps: Sequence[StepWords]) -> None:
    if not relies_on_teamwork and any(word.point for word in steps):
        raise Invalid(TICK_IT, possible="Tick it, or take the handover points out.", field="relies_on_teamwork")
