"""Writes to agreements: a lead puts a version in force; new terms are a new version, and running handovers keep theirs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import JobRole, User
from audit import operations as audit
from common.errors import Invalid, StaleVersion
from handover.agreements import permissions
from handover.agreements.models import Agreement, AgreementLimit, AgreementVersion, Applies, CheckRule, Need, RequiredInformation, VersionState
from handover.catalog.models import HandoverPoint
from handover.due.limits import Urgency
from handover.events import Event


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
    channel: str = "On screen"
    warm: bool = False
    receiving_roles: Collection[JobRole] = ()
    colleague_may_go_past: bool = False
    check_rule: str = CheckRule.PROMISE
    check_minutes: int | None = None
    accept_within: Mapping[str, int | None] | None = None
    read_back: Collection[str] = ()
    required: Sequence[Asked] = ()
    to_team_id: int | None = None


@transaction.atomic
def make(*, point: HandoverPoint, by: User, at: datetime, applies: str = Applies.BOTH, terms: Terms) -> AgreementVersion:
    """The first version for a handover point, in force at once because a lead decides."""
    team = point.service.team
    permissions.check_decide(by, team.pk)
    HandoverPoint.objects.select_for_update().get(pk=point.pk)  # so that two who agree at once do not both
    if Agreement.objects.filter(point=point, applies=applies).exists():
        raise Invalid("There is an agreement for this point and time already.", possible="Change that one.", field="applies")
    agreement = Agreement.objects.create(team=team, point=point, applies=applies, created_at=at)
    version = _write(agreement, 1, terms, by=by, at=at)
    _record(Event.AGREEMENT_MADE, version, by=by, at=at, data={"version": version.pk})
    return version


@transaction.atomic
def change(*, agreement: Agreement, by: User, at: datetime, terms: Terms, read: int | None = None) -> AgreementVersion:
    """The next version, in force from now on. What is on offer or accepted keeps the version that it was made under.

    ``read`` is the number of the version that ``by`` had before them; raises ``StaleVersion`` if another is the newest by now.
    """
    permissions.check_decide(by, agreement.team_id)
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    newest = AgreementVersion.objects.filter(agreement=agreement).aggregate(number=Max("number"))["number"] or 0
    if read is not None and read != newest:
        possible = f"Look at version {newest}; what you typed is still here. Save again to put it in force after that one."
        raise StaleVersion(f"Somebody put version {newest} in force meanwhile.", possible=possible, theirs=newest)
    before = AgreementVersion.objects.filter(agreement=agreement).in_force().first()
    AgreementVersion.objects.filter(agreement=agreement).in_force().update(state=VersionState.ENDED, ended_at=at)
    version = _write(agreement, newest + 1, terms, by=by, at=at)
    data = {"version": version.pk, "number": version.number, "ended": before.pk if before else None}
    _record(Event.AGREEMENT_CHANGED, version, by=by, at=at, data=data)
    return version


def _record(kind: Event, version: AgreementVersion, *, by: User, at: datetime, data: dict[str, Any]) -> None:
    """The receiving team, where it is another one, sees it too."""
    agreement = version.agreement
    audit.record(kind, actor=by, subject=agreement, team_id=agreement.team_id, also_team_id=version.to_team_id, at=at, data=data)


def _write(agreement: Agreement, number: int, terms: Terms, *, by: User, at: datetime) -> AgreementVersion:
    roles = list(terms.receiving_roles)
    allowed_teams = {agreement.team_id, terms.to_team_id}
    if any(role.team_id not in allowed_teams for role in roles):
        raise Invalid("A job role belongs to another team.", possible="Choose roles of the receiving team.", field="receiving_roles")
    if terms.check_rule == CheckRule.AFTER and not terms.check_minutes:
        raise Invalid("Say after how many minutes it is checked.", field="check_minutes")
    plain: dict[str, Any] = {
        name: getattr(terms, name) for name in ("trigger", "channel", "warm", "colleague_may_go_past", "check_rule", "check_minutes", "to_team_id")
    }
    if terms.check_rule != CheckRule.AFTER:
        plain["check_minutes"] = None
    version = AgreementVersion.objects.create(
        agreement=agreement, number=number, state=VersionState.IN_FORCE, created_by=by, created_at=at, in_force_at=at, **plain
    )
    version.receiving_roles.set(roles)
    within = terms.accept_within or {}
    AgreementLimit.objects.bulk_create(
        AgreementLimit(version=version, urgency=urgency, accept_within=within.get(urgency), read_back=urgency in terms.read_back) for urgency in Urgency.values
    )
    RequiredInformation.objects.bulk_create(
        RequiredInformation(version=version, position=position, question=one.question, hint=one.hint, routine=one.routine, soon=one.soon, urgent=one.urgent)
        for position, one in enumerate(terms.required, start=1)
    )
    return version
