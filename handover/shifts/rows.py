"""How a shift is named in answers of the REST API."""

from rest_framework import serializers

from common.rows import Row


class ShiftName(Row):
    """A shift, where it is named beside something else."""

    ref = serializers.CharField()
    name = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
