"""Writes the parts of a (locked) service: its steps with their handover points, the systems used, who is involved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from string import ascii_uppercase

from accounts.models import JobRole, Team
from common.errors import Invalid
from handover.catalog.models import HandoverPoint, Service, ServiceSystem, Step
from handover.catalog.words import StepWords, SystemWords


def write_steps(service: Service, words: Sequence[StepWords]) -> list[int]:
    """Steps keep their rows by id, so that points and agreements keep what they refer to; return the ids in order."""
    there = {step.pk: step for step in service.steps.all()}
    if any(word.id is not None and word.id not in there for word in words):
        raise Invalid("A step that you changed is not there any more.", possible="Open the page again: somebody else changed this service meanwhile.")
    for gone in there.keys() - {word.id for word in words}:
        _remove(there[gone])
    ids = []
    for position, word in enumerate(words, start=1):
        step = there[word.id] if word.id else Step(service=service)
        step.position, step.name, step.done_by, step.team_id = position, word.name, word.done_by, word.team_id
        step.save()
        if word.id:
            step.job_roles.set(word.role_ids)
        elif word.role_ids:
            step.job_roles.add(*word.role_ids)
        _write_point(service, step, word)
        ids.append(step.pk)
    return ids


def write_systems(service: Service, words: Sequence[SystemWords]) -> None:
    service.systems.all().delete()
    ServiceSystem.objects.bulk_create(
        ServiceSystem(service=service, position=position, name=word.name, address=word.address) for position, word in enumerate(words, start=1)
    )


def write_involved(service: Service, *, team_ids: Collection[int], role_ids: Collection[int]) -> None:
    service.teams.set(set(team_ids) - {service.team_id})
    service.job_roles.set(role_ids)


def check_involved(team: Team, steps: Sequence[StepWords], *, team_ids: Collection[int], role_ids: Collection[int]) -> None:
    """Teams are teams of the organisation; job roles are of this team or of one that is involved."""
    named = {*team_ids, *(word.team_id for word in steps if word.team_id)}
    if named and Team.objects.filter(pk__in=named, source="").count() != len(named):
        raise Invalid("One of the teams is not there any more.", possible="Open the page again.", field="teams")
    roles = {*role_ids, *(role_id for word in steps for role_id in word.role_ids)}
    if roles and JobRole.objects.filter(pk__in=roles, team__in={team.pk, *named}).count() != len(roles):
        raise Invalid("A job role belongs to a team that is not involved.", possible="Tick that team, or choose other job roles.", field="job_roles")


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
            HandoverPoint.objects.create(service=service, after_step=step, letter=_free_letter(service), name=name, information=word.information)
    elif word.point:
        point.name, point.information = word.point_name or point.name, word.information
        point.save(update_fields=["name", "information"])
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
