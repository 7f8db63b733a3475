"""How shifts look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row


class ShiftName(Row):
    """A shift, where it is named beside something else."""

    ref = serializers.CharField()
    name = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class ShiftRow(ShiftName):
    """One working period of a team."""

    team = TeamName()
    local_date = serializers.DateField(help_text="The day on which it starts, on the team's wall clock.")


class ShiftWhole(ShiftRow):
    """A shift with the colleagues on it."""

    colleagues = PersonRow(many=True)
