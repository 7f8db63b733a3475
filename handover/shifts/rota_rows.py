"""How shift patterns, and what a rota file would do, look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row
from handover.shifts.models import OnHolidays


class PatternRow(Row):
    """A shift that repeats, on the wall clock of its team."""

    id = serializers.IntegerField()
    team = TeamName()
    name = serializers.CharField()
    starts = serializers.CharField(help_text="On the wall clock, such as 15:00:00.")
    ends = serializers.CharField(help_text="At or before the start: on the next morning.")
    weekdays = serializers.ListField(child=serializers.IntegerField(), help_text="ISO numbers, Monday is 1. Of a rotation: all that occur.")
    first_day = serializers.DateField()
    last_day = serializers.DateField(allow_null=True)
    cycle_from = serializers.DateField(allow_null=True, help_text="A day in week 1 of a rotation.")
    on_holidays = serializers.ChoiceField(choices=OnHolidays.choices)
    holiday_starts = serializers.CharField(allow_null=True)
    holiday_ends = serializers.CharField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class RotationWeekRow(Row):
    """One week of a rotation."""

    number = serializers.IntegerField()
    weekdays = serializers.ListField(child=serializers.IntegerField())
    crew = PersonRow(many=True)


class PatternExceptionRow(Row):
    """Days, both included, on which a pattern does not run or, with times, runs at these."""

    id = serializers.IntegerField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    starts = serializers.CharField(allow_null=True)
    ends = serializers.CharField(allow_null=True)
    why = serializers.CharField(allow_blank=True)


class PatternWhole(PatternRow):
    """A pattern with who is usually on it, its weeks and its exceptions."""

    crew = PersonRow(many=True)
    weeks = RotationWeekRow(many=True)
    exceptions = PatternExceptionRow(many=True)


class RotaProblemRow(Row):
    """What is wrong with a row; row 0 is the file as a whole."""

    row = serializers.IntegerField()
    words = serializers.CharField()


class RotaShiftRow(Row):
    """What becomes of one shift of the file."""

    row = serializers.IntegerField()
    becomes = serializers.ChoiceField(choices=["new", "changed", "same", "over"])
    shift = serializers.CharField(allow_null=True, help_text="Its reference, where it is in the rota already.")
    name = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    on = serializers.ListField(child=serializers.IntegerField(), help_text="Ids of those who come on.")
    off = serializers.ListField(child=serializers.IntegerField(), help_text="Ids of those who go off.")


class RotaImportWhole(Row):
    """What a file does, or would do."""

    dry_run = serializers.BooleanField()
    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    same = serializers.IntegerField()
    over = serializers.IntegerField()
    problems = RotaProblemRow(many=True)
    shifts = RotaShiftRow(many=True)
