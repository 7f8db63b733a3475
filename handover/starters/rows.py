"""How starter sets look in answers of the REST API."""

from rest_framework import serializers


class StarterServiceRow(serializers.Serializer):
    """One part of a set."""

    key = serializers.CharField(help_text="What `services` of an adoption takes.")
    name = serializers.CharField()
    description = serializers.CharField()
    steps = serializers.IntegerField(help_text="How many.")
    handover_points = serializers.IntegerField(help_text="How many.")


class StarterSetRow(serializers.Serializer):
    """What a lead can adopt in one press, and change afterwards."""

    key = serializers.CharField()
    kind = serializers.CharField(help_text="The kind of team that it is for.")
    name = serializers.CharField()
    description = serializers.CharField()
    services = StarterServiceRow(many=True)


class AdoptedRow(serializers.Serializer):
    """What one adoption made."""

    made = serializers.ListField(child=serializers.IntegerField(), help_text="Ids of the new services.")
    had = serializers.ListField(child=serializers.CharField(), help_text="Names of what the team had already.")
