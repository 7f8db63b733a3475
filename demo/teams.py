"""The three teams of the demo and everybody in them. People are called by a short name in the stories."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from accounts import operations as accounts
from accounts.demo_signins import DEMO_INTEGRATION, DEMO_PASSWORD
from accounts.models import Level, Team, User
from handover.agreements.models import AgreementVersion
from handover.catalog.models import Service

HOTEL, CENTRE, SHOP = "Harbour View, front desk", "Northmoor Water, contact centre", "Calder & Sons, Leeds"
ZONE = "Europe/London"
JOINED = timedelta(days=120)
MACHINE = "booking"
"""What the stories call the hotel's integration."""


@dataclass(frozen=True)
class Person:
    name: str
    role: str
    lead: bool = False


PEOPLE: dict[str, dict[str, Person]] = {
    HOTEL: {
        "amara": Person("Amara Osei", "host"),
        "tom": Person("Tom Reid", "night receptionist"),
        "priya": Person("Priya Kaur", "duty manager", lead=True),
        "callum": Person("Callum Byrne", "host"),
        "zofia": Person("Zofia Nowak", "housekeeper"),
        "dev": Person("Dev Patel", "maintenance technician"),
        "marek": Person("Marek Duda", "chef"),
        "helen": Person("Helen Marsh", "finance officer"),
        "ines": Person("Ines Duarte", "housekeeper"),
        "grace": Person("Grace Adeyemi", "night porter"),
    },
    CENTRE: {
        "leila": Person("Leila Haddad", "team lead", lead=True),
        "jamie": Person("Jamie Wood", "customer adviser"),
        "sana": Person("Sana Bashir", "customer adviser"),
        "nadia": Person("Nadia Farouk", "billing specialist"),
        "kofi": Person("Kofi Mensah", "customer adviser"),
        "ellie": Person("Ellie Lunn", "billing specialist"),
        "rhys": Person("Rhys Owen", "customer adviser"),
        "mina": Person("Mina Sato", "night adviser"),
        "graham": Person("Graham Tully", "night adviser"),
    },
    SHOP: {
        "sam": Person("Sam Whitfield", "service desk lead", lead=True),
        "bea": Person("Bea Lockwood", "service desk colleague"),
        "imran": Person("Imran Aziz", "stockroom colleague"),
        "hollie": Person("Hollie Grant", "service desk colleague"),
        "yusuf": Person("Yusuf Demir", "stockroom lead"),
        "pete": Person("Pete Rowntree", "customer care colleague"),
    },
}
KINDS = {HOTEL: Team.Kind.FRONT_DESK, CENTRE: Team.Kind.CONTACT_CENTRE, SHOP: Team.Kind.SHOP}
ADMINISTRATOR = ("admin", "Alex Morgan")


@dataclass
class Cast:
    """Everybody and everything that the stories name."""

    teams: dict[str, Team] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    services: dict[tuple[int, str], Service] = field(default_factory=dict)
    agreed: dict[tuple[int, str, bool], AgreementVersion | None] = field(default_factory=dict)

    def lead_of(self, team_name: str) -> User:
        return next(self.people[short] for short, person in PEOPLE[team_name].items() if person.lead)


def zone(now: datetime) -> str:
    """British time; UTC while British clocks have just changed, or are about to: stories of yesterday count in plain hours."""
    british = ZoneInfo(ZONE)
    offsets = {(now + timedelta(days=days)).astimezone(british).utcoffset() for days in (-3, 0, 2)}
    return ZONE if len(offsets) == 1 else "UTC"


def make(*, now: datetime) -> Cast:
    """Teams, job roles, colleagues, an administrator and the integration, all of them here since four months ago."""
    cast, at = Cast(), now - JOINED
    for name, people in PEOPLE.items():
        team = cast.teams[name] = accounts.create_team(name=name, zone=zone(now), kind=KINDS[name], by=None, at=at)
        names = dict.fromkeys(person.role for person in people.values())
        roles = {role: accounts.add_job_role(team_id=team.pk, name=role, by=None, at=at).pk for role in names}
        for short, person in people.items():
            place = accounts.add_colleague(
                team_id=team.pk,
                email=f"{short}@example.org",
                display_name=person.name,
                level=Level.LEAD if person.lead else Level.MEMBER,
                job_role_ids=[roles[person.role]],
                by=None,
                at=at,
            )
            cast.people[short] = place.user
    short, name = ADMINISTRATOR
    cast.people[short] = accounts.add_person(email=f"{short}@example.org", display_name=name, is_administrator=True, by=None, at=at)
    let_sign_in(cast)
    cast.people[MACHINE] = accounts.make_integration(team_id=cast.teams[HOTEL].pk, name=DEMO_INTEGRATION, by=None, at=at).user
    return cast


def let_sign_in(cast: Cast) -> None:
    """One password for everybody: hashed once, because a good hash is slow on purpose."""
    encoded = make_password(DEMO_PASSWORD)
    User.objects.filter(pk__in=[person.pk for person in cast.people.values()]).update(password=encoded)
    for person in cast.people.values():
        person.password = encoded
