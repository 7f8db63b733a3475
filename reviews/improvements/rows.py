"""How improvements look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row
from reviews.improvements.models import Says, Verdict
from reviews.improvements.states import State


class ImprovementRow(Row):
    """An agreed change, or one that is being agreed."""

    ref = serializers.CharField()
    team = TeamName()
    other_team = TeamName(allow_null=True, help_text="The receiving team, where the agreement names another one.")
    change = serializers.CharField()
    why = serializers.CharField(allow_blank=True)
    owner = PersonRow()
    due_on = serializers.DateField(help_text="On the team's calendar.")
    figure = serializers.CharField(help_text="The name of the figure that it should move, as in `sharing`.")
    target = serializers.FloatField(help_text="What the figure should reach: a part of 1 for shares.")
    service = serializers.IntegerField(source="service_id", allow_null=True, help_text="Measured on the handovers of this service.")
    agreement = serializers.CharField(source="agreement__ref", allow_null=True, help_text="Measured on the handovers under this agreement.")
    state = serializers.ChoiceField(choices=State.choices)
    review = serializers.CharField(source="review__ref", allow_null=True)
    suggestion = serializers.CharField(source="suggestion__ref", allow_null=True)
    adjusts = serializers.CharField(source="adjusts__ref", allow_null=True, help_text="The improvement that this one adjusts.")
    created_at = serializers.DateTimeField()
    agreed_at = serializers.DateTimeField(allow_null=True)
    done_on = serializers.DateField(allow_null=True, help_text="The first day on which the change held.")
    version = serializers.IntegerField(source="version__number", allow_null=True, help_text="The version of an agreement that is the change.")
    ended_at = serializers.DateTimeField(allow_null=True)


class ConsentRow(Row):
    """Somebody concerned; empty: no answer yet."""

    colleague = PersonRow()
    says = serializers.ChoiceField(choices=[("", "no answer yet"), *Says.choices], allow_blank=True)
    words = serializers.CharField(allow_blank=True, help_text="Why not yet.")
    answered_at = serializers.DateTimeField(allow_null=True)


class JudgementRow(Row):
    """Whether it worked."""

    verdict = serializers.ChoiceField(choices=Verdict.choices)
    words = serializers.CharField(allow_blank=True)
    by = PersonRow()
    at = serializers.DateTimeField()


class SideRow(Row):
    """The figure over some days. Groups under 5 are hidden: value, numerator and denominator are then null."""

    since = serializers.DateField()
    until = serializers.DateField(help_text="Not included.")
    value = serializers.FloatField(allow_null=True)
    numerator = serializers.FloatField(allow_null=True)
    denominator = serializers.FloatField(allow_null=True)


class EffectRow(Row):
    """Before and after. No cause is claimed: other things may have changed too."""

    before = SideRow()
    after = SideRow()
    difference = serializers.FloatField(allow_null=True, help_text="How much the figure rose; null where a side is empty or hidden.")
    low = serializers.FloatField(allow_null=True, help_text="The lower end of the 95 % interval; null where none is known.")
    high = serializers.FloatField(allow_null=True)
    method = serializers.ChoiceField(choices=[("proportions", "Newcombe"), ("means", "Welch"), ("", "no interval")], allow_blank=True)


class ImprovementWhole(ImprovementRow):
    """An improvement with who agrees, what it did, and the verdicts."""

    consents = ConsentRow(many=True)
    effect = EffectRow(allow_null=True, help_text="Null until it is done.")
    judgements = JudgementRow(many=True)
