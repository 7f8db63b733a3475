"""How follow-ups look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row
from handover.actions.rows import ActionName
from handover.followups.models import Decision


class FollowUpRow(Row):
    """What happens next where an action could not be completed: owed by its giver, then decided."""

    ref = serializers.CharField()
    action = ActionName()
    item = serializers.CharField(source="item__ref")
    check = serializers.CharField(source="check_answered__ref", help_text="The check that was answered with unable.")
    team = TeamName(help_text="The giver's.")
    owed_by = PersonRow()
    owed_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = PersonRow(allow_null=True)
    decision = serializers.ChoiceField(choices=Decision.choices, allow_blank=True)
    words = serializers.CharField(allow_blank=True)
    new_time = serializers.DateTimeField(allow_null=True)
    customer_told = serializers.BooleanField()
