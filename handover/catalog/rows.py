"""How services look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import TeamName
from common.rows import Row


class ServiceName(Row):
    """A service, where it is named beside something else."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class ServiceRow(Row):
    """A service or product that a team delivers."""

    id = serializers.IntegerField(help_text="What `service` of an action takes.")
    team = TeamName()
    name = serializers.CharField()
    relies_on_teamwork = serializers.BooleanField()
    description = serializers.CharField(allow_blank=True)


class StepRow(Row):
    """One step in delivering a service."""

    position = serializers.IntegerField()
    name = serializers.CharField()
    done_by = serializers.CharField(allow_blank=True)


class PointRow(Row):
    """A handover point: information changes hands after a step."""

    letter = serializers.CharField()
    name = serializers.CharField()
    after_step = serializers.IntegerField(source="after_step__position", allow_null=True, help_text="The position of the step before it.")


class ServiceWhole(ServiceRow):
    """A service with its steps in order and its handover points."""

    steps = StepRow(many=True)
    handover_points = PointRow(many=True)
