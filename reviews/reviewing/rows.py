"""How reviews look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row
from reviews.reviewing.cycle_models import AnswerKind


class ReviewRow(Row):
    """A look by a team at how it shares its work. It is open until it is concluded."""

    ref = serializers.CharField()
    team = TeamName()
    other_team = TeamName(allow_null=True, help_text="The receiving team that is asked too, where the agreement names another one.")
    title = serializers.CharField()
    service = serializers.IntegerField(source="service_id", allow_null=True, help_text="Only handovers of this service.")
    agreement = serializers.CharField(source="agreement__ref", allow_null=True, help_text="Only handovers under this agreement.")
    since = serializers.DateField(help_text="The first day that it looks at, on the team's calendar.")
    until = serializers.DateField(help_text="Not included.")
    opened_at = serializers.DateTimeField()
    opened_by = PersonRow(allow_null=True, help_text="Null where it opened by itself.")
    closes_at = serializers.DateTimeField(help_text="Until then views are asked for; a later one still counts until the review is concluded.")
    concluded_at = serializers.DateTimeField(allow_null=True)
    concluded_by = PersonRow(allow_null=True)
    conclusion = serializers.CharField(allow_blank=True)


class FrozenFigureRow(Row):
    """A figure as it stood when the review opened. Groups under 5 are hidden: value, numerator and denominator are then null."""

    name = serializers.CharField(help_text="As in `sharing`.")
    value = serializers.FloatField(allow_null=True)
    numerator = serializers.FloatField(allow_null=True)
    denominator = serializers.FloatField(allow_null=True)
    value_before = serializers.FloatField(allow_null=True, help_text="In the period of the same length before.")
    value_all = serializers.FloatField(allow_null=True, help_text="Of all that the team handed over, where the review looks at a part of it.")


class ChosenRow(Row):
    """How many chose one of the answers."""

    choice = serializers.CharField()
    count = serializers.IntegerField()


class SaidInReviewRow(Row):
    """What somebody said."""

    by = PersonRow()
    choice = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True)


class QuestionRow(Row):
    """A question with what was said. Views are shown to people as on the page: after their own, or once it is concluded; integrations see the counts."""

    position = serializers.IntegerField()
    question = serializers.CharField()
    kind = serializers.ChoiceField(choices=AnswerKind.choices)
    evidence = serializers.ListField(child=serializers.CharField(), help_text="What stands beside it, by name.")
    chosen = ChosenRow(many=True, help_text="Empty until the review is concluded, or the asker may read views.")
    views = SaidInReviewRow(many=True)


class ReviewWhole(ReviewRow):
    """A review with its evidence and its questions."""

    asked = serializers.IntegerField(help_text="Who gave a view, or is still waited for.")
    given = serializers.IntegerField(help_text="Who gave a view.")
    figures = FrozenFigureRow(many=True)
    questions = QuestionRow(many=True)
    improvements = serializers.ListField(child=serializers.CharField(), help_text="References of what was proposed in it.")
    suggestions = serializers.ListField(child=serializers.CharField(), help_text="References of what was taken into it.")
