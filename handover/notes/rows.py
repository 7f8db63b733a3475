"""How shift notes look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row
from handover.notes.models import For
from handover.shifts.rows import ShiftName


class ShiftNoteRow(Row):
    """Something the next shift should know that is not an action."""

    ref = serializers.CharField()
    team = TeamName()
    text = serializers.CharField()
    topic = serializers.CharField(allow_blank=True)
    pinned = serializers.BooleanField(help_text="A standing instruction: it comes first.")
    audience = serializers.ChoiceField(choices=For.choices, help_text="Which shifts it is for.")
    for_shift = ShiftName(allow_null=True, help_text="The one shift, where it is for the next shift only.")
    shift_name = serializers.CharField(allow_blank=True, help_text="Which shift, where it is for shifts of one name.")
    expires_at = serializers.DateTimeField(allow_null=True, help_text="Null: it reappears until somebody resolves it.")
    by = PersonRow()
    at = serializers.DateTimeField()
    version = serializers.IntegerField(help_text="Rises with every change; the number in the ETag.")
    changed_by = PersonRow(allow_null=True)
    changed_at = serializers.DateTimeField(allow_null=True)
    resolved_by = PersonRow(allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)
    resolve_reason = serializers.CharField(allow_blank=True)


class ShiftNoteBefore(Row):
    """What a note said before it was changed."""

    number = serializers.IntegerField()
    text = serializers.CharField()
    topic = serializers.CharField(allow_blank=True)
    by = PersonRow()
    at = serializers.DateTimeField()


class ShiftNoteWhole(ShiftNoteRow):
    """A shift note with what it said before, the newest first."""

    versions = ShiftNoteBefore(many=True)
