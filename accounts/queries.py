"""Reads shaped for the pages about people and teams."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import EnrolledDevice, Integration, Invitation, Kind, Membership, Team, Token, User


@dataclass(frozen=True)
class Place:
    """Where a signed-in person works now: the team chosen, their membership in it, and the teams they may choose from."""

    team: Team | None
    membership: Membership | None
    memberships: list[Membership]


def place_of(user: User, *, chosen: int | None) -> Place:
    """The team ``chosen`` if the person still belongs to it, else the first of their teams by name, else none.

    An administrator may choose any team, and without a membership starts in the first one that was not imported. One
    query; a second one only for an administrator outside the teams they belong to. What was found is kept on ``user``.
    """
    memberships = list(Membership.objects.current().filter(user=user).select_related("team").order_by("team__name", "pk"))
    user.keep_levels({each.team_id: each.level for each in memberships})
    found = next((each for each in memberships if each.team_id == chosen), None)
    if found is None and user.is_administrator and (chosen is not None or not memberships):
        teams = Team.objects.filter(Q(pk=chosen) | Q(source="")).order_by("source", "name")
        team = teams.filter(pk=chosen).first() if chosen is not None else teams.first()
        if team is not None:
            return Place(team, None, memberships)
    if found is None and memberships:
        found = memberships[0]
    return Place(found.team if found else None, found, memberships)


def teams_to_choose(user: User) -> QuerySet[Team]:
    """The teams that a person may switch to, by name."""
    return Team.objects.visible_to(user).order_by("name")


def has_administrator() -> bool:
    return administrators().exists()


def administrators() -> QuerySet[User]:
    found: QuerySet[User] = User.objects.persons().filter(is_administrator=True).order_by("display_name", "pk")
    return found


def members_of(team: Team) -> QuerySet[Membership]:
    """The team's colleagues now, leads first, then by name, with their job roles."""
    members = Membership.objects.current().filter(team=team, user__kind=Kind.PERSON, user__is_active=True)
    return members.select_related("user").prefetch_related("job_roles").order_by("level", "user__display_name", "pk")


def open_invitations(team: Team, *, at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.open(at).filter(team=team).select_related("invited_by").prefetch_related("job_roles").order_by("-created_at")


def teams_with_counts(user: User) -> QuerySet[Team]:
    """For the administrator's list: each team with how many colleagues and leads it has now."""
    now = Q(memberships__ended_at=None, memberships__user__kind=Kind.PERSON, memberships__user__is_active=True)
    return teams_to_choose(user).annotate(people=Count("memberships", filter=now), leads=Count("memberships", filter=now & Q(memberships__level="lead")))


def integrations_with_tokens(user: User) -> QuerySet[Integration]:
    tokens = Prefetch("tokens", Token.objects.order_by("-created_at"))
    return Integration.objects.visible_to(user).select_related("team").prefetch_related(tokens).order_by("ended_at", "team__name", "name")


def devices_of(team: Team) -> QuerySet[EnrolledDevice]:
    return EnrolledDevice.objects.current().filter(team=team).select_related("enrolled_by").order_by("name", "pk")


def leads_of(team_id: int) -> list[User]:
    """Whom a team turns to: its leads, else the administrators."""
    leads = User.objects.persons().filter(memberships__in=Membership.objects.leads().filter(team_id=team_id)).distinct().order_by("pk")
    return list(leads) or list(administrators())
