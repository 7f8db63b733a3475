"""How suggestions look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row
from reviews.suggestions.models import Decision


class SuggestionRow(Row):
    """Somebody's idea, and what becomes of it."""

    ref = serializers.CharField()
    team = TeamName()
    author = PersonRow()
    words = serializers.CharField()
    about_path = serializers.CharField(allow_blank=True, help_text="The page that its author was looking at.")
    created_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True, help_text="When a lead opened it first.")
    decision = serializers.ChoiceField(choices=Decision.choices, allow_blank=True)
    answer = serializers.CharField(allow_blank=True)
    review = serializers.CharField(source="review__ref", allow_null=True, help_text="The review that took it up.")
    answered_at = serializers.DateTimeField(allow_null=True)
    answered_by = PersonRow(allow_null=True)


class SaidRow(Row):
    """What a colleague says about a suggestion."""

    id = serializers.IntegerField()
    by = PersonRow()
    words = serializers.CharField()
    at = serializers.DateTimeField()


class SuggestionWhole(SuggestionRow):
    """A suggestion with its discussion, the earliest first."""

    discussion = SaidRow(many=True)
