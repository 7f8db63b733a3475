"""Who hears what about an improvement, what is settled then, and the line in the trail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from accounts.models import User
from audit import operations as audit
from handover.due import operations as due
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts.queries import lead_ids
from reviews.events import Event
from reviews.improvements import queries
from reviews.improvements.models import Improvement, Prompt, What

ASKING = {Kind.IMPROVING, Kind.IMPROVEMENT_WAITS}
MORNING = time(9)
ANSWER_AFTER, DECIDE_AFTER = timedelta(days=3), timedelta(days=7)
SOON, JUDGE_AFTER = timedelta(days=3), timedelta(weeks=4)


def tell(kind: Kind, improvement: Improvement, *, to: Iterable[int | None], at: datetime, by: User | None, words: str = "", past: bool = False) -> None:
    what, team_id = improvement.change, improvement.team_id
    notifications.tell(kind, to=to, about=improvement, what=what, words=words[:500], by=by, team_id=team_id, at=at, past=past)
    due.ring()


def tell_all(kind: Kind, improvement: Improvement, *, at: datetime, by: User | None, words: str = "") -> None:
    """Everybody named, the owner and the leads."""
    tell(kind, improvement, to=queries.concerned(improvement, lead_ids(improvement.team_id, at)), at=at, by=by, words=words)


def record(kind: Event, improvement: Improvement, *, by: User | None, at: datetime, **data: Any) -> None:
    """The other team concerned sees it too."""
    audit.record(kind, actor=by, subject=improvement, team_id=improvement.team_id, also_team_id=improvement.other_team_id, at=at, data=data)


def morning(improvement: Improvement, day: date) -> datetime:
    """Nine o'clock on the team's clock."""
    return datetime.combine(day, MORNING, tzinfo=improvement.team.tz)


def owe(improvement: Improvement, what: What, due_at: datetime) -> None:
    """Let it fall due; what was owed of the same kind before is replaced."""
    improvement.prompts.filter(what=what, told_at__isnull=True).delete()
    Prompt.objects.create(improvement=improvement, what=what, due_at=due_at)


def owe_day(improvement: Improvement, *, at: datetime) -> None:
    """Three days before the day on which it is due, where that lies ahead, and once it has passed."""
    remind = morning(improvement, improvement.due_on - SOON)
    if remind > at:
        owe(improvement, What.SOON, remind)
    else:
        stop(improvement, What.SOON, at=at)
    owe(improvement, What.OVERDUE, morning(improvement, improvement.due_on + timedelta(days=1)))


def stop(improvement: Improvement, *whats: What, at: datetime) -> None:
    """Nobody needs to be told of these any more."""
    improvement.prompts.filter(what__in=whats, told_at__isnull=True).update(told_at=at)


def stop_asking(improvement: Improvement, *, at: datetime) -> None:
    stop(improvement, What.ANSWER, What.DECIDE, at=at)
    notifications.settle(improvement, kinds=ASKING, at=at)
