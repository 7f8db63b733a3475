"""What the REST API takes about agreements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rest_framework import serializers

from accounts.doors import SinceFilters
from accounts.models import JobRole, Team
from common.api import CleanTextField
from common.bodies import NOT_FOUND, Body, ChoiceField, IdField, InstantField, VisibleField, YesNoField, once
from handover.agreements.agreeing import Says
from handover.agreements.models import Applies, CheckRule, Means, Need
from handover.agreements.terms import Asked, Terms
from handover.agreements.wording import LINES
from handover.catalog.models import HandoverPoint
from handover.due.limits import Urgency

LONG, MOST, A_WEEK = 2_000, 20, 7 * 24 * 60
PLAIN = ("trigger", "means", "channel", "warm", "colleague_may_go_past", "check_rule", "check_minutes", "escalation", "review_on", "read_back")


def text(**more: Any) -> CleanTextField:
    return CleanTextField(**{"max_length": LONG, "lines": True, "required": False, "allow_blank": True, **more})


class AskedBody(Body):
    """One question of the required information, and its need by urgency."""

    question = CleanTextField(max_length=200)
    hint = CleanTextField(max_length=200, required=False, allow_blank=True)
    routine = ChoiceField(choices=Need.choices, required=False)
    soon = ChoiceField(choices=Need.choices, required=False)
    urgent = ChoiceField(choices=Need.choices, required=False)


class Within(Body):
    """Minutes to accept, by urgency; null: the usual limit."""

    routine = IdField(required=False, allow_null=True, max_value=A_WEEK)
    soon = IdField(required=False, allow_null=True, max_value=A_WEEK)
    urgent = IdField(required=False, allow_null=True, max_value=A_WEEK)


class TermsBody(Body):
    """Terms. What is left out stays as it is in force; in a first agreement it is what the form begins with."""

    trigger = text(help_text="When it is right to hand over.")
    means = ChoiceField(choices=Means.choices, required=False)
    channel = CleanTextField(max_length=200, required=False, allow_blank=True, help_text="How, exactly: which desk, radio channel, number.")
    warm = YesNoField(required=False, help_text="Spoken as well.")
    to_team = IdField(required=False, allow_null=True, help_text="The receiving team, where it is another one.")
    receiving_roles = serializers.ListField(child=IdField(), required=False, max_length=MOST, help_text="Ids of job roles; none: anybody of the team.")
    colleague_may_go_past = YesNoField(required=False)
    check_rule = ChoiceField(choices=CheckRule.choices, required=False)
    check_minutes = IdField(required=False, allow_null=True, max_value=A_WEEK)
    escalation = text(max_length=1_000, help_text="If it was not done.")
    accept_within = Within(required=False)
    read_back = serializers.ListField(child=ChoiceField(choices=Urgency.choices), required=False, max_length=3)
    required = serializers.ListField(child=AskedBody(), required=False, max_length=MOST, help_text="Questions whose answers travel with the action.")
    review_on = serializers.DateField(required=False, allow_null=True, help_text="When it is looked at again.")
    named = serializers.ListField(child=IdField(), required=False, max_length=200, help_text="Ids of the colleagues who have to agree, beside you.")
    why = text()
    answer_by = InstantField(required=False, allow_null=True, help_text="Without it, in a week.")

    def validate_receiving_roles(self, ids: list[int]) -> list[int]:
        once(ids, "A job role is named once.")
        return ids

    def validate_to_team(self, pk: int | None) -> int | None:
        if pk is not None and not Team.objects.filter(pk=pk).exists():
            raise serializers.ValidationError(NOT_FOUND)
        return pk


class ChangeBody(TermsBody):
    reason = text(max_length=1_000, help_text="Why a lead decides alone; only where nobody is named.")
    read = IdField(required=False, help_text="The number of the version in force that you read.")


class FirstBody(TermsBody):
    point = VisibleField(lambda user: HandoverPoint.objects.visible_to(user).select_related("service__team"), help_text="The id of a handover point.")
    applies = ChoiceField(choices=Applies.choices, required=False)
    reason = text(max_length=1_000, help_text="Why a lead decides alone; only where nobody is named.")


class ReviseBody(TermsBody):
    read = IdField(required=False, help_text="The revision of the text that you read.")


class AnswerBody(Body):
    """*agree*, or “not yet, because”: with words."""

    answer = ChoiceField(choices=Says.choices)
    words = text(help_text="What instead, or why; beside *agree* a comment.")
    line = ChoiceField(choices=[(line, line) for line in LINES], required=False)
    read = IdField(required=False, help_text="The revision of the text that you read.")


class CommentBody(Body):
    words = CleanTextField(max_length=LONG, lines=True)


class DecisionBody(Body):
    in_force = YesNoField()
    reason = CleanTextField(max_length=1_000, lines=True)


class WithdrawBody(Body):
    reason = text(max_length=1_000, help_text="Needed where somebody else proposed it.")


class ReviewBody(Body):
    review_on = serializers.DateField(help_text="When it is looked at again.")


class AgreementFilters(SinceFilters):
    team = IdField(required=False)
    service = IdField(required=False)
    applies = ChoiceField(choices=Applies.choices, required=False)
    proposed = YesNoField(required=False, help_text="What is proposed, instead of what is in force.")
    owed_by_me = YesNoField(required=False, help_text="Proposals that wait for your answer.")


def terms_from(words: dict[str, Any], before: Terms, *, team_id: int) -> Terms:
    """The terms of ``before`` with what was sent; takes what it uses out of ``words``."""
    given: dict[str, Any] = {name: words.pop(name) for name in PLAIN if name in words}
    if "to_team" in words:
        given["to_team_id"] = words.pop("to_team")
    if "receiving_roles" in words:
        ids = words.pop("receiving_roles")
        teams = [team_id, given.get("to_team_id", before.to_team_id)]
        given["receiving_roles"] = list(JobRole.objects.filter(pk__in=ids, team__in=[pk for pk in teams if pk]))
        if len(given["receiving_roles"]) < len(ids):
            raise serializers.ValidationError({"receiving_roles": [NOT_FOUND]})
    if "accept_within" in words:
        given["accept_within"] = {**(before.accept_within or {}), **words.pop("accept_within")}
    if "required" in words:
        given["required"] = [Asked(**one) for one in words.pop("required")]
    return replace(before, **given)
