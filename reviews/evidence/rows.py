"""How evidence looks in answers of the REST API."""

from rest_framework import serializers

from common.rows import Row


class EvidenceRecordRow(Row):
    """One line of the trail that its owner picked. No customer and no colleague is named in it."""

    at = serializers.DateTimeField()
    what = serializers.CharField()
    facts = serializers.ListField(child=serializers.CharField())
    ref = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True, help_text="What its owner says of it.")
    line = serializers.IntegerField(help_text="Its number in the trail.")


class CriterionRow(Row):
    """One line of the standard with what shows it."""

    id = serializers.CharField()
    text = serializers.CharField()
    statement = serializers.CharField(allow_blank=True, help_text="In its owner's own words.")
    records = EvidenceRecordRow(many=True)


class EvidenceRow(Row):
    """Your own evidence. While it is off there is none."""

    is_on = serializers.BooleanField()
    standard = serializers.CharField(allow_null=True, help_text="`A` or `B`; null while it is off.")
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True, help_text="Included.")
    shown = serializers.IntegerField(help_text="How many criteria have a record or a statement.")
    criteria = CriterionRow(many=True)
