"""How a team hands over, read from what is in force now; who has read it; one colleague's own part. A fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import JobRole, Membership, Team, User
from accounts.models import Kind as UserKind
from common.keyset import Page, keyset_page
from handover.agreements import wording
from handover.agreements.models import AgreementVersion
from handover.agreements.queries import by_point, complete
from handover.catalog.models import HandoverPoint, Service, Step
from handover.policies.models import Policy
from handover.policies.queries import for_services
from handover.procedure.models import ProcedureAcknowledgement

READERS = 20


@dataclass(frozen=True)
class PointPart:
    """A handover point with what is agreed there, during a shift and between shifts side by side; nothing: not agreed yet."""

    point: HandoverPoint
    during: AgreementVersion | None
    between: AgreementVersion | None

    @property
    def lines(self) -> list[wording.Line]:
        return wording.compared(self.during, self.between) if self.versions else []

    @property
    def versions(self) -> list[AgreementVersion]:
        return list(dict.fromkeys(version for version in (self.during, self.between) if version))

    @property
    def is_same(self) -> bool:
        """One agreement holds at both times."""
        return self.during is not None and self.during == self.between


@dataclass(frozen=True)
class ServicePart:
    """A service step by step, its points, and what goes with it."""

    service: Service
    steps: tuple[Step, ...]
    points: tuple[PointPart, ...]
    rules: tuple[Policy, ...]

    @property
    def flow(self) -> list[tuple[Step, list[PointPart]]]:
        return [(step, [part for part in self.points if part.point.after_step_id == step.pk]) for step in self.steps]


@dataclass(frozen=True)
class Procedure:
    """How a team hands over. ``received``: what other teams agreed to pass to it. ``since``: when it last changed; ``None``: nothing is agreed."""

    team: Team
    services: tuple[ServicePart, ...]
    alone: tuple[Service, ...]
    received: tuple[AgreementVersion, ...]
    fingerprint: str
    since: datetime | None

    @property
    def not_agreed(self) -> list[tuple[Service, PointPart]]:
        return [(part.service, point) for part in self.services for point in part.points if not point.versions]

    @property
    def half_agreed(self) -> list[tuple[Service, PointPart]]:
        """Agreed for one of the two times only."""
        return [(part.service, point) for part in self.services for point in part.points if point.versions and not (point.during and point.between)]


def procedure_of(team: Team) -> Procedure:
    services = list(_services(team))
    versions = list(_in_force(team))
    ours = [version for version in versions if version.agreement.team_id == team.pk]
    rules = for_services(service.pk for service in services)
    agreed = by_point(ours)
    parts = [_part(service, agreed, rules.get(service.pk, [])) for service in services]
    told = [part for part in parts if part.points or part.service.relies_on_teamwork]
    return Procedure(
        team=team,
        services=tuple(told),
        alone=tuple(part.service for part in parts if part not in told),
        received=tuple(version for version in versions if version.agreement.team_id != team.pk),
        fingerprint=fingerprint_of(version.pk for version in versions),
        since=max((version.in_force_at for version in versions if version.in_force_at), default=None),
    )


def _services(team: Team) -> QuerySet[Service]:
    found = Service.objects.current().filter(team=team).order_by("position", "name", "pk")
    return found.prefetch_related("steps__team", "steps__job_roles", "handover_points", "systems", "teams", "job_roles")


def _in_force(team: Team) -> QuerySet[AgreementVersion]:
    """What the team agreed, and what other teams agreed to pass to it."""
    mine = _concerning(team.pk)
    return complete(mine).order_by("agreement__team__name", "agreement__point__service__name", "agreement__point__letter", "pk")


def _concerning(team_id: int) -> QuerySet[AgreementVersion]:
    in_force = AgreementVersion.objects.in_force().filter(agreement__point__service__ended_at__isnull=True)
    return in_force.filter(agreement__team=team_id) | in_force.filter(to_team=team_id)


def _part(service: Service, by_point: dict[int, dict[str, AgreementVersion]], rules: list[Policy]) -> ServicePart:
    points = sorted(service.handover_points.all(), key=lambda point: point.letter)
    parts = [PointPart(point, by_point.get(point.pk, {}).get("during"), by_point.get(point.pk, {}).get("between")) for point in points]
    return ServicePart(service, tuple(sorted(service.steps.all(), key=lambda step: step.position)), tuple(parts), tuple(rules))


# --- Who has read it ------------------------------------------------------------------------------------------------------


def fingerprint_of(version_ids: Iterable[int]) -> str:
    """Tells the versions that a procedure was made of; nothing agreed gives an empty one."""
    ids = sorted(version_ids)
    return sha256(",".join(map(str, ids)).encode()).hexdigest() if ids else ""


def now_of(team_id: int) -> tuple[str, datetime | None]:
    """The fingerprint of a team's procedure now, and since when it is so. One statement."""
    rows = dict(_concerning(team_id).values_list("pk", "in_force_at"))
    return fingerprint_of(rows), max((at for at in rows.values() if at), default=None)


@dataclass(frozen=True)
class Standing:
    """What one colleague has read: ``read_at`` of what holds now, ``last_at`` of whatever they read last."""

    read_at: datetime | None
    last_at: datetime | None


def standing_of(user: User, team_id: int, fingerprint: str) -> Standing:
    said = dict(ProcedureAcknowledgement.objects.filter(team=team_id, colleague=user).values_list("fingerprint", "at"))
    return Standing(said.get(fingerprint), max(said.values(), default=None))


def not_read_by(team_id: int, fingerprint: str, *, cursor: str | None = None, size: int = READERS) -> Page:
    """Members who have not read what holds now, each with ``last_at``, when they read it last; computed from who is there now."""
    said = ProcedureAcknowledgement.objects.filter(team=team_id, colleague=OuterRef("user"))
    here = Membership.objects.current().filter(team=team_id, user__is_active=True, user__kind=UserKind.PERSON)
    unread = here.filter(~Exists(said.filter(fingerprint=fingerprint))).annotate(last_at=said.order_by("-at").values("at")[:1])
    return keyset_page(unread.select_related("user"), sort="pk", cursor=cursor, size=size, descending=False)


# --- My part --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """A point at which I pass something on. ``roles``: those of mine that do the step before it; none: it is nobody's in particular."""

    service: Service
    part: PointPart
    step: Step | None
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Received:
    """An agreement that lets me take something over. ``roles``: those of mine that it names; none: anybody may."""

    version: AgreementVersion
    roles: tuple[str, ...]


@dataclass(frozen=True)
class MyPart:
    """What one colleague gives and may receive, by job role. ``roles`` are theirs in the team."""

    roles: tuple[JobRole, ...]
    gives: tuple[Given, ...]
    receives: tuple[Received, ...]


def my_part(user: User, team: Team, procedure: Procedure | None = None) -> MyPart:
    procedure = procedure or procedure_of(team)
    membership = Membership.objects.current().filter(team=team, user=user).prefetch_related("job_roles").first()
    roles = tuple(sorted(membership.job_roles.all(), key=lambda role: role.name)) if membership else ()
    mine = {role.pk: role.name for role in roles}
    gives = [given for part in procedure.services for step, points in part.flow for point in points for given in _given(part.service, step, point, mine)]
    every = [version for part in procedure.services for point in part.points for version in point.versions if version.to_team_id in (None, team.pk)]
    receives = [received for version in [*every, *procedure.received] for received in _received(version, mine)]
    return MyPart(roles, tuple(gives), tuple(receives))


def _given(service: Service, step: Step, point: PointPart, mine: dict[int, str]) -> list[Given]:
    doers = {role.pk for role in step.job_roles.all()}
    if not doers:
        return [] if step.team_id else [Given(service, point, step, ())]
    named = tuple(mine[pk] for pk in doers if pk in mine)
    return [Given(service, point, step, named)] if named else []


def _received(version: AgreementVersion, mine: dict[int, str]) -> list[Received]:
    takers = {role.pk for role in version.receiving_roles.all()}
    named = tuple(sorted(mine[pk] for pk in takers if pk in mine))
    return [Received(version, named)] if named or not takers else []
