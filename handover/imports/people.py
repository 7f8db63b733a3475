"""The people and teams that a log names, as users who never sign in and teams of that source."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password

from accounts.models import Kind, Membership, Team, User

MOST_TWINS = 50


def people(source: str, names: Collection[str], *, automatic: Collection[str], at: datetime) -> dict[str, User]:
    """The user of each name, made where there is none. Names are compared character by character: accents and capitals tell people apart."""
    wanted = sorted(name for name in names if name)
    here = _users(source, wanted)
    password = make_password(None)  # one that nothing matches
    User.objects.bulk_create(
        [User(display_name=name, kind=_kind(name, automatic), source=source, password=password, created_at=at) for name in wanted if name not in here],
        ignore_conflicts=True,
    )
    return _users(source, wanted)


def _users(source: str, names: list[str]) -> dict[str, User]:
    found = User.objects.filter(source=source, display_name__in=names, kind__in=[Kind.IMPORTED, Kind.AUTOMATIC])
    return {user.display_name: user for user in found}


def _kind(name: str, automatic: Collection[str]) -> Kind:
    return Kind.AUTOMATIC if name in automatic else Kind.IMPORTED


def mark_automatic(source: str, names: Collection[str]) -> int:
    """The users of these names are that system's robots; return how many were thought to be people until now."""
    marked: int = User.objects.filter(source=source, display_name__in=names, kind=Kind.IMPORTED).update(kind=Kind.AUTOMATIC)
    return marked


def unknown(source: str, names: Collection[str]) -> list[str]:
    """Those of the names that nobody in this source has."""
    return sorted(set(names) - set(_users(source, list(names))))


def teams(source: str, groups: Collection[str], *, zone: str, at: datetime) -> dict[str, Team]:
    """The team of each group, made where there is none; ``""`` is the team “No group (SOURCE)”.

    Groups that differ by capitals only stay apart although two teams may not be named so: the later one is called
    “test (2)”.
    """
    found: dict[str, Team] = {}
    names = {group: group or f"No group ({source})" for group in sorted(groups)}
    for twin in range(1, MOST_TWINS):
        left = {group: name if twin == 1 else f"{name[:114]} ({twin})" for group, name in names.items() if group not in found}
        if not left:
            break
        here = _teams(source, left.values())
        Team.objects.bulk_create(
            [Team(name=name, source=source, zone=zone, created_at=at) for name in left.values() if name not in here], ignore_conflicts=True
        )
        here = _teams(source, left.values())
        found |= {group: here[name] for group, name in left.items() if name in here}
    return found


def _teams(source: str, names: Iterable[str]) -> dict[str, Team]:
    return {team.name: team for team in Team.objects.filter(source=source, name__in=list(names))}


def join(held: dict[tuple[int, int], datetime]) -> None:
    """Put each (team, user) who held an action there into that team, since when. Whoever was ever in it is left as they are.

    Only holders: the one who wrote a row that moves a case to a group is rarely of that group.
    """
    team_ids, user_ids = {team for team, _ in held}, {user for _, user in held}
    known = set(Membership.objects.filter(team_id__in=team_ids, user_id__in=user_ids).values_list("team_id", "user_id"))
    Membership.objects.bulk_create(
        [Membership(team_id=team, user_id=user, started_at=since) for (team, user), since in held.items() if (team, user) not in known],
        ignore_conflicts=True,
    )


def robots(source: str) -> list[str]:
    """The names of the source's automatic users."""
    return list(User.objects.filter(source=source, kind=Kind.AUTOMATIC).order_by("display_name").values_list("display_name", flat=True))
