"""How people and teams look in answers of the REST API."""

from rest_framework import serializers

from accounts.models import Kind, Team
from common.rows import Row


class PersonRow(Row):
    """Somebody, or something, that acts in Baton."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="display_name")


class TeamName(Row):
    """A team, where it is named beside something else."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class TeamRow(Row):
    """Colleagues who serve the same customers; the boundary of what a person may see."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    zone = serializers.CharField(help_text="The team's time zone, such as Europe/London.")
    kind = serializers.ChoiceField(choices=Team.Kind.choices)
    source = serializers.CharField(allow_blank=True, help_text="The other system, for a team made by an import.")


class Somebody(PersonRow):
    """A person with what they are."""

    kind = serializers.ChoiceField(choices=Kind.choices)
