"""Makers for tests: people with names and roles, and states reached through moves, so that an impossible one cannot be set up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.models import JobRole, Membership, Team, User
from handover import moves
from handover.actions.models import Action
from handover.agreements.models import Agreement, AgreementLimit, AgreementVersion, Need, RequiredInformation
from handover.catalog.models import HandoverPoint, Service, Step
from handover.handovers.models import Item, When
from handover.shifts.models import Rostering, Shift

FOUR_PM = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)  # a Monday, in winter time


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def hours(n: float) -> timedelta:
    return timedelta(hours=n)


def make_team(name: str = "Front desk", zone: str = "Europe/London") -> Team:
    return Team.objects.create(name=name, zone=zone)


def make_colleague(name: str, *teams: Team, lead: bool = False, role: str = "", **fields: Any) -> User:
    user = User.objects.create_user(f"{name.lower().replace(' ', '.')}@example.org", name, **fields)
    for team in teams:
        membership = Membership.objects.create(team=team, user=user, level="lead" if lead else "member")
        if role:
            membership.job_roles.add(JobRole.objects.get_or_create(team=team, name=role)[0])
    return user


def make_shift(team: Team, name: str, starts_at: datetime, ends_at: datetime, *crew: User) -> Shift:
    shift = Shift.objects.create(team=team, name=name, local_date=starts_at.date(), starts_at=starts_at, ends_at=ends_at)
    Rostering.objects.bulk_create(Rostering(shift=shift, colleague=colleague) for colleague in crew)
    return shift


def make_agreement(
    team: Team,
    *,
    service: str = "Room moves",
    read_back: bool = False,
    must: tuple[str, ...] = (),
    should: tuple[str, ...] = (),
    roles: tuple[str, ...] = (),
    **fields: Any,
) -> AgreementVersion:
    """An agreement in force for a service of its own: during and between shifts, the same for every urgency."""
    made = Service.objects.create(team=team, name=service)
    step = Step.objects.create(service=made, position=1, name="Take the request")
    point = HandoverPoint.objects.create(service=made, after_step=step, letter="A", name="Request to room")
    agreement = Agreement.objects.create(team=team, point=point, created_at=FOUR_PM)
    version = AgreementVersion.objects.create(agreement=agreement, number=1, state="in_force", created_at=FOUR_PM, in_force_at=FOUR_PM, **fields)
    for urgency in ("routine", "soon", "urgent"):
        AgreementLimit.objects.create(version=version, urgency=urgency, read_back=read_back)
    for position, (question, need) in enumerate([(q, Need.MUST) for q in must] + [(q, Need.SHOULD) for q in should]):
        RequiredInformation.objects.create(version=version, position=position, question=question, routine=need, soon=need, urgent=need)
    version.receiving_roles.set([JobRole.objects.get_or_create(team=team, name=role)[0] for role in roles])
    return version


def make_action(by: User, *, at: datetime = FOUR_PM, pool: bool = False, **fields: Any) -> Action:
    fields = {"title": "Move Mrs Ellis from 214", "promise": "A warm room", "promised_by": at + hours(7), **fields}
    team = fields.pop("team", None) or Team.objects.get(memberships__user=by, memberships__ended_at__isnull=True)
    return moves.create(team=team, by=by, at=at, responsible=None if pool else by, **fields)


def brief(action: Action, **fields: Any) -> moves.Entry:
    """A brief with nothing missing but what an agreement asks."""
    words = {"situation": "Radiator cold since nine.", "done_so_far": "308 is warm.", "next_step": "Walk her to 308.", "if_then": "Two heaters from store B."}
    return moves.Entry(action_id=action.pk, **{**words, **fields})


def make_offer(
    by: User, to: User, *, at: datetime = FOUR_PM, action: Action | None = None, when: str = When.IN_SHIFT, entry: dict[str, Any] | None = None, **fields: Any
) -> Item:
    action = action or make_action(by, at=at)
    made = moves.offer(entries=[brief(action, **(entry or {}))], by=by, to=to, at=at, when=when, **fields)
    return made.items.get()


def make_accepted(by: User, to: User, *, at: datetime = FOUR_PM, **fields: Any) -> Item:
    item = make_offer(by, to, at=at, **fields)
    return moves.accept(item_id=item.pk, by=to, at=at + minutes(1), read_back="I will walk her to 308 by 23:00, else heaters.")


def fresh(thing: Any) -> Any:
    """The same row, read again."""
    return type(thing).objects.get(pk=thing.pk)
