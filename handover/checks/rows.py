"""How completion checks look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row
from handover.actions.rows import ActionName
from handover.checks.states import Outcome, State


class CheckRow(Row):
    """Was it completed? Put to whoever is responsible, at its time or earlier by hand."""

    ref = serializers.CharField()
    action = ActionName()
    item = serializers.CharField(source="item__ref")
    team = TeamName(help_text="The giver's.")
    giver = PersonRow()
    state = serializers.ChoiceField(choices=State.choices)
    due_at = serializers.DateTimeField()
    set_at = serializers.DateTimeField()
    asked_at = serializers.DateTimeField(allow_null=True)
    asked_by = PersonRow(allow_null=True, help_text="Null: by itself, at its time.")
    question = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    answered_by = PersonRow(allow_null=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_blank=True)
    words = serializers.CharField(allow_blank=True)
    by_word_of_mouth = serializers.BooleanField(help_text="The giver wrote down an answer that they heard.")
