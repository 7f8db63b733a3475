"""Has the leads of the demo's teams write down their services, and agree on the handover points."""

from __future__ import annotations

from datetime import datetime

from accounts.models import JobRole, Team, User
from demo.agreed import AGREED, SERVICES, Agreed, Delivered
from demo.mapping import roles_of
from demo.teams import Cast
from handover.agreements import operations as agreements
from handover.agreements.operations import Asked, Terms
from handover.catalog import operations as catalog
from handover.catalog.models import Service
from handover.catalog.words import StepWords


def make(cast: Cast, *, now: datetime) -> None:
    for name, services in SERVICES.items():
        team, lead = cast.teams[name], cast.lead_of(name)
        for delivered in services:
            cast.services[team.pk, delivered.name] = make_service(team, delivered, by=lead, at=now - AGREED)


def make_service(team: Team, delivered: Delivered, *, by: User, at: datetime) -> Service:
    points = {after: (name, agreed) for after, name, agreed in delivered.points}
    steps = [
        StepWords(name, done_by, point=number in points, point_name=points[number][0] if number in points else "", role_ids=roles_of(team, done_by))
        for number, (name, done_by) in enumerate(delivered.steps, 1)
    ]
    service = catalog.add_service(team=team, by=by, at=at, name=delivered.name, relies_on_teamwork=bool(points), description=delivered.about, steps=steps)
    for point in service.handover_points.select_related("service__team", "after_step"):
        for agreed in points[point.after_step.position][1]:
            agreements.make(point=point, by=by, at=at, applies=agreed.applies, terms=terms(agreed, team))
    return service


def terms(agreed: Agreed, team: Team) -> Terms:
    return Terms(
        trigger=agreed.trigger,
        channel=agreed.channel,
        warm="face to face" in agreed.channel,
        receiving_roles=JobRole.objects.filter(team=team, name__in=agreed.roles) if agreed.roles else (),
        colleague_may_go_past=agreed.go_past,
        check_rule=agreed.check,
        check_minutes=agreed.minutes,
        accept_within=dict(agreed.within),
        read_back=agreed.read_back,
        required=[Asked(question, hint, need, need, need) for question, need, hint in agreed.asks],
    )
