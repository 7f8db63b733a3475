"""How observations look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row
from reviews.observing.models import Saw


def saw(asks: str) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=Saw.choices, allow_blank=True, help_text=asks)


class ObservationRow(Row):
    """One handover that chance picked, and what a lead saw in it; the four points are empty until then."""

    ref = serializers.CharField()
    team = TeamName()
    item = serializers.CharField(source="item__ref", help_text="The item of the handover.")
    colleague = PersonRow(help_text="Who gave it.")
    drawn_at = serializers.DateTimeField()
    informed = saw("Was all the required information there?")
    moment = saw("Was it handed over at the right moment?")
    understood = saw("Was it checked that it was understood?")
    completion = saw("Was completion asked about, and answered?")
    words = serializers.CharField(allow_blank=True)
    observer = PersonRow(allow_null=True)
    observed_at = serializers.DateTimeField(allow_null=True)
    comment = serializers.CharField(allow_blank=True, help_text="What the colleague says about it.")
    commented_at = serializers.DateTimeField(allow_null=True)
    set_aside_at = serializers.DateTimeField(allow_null=True, help_text="When a lead said that nobody can observe it.")
