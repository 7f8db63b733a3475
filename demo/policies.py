"""What the demo's teams have to keep to: six texts, who has read them, and one new version that still waits for some."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from demo.policy_texts import ACCESS, ALLERGENS, DATA, EXTRA_HELP, PROMISES, RIGHTS, Text
from demo.teams import ADMINISTRATOR, CENTRE, HOTEL, PEOPLE, SHOP, Cast
from handover.policies import operations
from handover.policies.models import Policy
from handover.procedure import operations as procedure
from handover.procedure.queries import now_of


@dataclass(frozen=True)
class Placed:
    """A text, the services that it is for (none: every team), when it was published (days ago), and who has not read it."""

    text: Text
    days: float
    services: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    teams: tuple[str, ...] = (HOTEL, CENTRE, SHOP)
    newer: tuple[float, Text] | None = None
    unread_newer: tuple[str, ...] = field(default=())


READ_PROMISES = ("priya", "amara", "tom", "dev", "leila", "jamie", "sam", "bea")
POLICIES = (
    Placed(DATA, 45, unread=("grace", "graham", "pete")),
    Placed(PROMISES, 3.2, unread=tuple(short for people in PEOPLE.values() for short in people if short not in READ_PROMISES)),
    Placed(RIGHTS, 43, ("Returns and refunds", "Click and collect problems", "Repairs under guarantee"), ("imran",), (SHOP,)),
    Placed(EXTRA_HELP, 42, ("Priority services", "Supply", "Bursts and leaks"), ("mina",), (CENTRE,)),
    Placed(ALLERGENS, 41, ("Room service", "Weddings and events"), ("ines",), (HOTEL,)),
    Placed(
        ACCESS,
        40,
        ("Room moves", "Room faults", "Group arrivals"),
        teams=(HOTEL,),
        newer=(1.6, ACCESS.newer()),
        unread_newer=("amara", "tom", "callum", "marek", "grace"),
    ),
)
READ_FIRST = {HOTEL: ("callum", "helen"), CENTRE: ("kofi",), SHOP: ("pete", "imran", "hollie")}
READ_AGAIN = {HOTEL: ("priya", "amara", "tom", "dev", "zofia"), CENTRE: ("leila", "jamie", "sana"), SHOP: ("sam", "bea", "yusuf")}
"""Who has read how their team hands over: as it was at first, and since it last changed."""


def make(cast: Cast, *, now: datetime) -> None:
    for placed in POLICIES:
        publish(cast, placed, now=now)


def publish(cast: Cast, placed: Placed, *, now: datetime) -> None:
    by, at = cast.people[ADMINISTRATOR[0]], now - timedelta(days=placed.days)
    text = placed.text
    services = [service.pk for (_, name), service in cast.services.items() if name in placed.services]
    about = operations.About(text.kind, text.title, text.kept_by, text.source, services, dict(text.hints))
    wording = operations.Wording(text.body, (at + timedelta(days=7)).date())
    policy = operations.add(by=by, at=at - timedelta(hours=2), about=about, wording=wording)
    operations.publish(policy=policy, by=by, at=at)
    read(cast, policy, 1, everybody(placed, but=placed.unread), at=at)
    if placed.newer:
        days, newer = placed.newer
        at = now - timedelta(days=days)
        wording = operations.Wording(newer.body, at.date(), newer.what_changed)
        operations.draft(policy=policy, by=by, at=at - timedelta(hours=1), wording=wording)
        operations.publish(policy=policy, by=by, at=at)
        read(cast, policy, 2, everybody(placed, but=placed.unread_newer), at=at)


def everybody(placed: Placed, *, but: Iterable[str]) -> list[str]:
    return [short for team in placed.teams for short in PEOPLE[team] if short not in but]


def read(cast: Cast, policy: Policy, number: int, names: Iterable[str], *, at: datetime) -> None:
    """One after the other, some hours apart."""
    for turn, name in enumerate(names, 1):
        operations.acknowledge(policy=policy, by=cast.people[name], at=at + timedelta(minutes=37 * turn), number=number)


def read_procedure(cast: Cast, names: dict[str, tuple[str, ...]], *, at: datetime) -> None:
    """These have read how their team hands over, as it is now."""
    for team, people in names.items():
        fingerprint, _ = now_of(cast.teams[team].pk)
        for turn, name in enumerate(people, 1):
            procedure.acknowledge(team=cast.teams[team], by=cast.people[name], at=at + timedelta(minutes=41 * turn), fingerprint=fingerprint)


def read_first(cast: Cast, *, now: datetime) -> None:
    """Before anything was changed."""
    read_procedure(cast, READ_FIRST, at=now - timedelta(days=46))


def read_again(cast: Cast, *, now: datetime) -> None:
    read_procedure(cast, READ_AGAIN, at=now - timedelta(hours=20))
