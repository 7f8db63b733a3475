"""How policies look in answers of the REST API."""

from rest_framework import serializers

from common.rows import Row
from handover.policies.models import Kind, Place


class PolicyRow(Row):
    """A legal, organisational or code-of-practice text, as it was published last."""

    ref = serializers.CharField(source="policy__ref")
    kind = serializers.ChoiceField(source="policy__kind", choices=Kind.choices)
    title = serializers.CharField(source="policy__title")
    kept_by = serializers.CharField(source="policy__kept_by", help_text="Who keeps it up to date.")
    source = serializers.CharField(source="policy__source", allow_blank=True, help_text="Where the full text is.")
    version = serializers.IntegerField(source="number", help_text="What `read` of an acknowledgement takes.")
    in_force_from = serializers.DateField(help_text="May lie ahead: until then the version before it holds.")
    published_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(source="policy__ended_at", allow_null=True, help_text="Since when it does not apply any more.")


class PolicyServiceRow(Row):
    """A service that a policy is for."""

    id = serializers.IntegerField(source="service_id")
    name = serializers.CharField(source="service__name")


class PolicyHintRow(Row):
    """What is shown beside a field."""

    place = serializers.ChoiceField(choices=Place.choices)
    sentence = serializers.CharField()


class PolicyWhole(PolicyRow):
    """A policy with its text, and where it applies."""

    body = serializers.CharField()
    what_changed = serializers.CharField(allow_blank=True)
    services = PolicyServiceRow(many=True, help_text="Of the teams that you see. None: it is for every service.")
    hints = PolicyHintRow(many=True)


class AcknowledgedRow(Row):
    """A colleague has read a version."""

    policy = serializers.CharField(source="version__policy__ref")
    version = serializers.IntegerField(source="version__number")
    at = serializers.DateTimeField()
