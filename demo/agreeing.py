"""Writes down the demo's services, with their steps, handover points and agreements in force."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Team, User
from demo.agreed import AGREED, ALL, SERVICES, Agreed, Delivered
from demo.teams import PEOPLE, Cast
from handover.agreements.models import Agreement, AgreementLimit, AgreementVersion, RequiredInformation, VersionState
from handover.catalog.models import HandoverPoint, Service, Step


def make(cast: Cast, *, now: datetime) -> None:
    for name, services in SERVICES.items():
        team = cast.teams[name]
        lead = next(cast.people[short] for short, person in PEOPLE[name].items() if person.lead)
        for position, delivered in enumerate(services):
            cast.services[team.pk, delivered.name] = make_service(cast, team, delivered, position, by=lead, at=now - AGREED)


def make_service(cast: Cast, team: Team, delivered: Delivered, position: int, *, by: User, at: datetime) -> Service:
    service = Service.objects.create(team=team, name=delivered.name, description=delivered.about, relies_on_teamwork=bool(delivered.points), position=position)
    steps = Step.objects.bulk_create(
        Step(service=service, position=number, name=name, done_by=done_by) for number, (name, done_by) in enumerate(delivered.steps, 1)
    )
    for letter, (after, name, agreed) in zip("ABC", delivered.points, strict=False):
        point = HandoverPoint.objects.create(service=service, after_step=steps[after - 1], letter=letter, name=name[:1].upper() + name[1:])
        for each in agreed:
            make_agreement(cast, team, point, each, by=by, at=at)
    return service


def make_agreement(cast: Cast, team: Team, point: HandoverPoint, agreed: Agreed, *, by: User, at: datetime) -> None:
    agreement = Agreement.objects.create(team=team, point=point, applies=agreed.applies, created_at=at)
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=1,
        state=VersionState.IN_FORCE,
        trigger=agreed.trigger,
        channel=agreed.channel,
        warm="face to face" in agreed.channel,
        colleague_may_go_past=agreed.go_past,
        check_rule=agreed.check,
        check_minutes=agreed.minutes,
        created_by=by,
        created_at=at,
        in_force_at=at,
    )
    within = dict(agreed.within)
    AgreementLimit.objects.bulk_create(
        AgreementLimit(version=version, urgency=urgency, accept_within=within.get(urgency), read_back=urgency in agreed.read_back) for urgency in ALL
    )
    RequiredInformation.objects.bulk_create(
        RequiredInformation(version=version, position=position, question=question, hint=hint, routine=need, soon=need, urgent=need)
        for position, (question, need, hint) in enumerate(agreed.asks, 1)
    )
    if agreed.roles:
        version.receiving_roles.set([cast.roles[team.pk, role] for role in agreed.roles])
