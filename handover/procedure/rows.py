"""How a team's procedure, and one colleague's part in it, look in answers of the REST API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import Team
from handover.agreements import wording
from handover.agreements.models import AgreementVersion
from handover.procedure.queries import MyPart, PointPart, Procedure


class AgreedLine(serializers.Serializer):
    """One line of what is agreed, in words."""

    label = serializers.CharField()
    during = serializers.ListField(child=serializers.CharField(), help_text="During a shift.")
    between = serializers.ListField(child=serializers.CharField(), help_text="Between shifts.")
    differs = serializers.BooleanField()


class PointOfProcedure(serializers.Serializer):
    """A handover point. No lines: nothing is agreed there."""

    letter = serializers.CharField()
    name = serializers.CharField()
    after_step = serializers.IntegerField(allow_null=True, help_text="The position of the step before it.")
    agreements = serializers.ListField(child=serializers.CharField(), help_text="References of what is in force there.")
    agreed = AgreedLine(many=True)


class StepOfProcedure(serializers.Serializer):
    position = serializers.IntegerField()
    name = serializers.CharField()
    done_by = serializers.CharField(allow_blank=True)
    job_roles = serializers.ListField(child=serializers.CharField())


class SystemOfProcedure(serializers.Serializer):
    name = serializers.CharField()
    address = serializers.CharField(allow_blank=True)


class ServiceOfProcedure(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    procedure = serializers.CharField(allow_blank=True)
    systems = SystemOfProcedure(many=True)
    steps = StepOfProcedure(many=True)
    handover_points = PointOfProcedure(many=True)
    policies = serializers.ListField(child=serializers.CharField(), help_text="References of the rules that apply.")


class ProcedureRow(serializers.Serializer):
    """How a team hands over, made of what is in force now."""

    team = serializers.IntegerField()
    in_force_since = serializers.DateTimeField(allow_null=True)
    fingerprint = serializers.CharField(allow_blank=True, help_text="Tells what holds now; `read` of an acknowledgement takes it. Empty: nothing is agreed.")
    services = ServiceOfProcedure(many=True)
    received = serializers.ListField(child=serializers.CharField(), help_text="Agreements by which other teams pass actions to this one.")
    not_agreed = serializers.ListField(child=serializers.CharField(), help_text="Points at which nothing is agreed.")


class PartGiven(serializers.Serializer):
    service = serializers.CharField()
    handover_point = serializers.CharField()
    step = serializers.CharField()
    job_roles = serializers.ListField(child=serializers.CharField(), help_text="Yours that do the step; none: it is nobody's in particular.")


class PartReceived(serializers.Serializer):
    agreement = serializers.CharField()
    service = serializers.CharField()
    job_roles = serializers.ListField(child=serializers.CharField(), help_text="Yours that it names; none: anybody may.")


class MyPartRow(serializers.Serializer):
    """One colleague's part in how the team hands over."""

    job_roles = serializers.ListField(child=serializers.CharField())
    gives = PartGiven(many=True)
    receives = PartReceived(many=True)
    proposals_to_answer = serializers.ListField(child=serializers.CharField(), help_text="References of agreements.")
    policies_to_acknowledge = serializers.ListField(child=serializers.CharField(), help_text="References of policies.")
    procedure_read = serializers.BooleanField()


class ProcedureReadRow(serializers.Serializer):
    team = serializers.IntegerField(source="team_id")
    fingerprint = serializers.CharField()
    at = serializers.DateTimeField()


def procedure_row(found: Procedure) -> dict[str, Any]:
    return {
        "team": found.team.pk,
        "in_force_since": found.since,
        "fingerprint": found.fingerprint,
        "services": [
            {
                "id": part.service.pk,
                "name": part.service.name,
                "description": part.service.description,
                "procedure": part.service.procedure,
                "systems": [{"name": one.name, "address": one.address} for one in part.service.systems.all()],
                "steps": [
                    {"position": step.position, "name": step.name, "done_by": step.done_by, "job_roles": [role.name for role in step.job_roles.all()]}
                    for step in part.steps
                ],
                "handover_points": [_point(point, {step.pk: step.position for step in part.steps}) for point in part.points],
                "policies": [policy.ref for policy in part.rules],
            }
            for part in found.services
        ],
        "received": [version.agreement.ref for version in found.received],
        "not_agreed": [f"{service.name}, {part.point.letter}" for service, part in found.not_agreed],
    }


def _point(part: PointPart, positions: dict[int, int]) -> dict[str, Any]:
    lines: list[wording.Line] = part.lines
    return {
        "letter": part.point.letter,
        "name": part.point.name,
        "after_step": positions.get(part.point.after_step_id or 0),
        "agreements": list(dict.fromkeys(version.agreement.ref for version in part.versions)),
        "agreed": [{"label": line.label, "during": list(line.during), "between": list(line.between), "differs": line.differs} for line in lines],
    }


def my_part_row(team: Team, part: MyPart, *, proposals: list[AgreementVersion], policies: list[str], is_read: bool) -> dict[str, Any]:
    return {
        "job_roles": [role.name for role in part.roles],
        "gives": [
            {
                "service": one.service.name,
                "handover_point": one.part.point.letter,
                "step": one.step.name if one.step else "",
                "job_roles": list(one.roles),
            }
            for one in part.gives
        ],
        "receives": [
            {"agreement": one.version.agreement.ref, "service": one.version.agreement.point.service.name, "job_roles": list(one.roles)} for one in part.receives
        ],
        "proposals_to_answer": [version.agreement.ref for version in proposals],
        "policies_to_acknowledge": policies,
        "procedure_read": is_read,
    }
