"""Writes to services, their steps and handover points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase

from django.db import transaction

from accounts.models import Team, User
from audit import operations as audit
from common.errors import Invalid
from handover.catalog import permissions
from handover.catalog.models import HandoverPoint, Service, Step
from handover.events import Event


@dataclass(frozen=True)
class StepWords:
    """One step as it was typed. ``point``: information changes hands after it."""

    name: str
    done_by: str = ""
    point: bool = False


@transaction.atomic
def add_service(
    *, team: Team, by: User, at: datetime, name: str, relies_on_teamwork: bool = True, description: str = "", steps: Sequence[StepWords] = ()
) -> Service:
    """A service with its steps in order; a letter (A, B …) for each handover point."""
    permissions.check_decide(by, team.pk)
    _check_name(team, name)
    service = Service.objects.create(team=team, name=name, relies_on_teamwork=relies_on_teamwork, description=description)
    _write_steps(service, steps)
    audit.record(Event.SERVICE_ADDED, actor=by, subject=service, team_id=team.pk, at=at, data={"steps": len(steps)})
    return service


@transaction.atomic
def change_service(*, service: Service, by: User, at: datetime, name: str, relies_on_teamwork: bool, description: str, steps: Sequence[StepWords]) -> Service:
    """Write a service anew. A handover point that has an agreement stays, with the step before it."""
    permissions.check_decide(by, service.team_id)
    _check_name(service.team, name, but=service)
    service.name, service.relies_on_teamwork, service.description = name, relies_on_teamwork, description
    service.save(update_fields=["name", "relies_on_teamwork", "description"])
    _write_steps(service, steps)
    audit.record(Event.SERVICE_CHANGED, actor=by, subject=service, team_id=service.team_id, at=at, data={"steps": len(steps)})
    return service


def _check_name(team: Team, name: str, but: Service | None = None) -> None:
    same = Service.objects.filter(team=team, name__iexact=name)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Invalid("The team has a service of this name already.", possible="Choose another name, or change that one.", field="name")


def _write_steps(service: Service, words: Sequence[StepWords]) -> None:
    """Steps keep their rows by position, so that points and agreements keep what they refer to."""
    there = list(service.steps.order_by("position"))
    for position, word in enumerate(words, start=1):
        step = there[position - 1] if position <= len(there) else Step(service=service)
        step.position, step.name, step.done_by = position, word.name, word.done_by
        step.save()
        _write_point(service, step, word.point)
    for step in there[len(words) :]:
        _write_point(service, step, False)
        if step.handover_points.exists():
            raise Invalid(f"“{step.name}” has an agreement after it.", possible="Keep the step, or rename it.")
        step.delete()


def _write_point(service: Service, step: Step, wanted: bool) -> None:
    point = step.handover_points.first()
    if wanted and point is None:
        taken = set(service.handover_points.values_list("letter", flat=True))
        letter = next((one for one in ascii_uppercase if one not in taken), None)
        if letter is None:
            raise Invalid("A service has at most 26 handover points.")
        HandoverPoint.objects.create(service=service, after_step=step, letter=letter, name=f"After “{step.name}”"[:120])
    elif not wanted and point is not None:
        if point.agreements.exists():
            raise Invalid(f"Handover point {point.letter} has an agreement.", possible="Keep it: what was agreed stays readable.")
        point.delete()
