"""Asking teams to read a version: the notice, the reminder a week later, and the lead a week after that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from accounts.models import User
from handover.due import operations as due
from handover.due.models import Rule
from handover.due.operations import Owed
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.policies import queries
from handover.policies.models import PolicyAsked, PolicyVersion

REMIND, ESCALATE = timedelta(days=7), timedelta(days=14)


def ask_teams(version: PolicyVersion, *, by: User, at: datetime) -> None:
    """Ask each concerned team that was not asked yet; those that it does not concern any more are let be."""
    teams = queries.concerned_teams(version.policy)
    gone = list(PolicyAsked.objects.filter(version=version).exclude(team__in=teams))
    _drop(gone, at=at)
    there = set(PolicyAsked.objects.filter(version=version).values_list("team_id", flat=True))
    asked = PolicyAsked.objects.bulk_create(PolicyAsked(version=version, team_id=team, at=at) for team in teams if team not in there)
    due.owe(*(Owed(Rule.POLICY, one, one.team_id, at + after, step) for one in asked for step, after in ((1, REMIND), (2, ESCALATE))), at=at)
    unread = queries.unread_ids(version, [one.team_id for one in asked])
    for one in asked:
        to = [person for person, team in unread.items() if team == one.team_id]
        notifications.tell(Kind.POLICY, to=to, about=one, by=by, what=version.policy.title, team_id=one.team_id, at=at)


def stop(versions: Collection[PolicyVersion], *, at: datetime) -> None:
    """Nobody is asked to read these any more."""
    asked = list(PolicyAsked.objects.filter(version__in=versions))
    due.cancel(*asked, rules=[Rule.POLICY], at=at)
    notifications.settle(*asked, kinds=[Kind.POLICY], at=at)


def _drop(asked: Collection[PolicyAsked], *, at: datetime) -> None:
    due.cancel(*asked, rules=[Rule.POLICY], at=at)
    notifications.settle(*asked, kinds=[Kind.POLICY], at=at)
    PolicyAsked.objects.filter(pk__in=[one.pk for one in asked]).delete()


def answered(version: PolicyVersion, *, by: User, at: datetime) -> list[int]:
    """``by`` has read it: what waits for them is settled, and where they were the last of a team, what waits for its leads. Return their teams."""
    asked = list(PolicyAsked.objects.filter(version=version).order_by("team"))
    mine = [one for one in asked if one.team_id in by.levels()]
    done = [one for one in mine if queries.everybody_read(version, one.team_id)]
    due.cancel(*done, rules=[Rule.POLICY], at=at)
    notifications.settle(*asked, kinds=[Kind.POLICY], recipient_id=by.pk, at=at)
    notifications.settle(*done, kinds=[Kind.POLICY], at=at)
    return [one.team_id for one in mine]
