"""A changed agreement changes how a team hands over: everybody in it is asked to read that page again, once, however much changes meanwhile."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Kind as UserKind
from accounts.models import Membership, Team, User
from handover.agreements.models import AgreementVersion
from handover.notifications import operations as notifications
from handover.notifications.models import Kind, Notification

PAGE = "/how-we-hand-over/"


def announce(*versions: AgreementVersion, by: User, at: datetime) -> None:
    """``versions``: what came into force and what that ended. Both sides are asked; who has an unread notice already keeps that one."""
    teams = {team for version in versions for team in (version.agreement.team_id, version.to_team_id) if team}
    for team in Team.objects.filter(pk__in=teams).order_by("pk"):
        standing = Notification.objects.filter(kind=Kind.PROCEDURE, subject_type="team", subject_id=team.pk, settled_at__isnull=True, read_at__isnull=True)
        has_one = set(standing.values_list("recipient_id", flat=True))
        members = Membership.objects.current().filter(team=team, user__is_active=True, user__kind=UserKind.PERSON)
        to = [person for person in members.order_by("pk").values_list("user_id", flat=True) if person not in has_one]
        notifications.tell(Kind.PROCEDURE, to=to, about=team, by=by, team_id=team.pk, path=PAGE, at=at)
