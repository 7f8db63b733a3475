"""Write down that a colleague went through the practice handover: the date, and nothing else of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Team, User
from audit import operations as audit
from handover.events import Event
from handover.practice import permissions
from handover.practice.models import Practice


@transaction.atomic
def record(*, team: Team, by: User, at: datetime) -> Practice:
    """Once more replaces the date: one row for each colleague and team."""
    permissions.check_practise(by, team.pk)
    done, _ = Practice.objects.update_or_create(colleague=by, team=team, defaults={"done_at": at})
    audit.record(Event.PRACTISED, actor=by, subject=done, team_id=team.pk, at=at, data={})
    return done
