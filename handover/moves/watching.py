"""Every accepted item keeps one unanswered check: set the next one for each giver who still watches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handover.actions.models import Action
from handover.checks import operations as checks
from handover.checks import timing
from handover.checks.models import Check
from handover.due import operations as due
from handover.handovers.models import Item
from handover.moves import owed
from handover.shifts.queries import timetable


def set_checks(action: Action, items: Sequence[Item], *, at: datetime, due_at: datetime | None = None) -> list[Check]:
    """A new check for each of these accepted items that has no unanswered one, at ``due_at`` or, without it, by rule."""
    asked = set(Check.objects.unanswered().filter(action=action).values_list("item_id", flat=True)) if items else set()
    items = [item for item in items if item.pk not in asked]
    if not items:
        return []
    if due_at is None:
        table = timetable(items[-1].from_team_id, at)
        giver_id = items[-1].giver_id
        due_at = timing.propose(
            accepted_at=at,
            urgency=action.urgency,
            promised_by=action.promised_by,
            givers_next_start=table.next_start(giver_id, at),
            incoming_ends=table.end_of_incoming(giver_id, at),
            version=items[-1].agreement_version,
        )
    made = checks.schedule(items, action=action, due_at=due_at, at=at)
    due.owe(*[owed.check(check) for check in made], at=at)
    return made
