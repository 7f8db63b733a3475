"""Writes to services, their steps and handover points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase

from django.db import transaction
from django.db.models import Max

from accounts.models import Team, User
from audit import operations as audit
from common.errors import Invalid
from handover.catalog import permissions
from handover.catalog.models import HandoverPoint, Service, Step
from handover.events import Event


@dataclass(frozen=True)
class StepWords:
    """One step as it was typed. ``point``: information changes hands after it, ``point_name`` from whom to whom.

    ``id`` is the step that it was before a change; ``None`` for a new one.
    """

    name: str
    done_by: str = ""
    point: bool = False
    point_name: str = ""
    id: int | None = None


@transaction.atomic
def add_service(
    *, team: Team, by: User, at: datetime, name: str, relies_on_teamwork: bool = True, description: str = "", steps: Sequence[StepWords] = ()
) -> Service:
    """A service, after those there are, with its steps in order; a letter (A, B …) for each handover point."""
    permissions.check_decide(by, team.pk)
    _check_name(team, name)
    _check_teamwork(relies_on_teamwork, steps)
    last = Service.objects.filter(team=team).aggregate(position=Max("position"))["position"] or 0
    plain = {"name": name, "relies_on_teamwork": relies_on_teamwork, "description": description, "position": last + 1}
    service = Service.objects.create(team=team, **plain)
    ids = _write_steps(service, steps)
    audit.record(Event.SERVICE_ADDED, actor=by, subject=service, team_id=team.pk, at=at, data={"steps": ids})
    return service


@transaction.atomic
def change_service(*, service: Service, by: User, at: datetime, name: str, relies_on_teamwork: bool, description: str, steps: Sequence[StepWords]) -> Service:
    """Write a service anew, in the order of ``steps``. A step left out is removed, unless there is an agreement after it."""
    permissions.check_decide(by, service.team_id)
    service = Service.objects.select_for_update(of=("self",)).select_related("team").get(pk=service.pk)
    _check_name(service.team, name, but=service)
    _check_teamwork(relies_on_teamwork, steps)
    service.name, service.relies_on_teamwork, service.description = name, relies_on_teamwork, description
    service.save(update_fields=["name", "relies_on_teamwork", "description"])
    ids = _write_steps(service, steps)
    audit.record(Event.SERVICE_CHANGED, actor=by, subject=service, team_id=service.team_id, at=at, data={"steps": ids})
    return service


def _check_name(team: Team, name: str, but: Service | None = None) -> None:
    same = Service.objects.filter(team=team, name__iexact=name)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Invalid("The team has a service of this name already.", possible="Choose another name, or change that one.", field="name")


def _check_teamwork(relies_on_teamwork: bool, steps: Sequence[StepWords]) -> None:
    if not relies_on_teamwork and any(word.point for word in steps):
        sentence = "A service in which information changes hands relies on teamwork."
        raise Invalid(sentence, possible="Tick it, or take the handover points out.", field="relies_on_teamwork")


def _write_steps(service: Service, words: Sequence[StepWords]) -> list[int]:
    """Steps keep their rows by id, so that points and agreements keep what they refer to; return the ids in order."""
    there = {step.pk: step for step in service.steps.all()}
    if any(word.id is not None and word.id not in there for word in words):
        raise Invalid("A step that you changed is not there any more.", possible="Open the page again: somebody else changed this service meanwhile.")
    for gone in there.keys() - {word.id for word in words}:
        _remove(there[gone])
    ids = []
    for position, word in enumerate(words, start=1):
        step = there[word.id] if word.id else Step(service=service)
        step.position, step.name, step.done_by = position, word.name, word.done_by
        step.save()
        _write_point(service, step, word)
        ids.append(step.pk)
    return ids


def _remove(step: Step) -> None:
    for point in step.handover_points.all():
        if point.agreements.exists():
            raise Invalid(f"“{step.name}” has an agreement after it.", possible="Keep the step, or rename it.")
        point.delete()
    step.delete()


def _write_point(service: Service, step: Step, word: StepWords) -> None:
    point = step.handover_points.first()
    if point is None:
        if word.point:
            name = word.point_name or f"After “{step.name}”"[:120]
            HandoverPoint.objects.create(service=service, after_step=step, letter=_free_letter(service), name=name)
    elif word.point:
        point.name = word.point_name or point.name
        point.save(update_fields=["name"])
    else:
        if point.agreements.exists():
            raise Invalid(f"Handover point {point.letter} has an agreement.", possible="Keep it: what was agreed stays readable.")
        point.delete()


def _free_letter(service: Service) -> str:
    taken = set(service.handover_points.values_list("letter", flat=True))
    letter = next((one for one in ascii_uppercase if one not in taken), None)
    if letter is None:
        raise Invalid("A service has at most 26 handover points.")
    return letter
