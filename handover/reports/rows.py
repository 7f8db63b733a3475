"""How shift reports look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row
from handover.reports.models import Side


class ReportRow(Row):
    """The report of a shift, named as the shift is. Until the outgoing side signs it has no `fixed_at`, and follows the shift."""

    ref = serializers.CharField(help_text="The shift's.")
    name = serializers.CharField(help_text="The shift's.")
    team = TeamName()
    local_date = serializers.DateField(help_text="The day on which the shift starts, on the team's wall clock.")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    fixed_at = serializers.DateTimeField(source="report__fixed_at", allow_null=True)
    digest = serializers.CharField(source="report__digest", allow_null=True, help_text="Of the content under its salt, as in the trail.")


class SignatureRow(Row):
    """One side signed."""

    side = serializers.ChoiceField(choices=Side.choices)
    by = PersonRow()
    at = serializers.DateTimeField()
    on_behalf_of = PersonRow(allow_null=True)
    reason = serializers.CharField(allow_blank=True)


class AddendumRow(Row):
    """What was added after the report was fixed."""

    by = PersonRow()
    at = serializers.DateTimeField()
    text = serializers.CharField()


class ReportWhole(ReportRow):
    """A report with what it says, who signed, and what was added later."""

    content = serializers.JSONField(help_text="As it was signed; before that, as the shift stands now. Customers' names are shortened.")
    signatures = SignatureRow(many=True)
    addenda = AddendumRow(many=True)
    pdf = serializers.URLField(help_text="The same on one A4 page, for colleagues who are signed in.")
