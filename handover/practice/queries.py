"""Whose required information is practised with, and who has practised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Team, User
from accounts.queries import members_of
from handover.agreements.models import AgreementVersion, Need
from handover.agreements.queries import complete
from handover.practice.models import Practice


@dataclass(frozen=True)
class Practised:
    """A colleague of the team; ``done_at`` is ``None`` for whoever has not practised yet."""

    colleague: User
    roles: str
    done_at: datetime | None


def to_practise_with(team: Team) -> AgreementVersion | None:
    """An agreement in force of the team that asks for something that must travel; the same one each time."""
    asking = AgreementVersion.objects.in_force().filter(agreement__team=team, required__soon=Need.MUST)
    return complete(AgreementVersion.objects.filter(pk__in=asking.values("pk"))).order_by("agreement__point__service__position", "pk").first()


def practised(team: Team) -> list[Practised]:
    """Everybody in the team now, those who have not practised first."""
    done = dict(Practice.objects.filter(team=team).values_list("colleague_id", "done_at"))
    found = [Practised(one.user, one.roles_line(), done.get(one.user_id)) for one in members_of(team)]
    return sorted(found, key=lambda one: (one.done_at is not None, one.colleague.display_name))


def done_at(user: User, team: Team) -> datetime | None:
    return Practice.objects.filter(colleague=user, team=team).values_list("done_at", flat=True).first()
