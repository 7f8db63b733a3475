"""How agreements look in answers of the REST API."""

from rest_framework import serializers

from accounts.rows import PersonRow, TeamName
from common.rows import Row
from handover.agreements.agreeing import Says
from handover.agreements.models import Applies, CheckRule, Means, Need
from handover.agreements.states import State
from handover.catalog.rows import ServiceName
from handover.due.limits import Urgency


class AgreementRow(Row):
    """What is in force for a handover point."""

    ref = serializers.CharField(source="agreement__ref")
    version = serializers.IntegerField(source="number")
    team = TeamName(source="agreement__team")
    service = ServiceName(source="agreement__point__service")
    handover_point = serializers.CharField(source="agreement__point__letter")
    applies = serializers.ChoiceField(source="agreement__applies", choices=Applies.choices, help_text="During a shift, between shifts, or both.")
    trigger = serializers.CharField(allow_blank=True, help_text="When it is right to hand over.")
    means = serializers.ChoiceField(choices=Means.choices, help_text="How the information is exchanged; Baton keeps the record.")
    channel = serializers.CharField(allow_blank=True, help_text="How, exactly.")
    warm = serializers.BooleanField(help_text="Spoken as well.")
    to_team = TeamName(allow_null=True, help_text="The receiving team, where it is another one.")
    colleague_may_go_past = serializers.BooleanField(help_text="A colleague may go past its rules, with a reason.")
    check_rule = serializers.ChoiceField(choices=CheckRule.choices)
    check_minutes = serializers.IntegerField(allow_null=True, help_text="Minutes after acceptance, where the check rule says so.")
    escalation = serializers.CharField(allow_blank=True, help_text="If it was not done.")
    review_on = serializers.DateField(allow_null=True, help_text="When it is looked at again.")
    state = serializers.ChoiceField(choices=State.choices)
    answer_by = serializers.DateTimeField(allow_null=True, help_text="By when those named answer, while it is proposed.")
    in_force_at = serializers.DateTimeField(allow_null=True)


class LimitRow(Row):
    """How soon, by urgency."""

    urgency = serializers.ChoiceField(choices=Urgency.choices)
    accept_within = serializers.IntegerField(allow_null=True, help_text="Minutes; null: the usual limit.")
    read_back = serializers.BooleanField(help_text="Whoever accepts reads it back.")


class RequiredRow(Row):
    """A question whose answer travels with the action."""

    id = serializers.IntegerField(help_text="What `required` of an answer in a brief takes.")
    question = serializers.CharField()
    hint = serializers.CharField(allow_blank=True)
    routine = serializers.ChoiceField(choices=Need.choices)
    soon = serializers.ChoiceField(choices=Need.choices)
    urgent = serializers.ChoiceField(choices=Need.choices)


class JobRoleRow(Row):
    """What a colleague does."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class AgreementAnswer(Row):
    """What somebody named said about a version; empty: not yet."""

    colleague = PersonRow()
    team = TeamName(help_text="On whose side.")
    answer = serializers.ChoiceField(choices=[("", "not yet"), *Says.choices], allow_blank=True)
    line = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)


class AgreementComment(Row):
    """One line of the thread about a proposal."""

    author = PersonRow()
    revision = serializers.IntegerField(help_text="Which text it is about.")
    answer = serializers.ChoiceField(choices=[("", "a comment"), *Says.choices], allow_blank=True)
    line = serializers.CharField(allow_blank=True)
    words = serializers.CharField()
    at = serializers.DateTimeField()


class AgreementVersionRow(Row):
    """One version in the history of an agreement."""

    version = serializers.IntegerField(source="number")
    state = serializers.ChoiceField(choices=State.choices)
    revision = serializers.IntegerField(help_text="How often its text was written while it was proposed.")
    created_by = PersonRow(allow_null=True)
    created_at = serializers.DateTimeField()
    why = serializers.CharField(allow_blank=True)
    decided_by = PersonRow(allow_null=True, help_text="The lead who decided it without everybody's agreement, or who ended it.")
    decided_why = serializers.CharField(allow_blank=True)
    in_force_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class AgreementTerms(AgreementRow):
    """One version with everything that a form for handing over needs, and who agreed."""

    limits = LimitRow(many=True)
    required = RequiredRow(many=True)
    receiving_roles = JobRoleRow(many=True, help_text="None: anybody of the team.")
    answers = AgreementAnswer(many=True)


class Proposal(AgreementTerms):
    """What is proposed, with the thread about it."""

    comments = AgreementComment(many=True)


class AgreementWhole(AgreementTerms):
    """What is in force for a handover point (or, where nothing is, its newest version); its history; and what is proposed."""

    versions = AgreementVersionRow(many=True)
    proposal = Proposal(many=True, help_text="At most one.")
