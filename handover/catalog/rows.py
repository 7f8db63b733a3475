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
    procedure = serializers.CharField(allow_blank=True, help_text="How it is delivered.")


class StepRow(Row):
    """One step in delivering a service."""

    position = serializers.IntegerField()
    name = serializers.CharField()
    done_by = serializers.CharField(allow_blank=True)
    team = TeamName(allow_null=True, help_text="The other team that does it; null: the service's own.")
    job_roles = serializers.ListField(child=serializers.CharField(), help_text="Job roles that do it.")


class SystemRow(Row):
    """A system that is used."""

    name = serializers.CharField()
    address = serializers.CharField(allow_blank=True)


class ChangesHandsRow(Row):
    """What the last 28 days say of it."""

    worked_on = serializers.IntegerField(help_text="Actions of the service that something happened to.")
    handed_over = serializers.IntegerField(help_text="Actions of the service that a colleague accepted from another.")
    points_out = serializers.ChoiceField(
        choices=["", "mark", "unmark"], help_text="*mark*: it changes hands and is not marked; *unmark*: it is marked and nothing was handed over."
    )
    rule = serializers.CharField(allow_blank=True, help_text="The rule behind it, in words.")


class PointRow(Row):
    """A handover point: information changes hands after a step."""

    letter = serializers.CharField()
    name = serializers.CharField()
    information = serializers.CharField(allow_blank=True, help_text="What changes hands there.")
    after_step = serializers.IntegerField(source="after_step__position", allow_null=True, help_text="The position of the step before it.")


class ServiceWhole(ServiceRow):
    """A service with its steps in order and its handover points."""

    steps = StepRow(many=True)
    handover_points = PointRow(many=True)
    systems = SystemRow(many=True)
    teams = serializers.ListField(child=serializers.CharField(), help_text="Names of the other teams involved, its steps included.")
    job_roles = serializers.ListField(child=serializers.CharField(), help_text="Job roles involved, its steps included.")
    changes_hands = ChangesHandsRow()
