"""Adopt parts of a starter set: services, steps, points and agreements, as if a lead had typed them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts import operations as accounts
from accounts.models import JobRole, Team, User
from audit import operations as audit
from common.errors import Invalid
from handover.agreements import operations as agreements
from handover.agreements.operations import Asked, Terms
from handover.catalog import operations as catalog
from handover.catalog import permissions
from handover.catalog.models import Service
from handover.catalog.words import StepWords
from handover.events import Event
from handover.starters.queries import there_already
from handover.starters.sets import SETS
from handover.starters.words import Deal, StarterService, StarterSet


@dataclass(frozen=True)
class Adopted:
    """What one press made, and what the team had already."""

    made: tuple[Service, ...]
    had: tuple[str, ...]


@transaction.atomic
def adopt(*, team: Team, by: User, at: datetime, starter: str, services: Collection[str] | None = None) -> Adopted:
    """Make the chosen services of a set (``None``: all of them) with their steps, points and agreements, in force at once because a lead decides.

    What the team has already is left as it is, whether adopted before (whatever it is called by now) or of the same name: twice doubles
    nothing. Job roles that the steps name are added to the team; nobody has them yet, so the agreements let anybody of the team receive.
    """
    permissions.check_decide(by, team.pk)
    chosen = _chosen(starter, services)
    Team.objects.select_for_update().get(pk=team.pk)  # so that two who adopt at once do not both
    had = there_already(team, chosen, starter=starter)
    wanted = [one for one in chosen if one.key not in had]
    roles = _roles(team, wanted, by=by, at=at)
    made = tuple(_make(team, starter, one, roles, by=by, at=at) for one in wanted)
    if made:
        data = {"set": starter, "services": [service.pk for service in made], "parts": [one.key for one in wanted]}
        audit.record(Event.STARTER_ADOPTED, actor=by, subject=team, team_id=team.pk, at=at, data=data)
    return Adopted(made, tuple(one.name for one in chosen if one.key in had))


def _chosen(starter: str, services: Collection[str] | None) -> list[StarterService]:
    found = SETS.get(starter)
    if found is None:
        raise Invalid("There is no such starter set.", possible=f"Choose one of: {', '.join(SETS)}.", field="starter")
    chosen = [one for one in found.services if services is None or one.key in services]
    if not chosen or (services is not None and len(set(services)) != len(chosen)):
        raise Invalid("Choose at least one part of the set.", possible=f"Its parts: {_parts(found)}.", field="services")
    return chosen


def _parts(starter: StarterSet) -> str:
    return ", ".join(one.key for one in starter.services)


def _roles(team: Team, services: Iterable[StarterService], *, by: User, at: datetime) -> dict[str, int]:
    """Ids of the job roles that the steps name, by their names in lower case; those that are missing are added."""
    there = {role.name.lower(): role.pk for role in JobRole.objects.filter(team=team)}
    for name in dict.fromkeys(name for one in services for name in one.roles):
        if name.lower() not in there:
            there[name.lower()] = accounts.add_job_role(team_id=team.pk, name=name, by=by, at=at).pk
    return there


def _make(team: Team, starter: str, one: StarterService, roles: dict[str, int], *, by: User, at: datetime) -> Service:
    steps = [
        StepWords(
            part.name,
            part.done_by,
            point=bool(part.point),
            point_name=part.point,
            information=part.information,
            role_ids=[roles[name.lower()] for name in part.roles],
        )
        for part in one.parts
    ]
    service = catalog.add_service(
        team=team,
        by=by,
        at=at,
        name=one.name,
        relies_on_teamwork=one.relies,
        description=one.description,
        procedure=one.procedure,
        steps=steps,
        systems=one.systems,
        starter=f"{starter}/{one.key}",
    )
    points = {point.after_step.position: point for point in service.handover_points.select_related("after_step", "service__team") if point.after_step}
    for position, part in enumerate(one.parts, start=1):
        for deal in part.deals:
            agreements.make(point=points[position], by=by, at=at, applies=deal.applies, terms=terms_of(deal))
    return service


def terms_of(deal: Deal) -> Terms:
    return Terms(
        trigger=deal.trigger,
        channel=deal.channel,
        warm=deal.warm,
        check_rule=deal.check,
        check_minutes=deal.minutes,
        accept_within={str(urgency): minutes for urgency, minutes in deal.within},
        read_back=[str(urgency) for urgency in deal.read_back],
        required=[Asked(ask.question, ask.hint, ask.routine, ask.soon, ask.urgent) for ask in deal.asks],
    )
