"""How handovers, items and briefs look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row
from handover.actions.rows import ActionName
from handover.agreements.models import Need
from handover.checks.states import Outcome
from handover.handovers.models import When
from handover.handovers.states import State
from handover.shifts.rows import ShiftName


class ItemRow(Row):
    """One action on offer."""

    ref = serializers.CharField()
    handover = serializers.CharField(source="handover__ref")
    action = ActionName()
    from_team = TeamName()
    to_team = TeamName()
    giver = PersonRow()
    offered_by = PersonRow(allow_null=True, help_text="Null: by a rule.")
    receiver = PersonRow(allow_null=True, help_text="Null: offered to a shift.")
    receiving_shift = ShiftName(allow_null=True)
    state = serializers.ChoiceField(choices=State.choices)
    read_back_needed = serializers.BooleanField()
    offered_at = serializers.DateTimeField()
    accept_by = serializers.DateTimeField(allow_null=True, help_text="After it giver and lead are told.")
    check_at = serializers.DateTimeField(allow_null=True, help_text="When completion is checked, as the giver chose; null: by rule.")
    missing_reason = serializers.CharField(allow_blank=True)
    override_reason = serializers.CharField(allow_blank=True)
    accepted_at = serializers.DateTimeField(allow_null=True)
    accepted_by = PersonRow(allow_null=True)
    read_back = serializers.CharField(allow_blank=True)
    read_back_right = serializers.BooleanField(allow_null=True, help_text="Null: the giver has not answered the read-back yet.")
    read_back_answer = serializers.CharField(allow_blank=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_by = PersonRow(allow_null=True)
    end_reason = serializers.CharField(allow_blank=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_blank=True)
    seen_through_at = serializers.DateTimeField(allow_null=True, help_text="When the giver pressed Seen on the final outcome.")
    watcher = PersonRow(allow_null=True, help_text="Who sees it through since its giver left; null: the giver.")
    follows = serializers.CharField(source="follows__ref", allow_null=True, help_text="The follow-up that led to this offer.")
    imported_from = serializers.CharField(allow_blank=True)


class AnswerRow(Row):
    """The answer to one question of the required information."""

    required = serializers.IntegerField(source="required__id")
    question = serializers.CharField()
    need = serializers.ChoiceField(choices=Need.choices)
    text = serializers.CharField(allow_blank=True)


class BriefRow(Row):
    """What the outgoing colleague wrote, with the facts as they stood."""

    promise = serializers.CharField(allow_blank=True)
    promised_by = serializers.DateTimeField(allow_null=True)
    situation = serializers.CharField(allow_blank=True)
    done_so_far = serializers.CharField(allow_blank=True)
    next_step = serializers.CharField(allow_blank=True)
    if_then = serializers.CharField(allow_blank=True)


class BriefWhole(BriefRow):
    """A brief with its required information."""

    answers = AnswerRow(many=True)


class QueryRow(Row):
    """A question asked before accepting."""

    asked_by = PersonRow()
    asked_at = serializers.DateTimeField()
    text = serializers.CharField()
    answered_by = PersonRow(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)


class SeenRow(Row):
    """A colleague opened what is on offer to them."""

    colleague = PersonRow()
    at = serializers.DateTimeField()


class DeclineRow(Row):
    """A colleague said no."""

    colleague = PersonRow()
    at = serializers.DateTimeField()
    reason = serializers.CharField()


class ItemWhole(ItemRow):
    """An item with its brief and what both sides said about it."""

    brief = BriefWhole(allow_null=True, help_text="Null where the handover was imported.")
    queries = QueryRow(many=True)
    seen_by = SeenRow(many=True)
    declines = DeclineRow(many=True)


class HandoverRow(Row):
    """The envelope of the items offered in one press."""

    ref = serializers.CharField()
    team = TeamName()
    to_team = TeamName()
    giver = PersonRow(allow_null=True)
    when = serializers.ChoiceField(choices=When.choices)
    warm = serializers.BooleanField(help_text="Spoken as well.")
    channel = serializers.CharField(allow_blank=True)
    offered_at = serializers.DateTimeField()
    rule = serializers.CharField(allow_blank=True, help_text="The rule that made it, where no person did.")
    imported_from = serializers.CharField(allow_blank=True)


class HandoverWhole(HandoverRow):
    """A handover with its items."""

    items = ItemRow(many=True)
