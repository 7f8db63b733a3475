"""Writes to policies: a draft, its publication, where it applies, and that somebody has read it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid, Refusal, StaleVersion
from handover.events import Event
from handover.policies import asking, permissions, queries
from handover.policies.models import Policy, PolicyAcknowledgement, PolicyHint, PolicyService, PolicyVersion


@dataclass(frozen=True)
class About:
    """What is said of a policy beside its text. ``services``: ids of those it applies to, none: every team. ``hints``: a sentence by place."""

    kind: str
    title: str
    kept_by: str
    source: str = ""
    services: Collection[int] = ()
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wording:
    """One version's text."""

    body: str
    in_force_from: date
    what_changed: str = ""


@transaction.atomic
def add(*, by: User, at: datetime, about: About, wording: Wording) -> Policy:
    """A new policy as a draft, which nobody but administrators sees before it is published."""
    permissions.check_write(by)
    _check_title(about.title)
    policy = Policy.objects.create(kind=about.kind, title=about.title, kept_by=about.kept_by, source=about.source, created_at=at)
    _place(policy, about)
    _write(policy, wording, by=by, at=at)
    _record(Event.POLICY_ADDED, policy, by=by, at=at, data={"services": sorted(about.services), "hints": sorted(about.hints)})
    return policy


@transaction.atomic
def change(*, policy: Policy, by: User, at: datetime, about: About) -> Policy:
    """Say anew what is not its text. Where that makes it apply to another team, this team is asked to read it; one that it left is not any more."""
    permissions.check_write(by)
    policy = _lock(policy)
    _check_title(about.title, but=policy)
    policy.kind, policy.title, policy.kept_by, policy.source = about.kind, about.title, about.kept_by, about.source
    policy.save(update_fields=["kind", "title", "kept_by", "source"])
    _place(policy, about)
    if (newest := queries.newest_of(policy)) and policy.ended_at is None:
        asking.ask_teams(newest, by=by, at=at)
    _record(Event.POLICY_CHANGED, policy, by=by, at=at, data={"services": sorted(about.services), "hints": sorted(about.hints)})
    return policy


@transaction.atomic
def draft(*, policy: Policy, by: User, at: datetime, wording: Wording) -> PolicyVersion:
    """Write the next version, or write its draft anew. What was published stays as it is."""
    permissions.check_write(by)
    policy = _lock(policy)
    _check_not_ended(policy)
    if policy.versions.published().exists() and not wording.what_changed:
        raise Invalid("Say what has changed: those who know the last version read that first.", field="what_changed")
    version = _write(policy, wording, by=by, at=at)
    _record(Event.POLICY_DRAFTED, policy, by=by, at=at, data={"version": version.number})
    return version


@transaction.atomic
def publish(*, policy: Policy, by: User, at: datetime) -> PolicyVersion:
    """Publish the draft: everybody concerned is asked to read it, also who had read the version before. Twice is harmless."""
    permissions.check_write(by)
    policy = _lock(policy)
    _check_not_ended(policy)
    version = policy.versions.filter(published_at__isnull=True).first()
    if version is None:
        if newest := queries.newest_of(policy):
            return newest
        raise Refusal("There is no draft to publish.", possible="Write the next version first.")
    earlier = list(policy.versions.published())
    version.published_at, version.published_by = at, by
    version.save(update_fields=["published_at", "published_by"])
    asking.stop(earlier, at=at)
    asking.ask_teams(version, by=by, at=at)
    _record(Event.POLICY_PUBLISHED, policy, by=by, at=at, data={"version": version.number, "in_force_from": version.in_force_from.isoformat()})
    return version


@transaction.atomic
def end(*, policy: Policy, by: User, at: datetime) -> Policy:
    """It does not apply any more: nobody is asked, nothing is shown beside fields; it stays readable. Twice is harmless."""
    permissions.check_write(by)
    policy = _lock(policy)
    if policy.ended_at is None:
        policy.ended_at = at
        policy.save(update_fields=["ended_at"])
        asking.stop(list(policy.versions.published()), at=at)
        _record(Event.POLICY_ENDED, policy, by=by, at=at, data={})
    return policy


@transaction.atomic
def acknowledge(*, policy: Policy, by: User, at: datetime, number: int) -> PolicyAcknowledgement:
    """``by`` has read the version with this number, which has to be the newest one. Saying it twice is harmless."""
    permissions.check_acknowledge(by, policy)
    policy = Policy.objects.select_for_update(of=("self",), no_key=True).get(pk=policy.pk)
    newest = queries.newest_of(policy)
    _check_not_ended(policy)
    if newest is None or newest.number != number:
        theirs = newest.number if newest else None
        raise StaleVersion("A newer version has been published meanwhile.", possible=f"Read version {theirs}, and acknowledge that one.", theirs=theirs)
    said, is_new = PolicyAcknowledgement.objects.get_or_create(version=newest, colleague=by, defaults={"at": at})
    if is_new:
        teams = asking.answered(newest, by=by, at=at)
        data = {"version": newest.number, "colleague": by.pk}
        audit.record(Event.POLICY_ACKNOWLEDGED, actor=by, subject=policy, team_id=teams[0] if teams else None, at=at, data=data)
    return said


def _lock(policy: Policy) -> Policy:
    return Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)


def _check_not_ended(policy: Policy) -> None:
    if policy.ended_at is not None:
        raise Refusal("This policy does not apply any more.", possible="Write a new one.")


def _check_title(title: str, but: Policy | None = None) -> None:
    same = Policy.objects.filter(title__iexact=title)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Invalid("There is a policy of this title already.", possible="Write a new version of that one, or choose another title.", field="title")


def _place(policy: Policy, about: About) -> None:
    """Where it applies, and what is shown beside which field."""
    wanted = set(about.services)
    policy.links.exclude(service__in=wanted).delete()
    there = set(policy.links.values_list("service_id", flat=True))
    PolicyService.objects.bulk_create(PolicyService(policy=policy, service_id=pk) for pk in sorted(wanted - there))
    policy.hints.exclude(place__in=about.hints).delete()
    rows = [PolicyHint(policy=policy, place=place, sentence=sentence) for place, sentence in about.hints.items()]
    PolicyHint.objects.bulk_create(rows, update_conflicts=True, unique_fields=["policy", "place"], update_fields=["sentence"])


def _write(policy: Policy, wording: Wording, *, by: User, at: datetime) -> PolicyVersion:
    version = policy.versions.filter(published_at__isnull=True).first()
    if version is None:
        number = (policy.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        version = PolicyVersion(policy=policy, number=number)
    version.body, version.what_changed, version.in_force_from = wording.body, wording.what_changed, wording.in_force_from
    version.written_by, version.written_at = by, at
    version.save()
    return version


def _record(kind: Event, policy: Policy, *, by: User, at: datetime, data: dict[str, object]) -> None:
    """A policy is the organisation's: of no team."""
    audit.record(kind, actor=by, subject=policy, team_id=None, at=at, data=data)
