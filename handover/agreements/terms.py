"""The terms of an agreement: what is written in one version, and how they get into its rows and out again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import JobRole
from common.errors import Invalid
from handover.agreements.models import AgreementLimit, AgreementVersion, CheckRule, Means, Need, RequiredInformation
from handover.due.limits import Urgency


@dataclass(frozen=True)
class Asked:
    """One item of the required information: the question, an example, and its need by urgency."""

    question: str
    hint: str = ""
    routine: str = Need.SHOULD
    soon: str = Need.SHOULD
    urgent: str = Need.MUST


@dataclass(frozen=True)
class Terms:
    """What is agreed. ``accept_within`` in minutes and ``read_back`` by urgency; a missing minute means the usual limit."""

    trigger: str = ""
    means: str = Means.BATON
    channel: str = "On screen"
    warm: bool = False
    receiving_roles: Collection[JobRole] = ()
    colleague_may_go_past: bool = False
    check_rule: str = CheckRule.PROMISE
    check_minutes: int | None = None
    escalation: str = ""
    accept_within: Mapping[str, int | None] | None = None
    read_back: Collection[str] = ()
    required: Sequence[Asked] = ()
    to_team_id: int | None = None
    review_on: date | None = None


FARTHEST_REVIEW = 5
PLAIN = ("trigger", "means", "channel", "warm", "colleague_may_go_past", "check_rule", "check_minutes", "escalation", "to_team_id", "review_on")
"""Terms that are columns of a version."""


def terms_of(version: AgreementVersion) -> Terms:
    """The terms of a version that comes with its limits, required information and receiving job roles."""
    limits = {limit.urgency: limit for limit in version.limits.all()}
    return Terms(
        **{name: getattr(version, name) for name in PLAIN},
        receiving_roles=list(version.receiving_roles.all()),
        accept_within={urgency: limit.accept_within for urgency, limit in limits.items()},
        read_back=[urgency for urgency, limit in limits.items() if limit.read_back],
        required=[Asked(one.question, one.hint, one.routine, one.soon, one.urgent) for one in version.required.all()],
    )


def same(one: Terms, other: Terms) -> bool:
    """Whether nobody who agreed to the one would have to read the other again. When it is reviewed next is no part of the text."""
    return _text(one) == _text(other)


def _text(terms: Terms) -> tuple[Any, ...]:
    return (
        *(getattr(terms, name) for name in PLAIN if name not in ("review_on", "warm", "check_minutes")),
        terms.warm or terms.means != Means.BATON,
        terms.check_minutes if terms.check_rule == CheckRule.AFTER else None,
        sorted(role.pk for role in terms.receiving_roles),
        [(terms.accept_within or {}).get(urgency) for urgency in Urgency.values],
        sorted(terms.read_back),
        list(terms.required),
    )


def check(terms: Terms, *, team_id: int, today: date) -> None:
    """Raise ``Invalid`` where the terms do not hold together. ``today`` on the team's calendar."""
    if any(role.team_id not in {team_id, terms.to_team_id} for role in terms.receiving_roles):
        raise Invalid("A job role belongs to another team.", possible="Choose roles of the receiving team.", field="receiving_roles")
    if terms.to_team_id == team_id:
        raise Invalid("Your own team is the giver.", possible="Leave it empty where the team hands over to itself.", field="to_team")
    if terms.check_rule == CheckRule.AFTER and not terms.check_minutes:
        raise Invalid("Say after how many minutes it is checked.", field="check_minutes")
    if terms.review_on is not None:
        check_review(terms.review_on, today=today)


def check_review(review_on: date, *, today: date) -> None:
    """Raise ``Invalid`` unless the day lies ahead, and within a few years."""
    if review_on <= today:
        raise Invalid("The next review lies in the past.", possible="Choose a day to come.", field="review_on")
    if review_on.year > today.year + FARTHEST_REVIEW:
        raise Invalid("The next review lies too far ahead.", possible=f"Choose a day in the next {FARTHEST_REVIEW} years.", field="review_on")


def put(version: AgreementVersion, terms: Terms) -> None:
    """Write the terms into a version, over what it said before. The caller checked them, and has the agreement locked."""
    for name in PLAIN:
        setattr(version, name, getattr(terms, name))
    version.warm = terms.warm or terms.means != Means.BATON
    if terms.check_rule != CheckRule.AFTER:
        version.check_minutes = None
    is_new = version.pk is None
    version.save()
    if is_new:
        version.receiving_roles.add(*terms.receiving_roles)
    else:
        version.receiving_roles.set(terms.receiving_roles)
        version.limits.all().delete()
        version.required.all().delete()
    within = terms.accept_within or {}
    AgreementLimit.objects.bulk_create(
        AgreementLimit(version=version, urgency=urgency, accept_within=within.get(urgency), read_back=urgency in terms.read_back) for urgency in Urgency.values
    )
    RequiredInformation.objects.bulk_create(
        RequiredInformation(version=version, position=position, question=one.question, hint=one.hint, routine=one.routine, soon=one.soon, urgent=one.urgent)
        for position, one in enumerate(terms.required, start=1)
    )
