"""How notices look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import TeamName
from common.rows import Row
from handover.notifications.models import Kind


class NoticeAction(Row):
    """The action that a notice is about."""

    ref = serializers.CharField()
    title = serializers.CharField()


class NotificationRow(Row):
    """One notice to whoever asks. It stands until it is read, settled (what it asked for was done) or put off."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    team = TeamName(allow_null=True)
    action = NoticeAction(allow_null=True)
    title = serializers.CharField()
    words = serializers.CharField(allow_blank=True, help_text="What the other side wrote.")
    path = serializers.CharField(help_text="The page that it leads to.")
    needs_you = serializers.BooleanField()
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)
    snoozed_until = serializers.DateTimeField(allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True)
