"""People and teams for stories, made through the operations. What a story is not about has a default."""

from datetime import UTC, datetime, timedelta
from typing import Any

from accounts import operations
from accounts.models import Integration, JobRole, Level, Membership, Scope, Team, User

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday, in winter time
PASSWORD = "correct horse battery"


def make_team(name: str = "Harbour View", **fields: Any) -> Team:
    return operations.create_team(name=name, **{"by": None, "at": NINE, **fields})


def make_colleague(name: str, *, team: Team | None = None, level: str = Level.MEMBER, roles: list[JobRole] | None = None, **fields: Any) -> User:
    """A person “Ana” with the address ana@example.com, in the team where one is given."""
    email = f"{name.lower().replace(' ', '.')}@example.com"
    person = operations.add_person(email=email, display_name=name, **{"by": None, "at": NINE, **fields})
    if team is not None:
        ids = [role.pk for role in roles or []]
        operations.add_colleague(team_id=team.pk, email=email, display_name=name, level=level, job_role_ids=ids, by=None, at=NINE)
    return person


def make_colleagues(*names: str, team: Team | None = None) -> list[User]:
    """Members of one team, which is made where none is given."""
    own = team or make_team()
    return [make_colleague(name, team=own) for name in names]


def make_lead(name: str = "Lena", *, team: Team) -> User:
    return make_colleague(name, team=team, level=Level.LEAD)


def make_administrator(name: str = "Adele") -> User:
    return make_colleague(name, is_administrator=True)


def make_integration(team: Team, name: str = "Booking system") -> Integration:
    return operations.make_integration(team_id=team.pk, name=name, by=None, at=NINE)


def make_token(team: Team, *, scopes: list[str] | None = None, at: datetime = NINE, lasts: timedelta = timedelta(days=90), name: str = "Booking system") -> str:
    """The text of a token of a new integration, with every scope unless told."""
    integration = make_integration(team, name)
    wanted = list(Scope.values) if scopes is None else scopes
    return operations.issue_token(integration_id=integration.pk, scopes=wanted, expires_at=at + lasts, by=None, at=at)


def place_of(person: User, team: Team) -> Membership:
    return Membership.objects.current().get(user=person, team=team)
