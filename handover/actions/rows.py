"""How actions look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row
from handover.actions.states import State
from handover.catalog.rows import ServiceName
from handover.due.limits import Urgency


class ActionName(Row):
    """An action, where it is named beside something else."""

    ref = serializers.CharField()
    title = serializers.CharField()


class ActionRow(Row):
    """Something promised to a customer, or needed to complete a service to them."""

    ref = serializers.CharField()
    team = TeamName()
    service = ServiceName(allow_null=True)
    title = serializers.CharField()
    customer_name = serializers.CharField(allow_blank=True)
    customer_reference = serializers.CharField(allow_blank=True, help_text="Room, booking or account.")
    customer_contact = serializers.CharField(allow_blank=True)
    promise = serializers.CharField(allow_blank=True, help_text="What the customer was told.")
    promised_by = serializers.DateTimeField(allow_null=True)
    urgency = serializers.ChoiceField(choices=Urgency.choices)
    state = serializers.ChoiceField(choices=State.choices)
    responsible = PersonRow(allow_null=True, help_text="Who sees it through now, or did last; null: it lies in the team's pool.")
    held_since = serializers.DateTimeField(allow_null=True)
    created_by = PersonRow(allow_null=True)
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    closing_words = serializers.CharField(allow_blank=True)
    carried = serializers.IntegerField(help_text="How many shift changes it crossed while it was open.")
    put_off_until = serializers.DateTimeField(allow_null=True, help_text="Still held, and nothing is done about it before then.")
    put_off_reason = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(help_text="Rises with every edit; the number in the ETag.")
    external_ref = serializers.CharField(allow_null=True)
    imported_from = serializers.CharField(allow_blank=True)


class ComingRow(Row):
    """Something that happens by itself if nobody acts."""

    rule = serializers.CharField()
    step = serializers.IntegerField(help_text="1 reminds, 2 escalates.")
    due_at = serializers.DateTimeField()
    sentence = serializers.CharField()


class NoteRow(Row):
    """What somebody wrote about an action; with an item: an addendum to its brief."""

    id = serializers.IntegerField()
    item = serializers.CharField(source="item__ref", allow_null=True)
    by = PersonRow()
    at = serializers.DateTimeField()
    text = serializers.CharField()


class ContactRow(Row):
    """The customer got in touch."""

    id = serializers.IntegerField()
    by = PersonRow()
    at = serializers.DateTimeField()
    channel = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    chased = serializers.BooleanField(help_text="They had to ask before it was done.")


class ActionWhole(ActionRow):
    """An action with what was written about it."""

    notes = NoteRow(many=True)
    contacts = ContactRow(many=True)
