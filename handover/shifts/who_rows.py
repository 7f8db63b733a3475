"""How absences, swaps and who is on look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row
from handover.shifts.models import How
from handover.shifts.rows import ShiftName
from handover.shifts.swap_states import State


class AbsenceRow(Row):
    """Somebody is away. Why is not told here."""

    ref = serializers.CharField()
    team = TeamName()
    colleague = PersonRow()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True, help_text="Null: until further notice.")
    whole_days = serializers.BooleanField()
    stand_in = PersonRow(allow_null=True)
    told_at = serializers.DateTimeField()
    cancelled_at = serializers.DateTimeField(allow_null=True, help_text="Called off before it began.")


class AbsenceWhole(AbsenceRow):
    """An absence; with the reason for whom it is about and the leads, else null."""

    reason = serializers.CharField(allow_null=True)


class SwapRow(Row):
    """“My shift for yours”, or without `return_shift` “take mine”."""

    ref = serializers.CharField()
    team = TeamName()
    state = serializers.ChoiceField(choices=State.choices)
    offered_by = PersonRow()
    offered_to = PersonRow()
    shift = ShiftName()
    return_shift = ShiftName(allow_null=True)
    words = serializers.CharField(allow_blank=True)
    offered_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(help_text="It runs out when the first of the shifts begins.")
    answered_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    decision = serializers.CharField(allow_blank=True)


class OnDutyRow(PersonRow):
    """A colleague on a shift."""

    job_roles = serializers.ListField(child=serializers.CharField())
    holds = serializers.IntegerField(help_text="How many open actions.")
    how = serializers.ChoiceField(choices=How.choices)
    replaces = PersonRow(allow_null=True)
    away_from = serializers.DateTimeField(allow_null=True, help_text="Where they leave before the shift ends.")


class CrewRow(ShiftName):
    """A shift with who really is on it."""

    colleagues = OnDutyRow(many=True)


class DutyRow(Row):
    """Who is on now, who is next, and where nobody is."""

    team = TeamName()
    at = serializers.DateTimeField()
    has_rota = serializers.BooleanField(help_text="False: without a rota nobody is kept out by shifts.")
    now = CrewRow(many=True)
    next = CrewRow(allow_null=True)
    gaps = serializers.ListField(child=serializers.CharField())
