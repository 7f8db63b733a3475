"""How agreements look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import TeamName
from common.rows import Row
from handover.agreements.models import Applies, CheckRule, Need
from handover.catalog.rows import ServiceName
from handover.due.limits import Urgency


class AgreementRow(Row):
    """What is in force for a handover point."""

    ref = serializers.CharField(source="agreement__ref")
    version = serializers.IntegerField(source="number")
    team = TeamName(source="agreement__team")
    service = ServiceName(source="agreement__point__service")
    handover_point = serializers.CharField(source="agreement__point__letter")
    applies = serializers.ChoiceField(source="agreement__applies", choices=Applies.choices, help_text="During a shift, between shifts, or both.")
    trigger = serializers.CharField(allow_blank=True, help_text="When it is right to hand over.")
    channel = serializers.CharField(help_text="How.")
    warm = serializers.BooleanField(help_text="Spoken as well.")
    to_team = TeamName(allow_null=True, help_text="The receiving team, where it is another one.")
    colleague_may_go_past = serializers.BooleanField(help_text="A colleague may go past its rules, with a reason.")
    check_rule = serializers.ChoiceField(choices=CheckRule.choices)
    check_minutes = serializers.IntegerField(allow_null=True, help_text="Minutes after acceptance, where the check rule says so.")
    in_force_at = serializers.DateTimeField()


class LimitRow(Row):
    """How soon, by urgency."""

    urgency = serializers.ChoiceField(choices=Urgency.choices)
    accept_within = serializers.IntegerField(allow_null=True, help_text="Minutes; null: the usual limit.")
    read_back = serializers.BooleanField(help_text="Whoever accepts reads it back.")


class RequiredRow(Row):
    """A question whose answer travels with the action."""

    id = serializers.IntegerField(help_text="What `required` of an answer in a brief takes.")
    question = serializers.CharField()
    hint = serializers.CharField(allow_blank=True)
    routine = serializers.ChoiceField(choices=Need.choices)
    soon = serializers.ChoiceField(choices=Need.choices)
    urgent = serializers.ChoiceField(choices=Need.choices)


class JobRoleRow(Row):
    """What a colleague does."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class AgreementWhole(AgreementRow):
    """What is in force for a handover point, with everything that a form for handing over needs."""

    limits = LimitRow(many=True)
    required = RequiredRow(many=True)
    receiving_roles = JobRoleRow(many=True, help_text="None: anybody of the team.")
