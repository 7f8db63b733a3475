"""Writes to the rows that fall due: owe, cancel, and what a worker does to the row that it works on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils import timezone

from handover.due import bell
from handover.due.models import Due, Rule, about_any


@dataclass(frozen=True)
class Owed:
    """One occurrence to come. ``step`` 1 reminds, 2 escalates; ``person_id`` where it is one colleague's own."""

    rule: Rule
    subject: models.Model
    team_id: int
    due_at: datetime
    step: int = 1
    person_id: int | None = None


def owe(*rows: Owed, at: datetime | None = None) -> None:
    """Write down what falls due, in one statement. ``at`` is when it was planned; without it, now.

    An occurrence that is owed already breaks the constraint ``due_one_live_row_each``: who plans anew cancels first.
    """
    planned_at = at or timezone.now()
    Due.objects.bulk_create(
        Due(
            rule=row.rule,
            step=row.step,
            subject_type=row.subject._meta.model_name,
            subject_id=row.subject.pk,
            team_id=row.team_id,
            person_id=row.person_id,
            due_at=row.due_at,
            created_at=planned_at,
        )
        for row in rows
    )


def cancel(*subjects: models.Model, rules: Collection[Rule] | None = None, person_id: int | None = None, at: datetime) -> int:
    """Cancel what is owed about ``subjects`` and not needed any more, in one statement; return how many rows that were.

    ``rules``: only these; ``person_id``: only what is this colleague's own. Call it before ``notifications.settle``:
    where a worker is just firing such a row, this waits for it, and settling then finds the notice.
    """
    if not subjects:
        return 0
    live = Due.objects.live().filter(about_any(subjects))
    if rules is not None:
        live = live.filter(rule__in=rules)
    if person_id is not None:
        live = live.filter(person_id=person_id)
    return live.update(cancelled_at=at)


def replace(*rows: Owed, at: datetime) -> None:
    """Cancel the same rules of the same subjects and owe them anew."""
    if rows:
        subjects = {(row.subject._meta.model_name, row.subject.pk): row.subject for row in rows}
        cancel(*subjects.values(), rules={row.rule for row in rows}, at=at)
        owe(*rows, at=at)


def ring() -> None:
    """After the commit, tell the workers that there is something to send. At most once per transaction, and never in its way."""
    bell.after_commit()


def mark_fired(*, due_id: int, lease_token: UUID, at: datetime) -> bool:
    """Mark a row whose move is made in this transaction; False if the lease is not ours any more, or it was cancelled.

    On False the move must not be made: somebody else makes it, or nobody needs it. The action is locked before.
    """
    ours = Due.objects.live().filter(pk=due_id, lease_token=lease_token)
    return ours.update(fired_at=at, lease_token=None, lease_until=None, trouble="") == 1
