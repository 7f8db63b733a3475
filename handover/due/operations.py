"""Writes to the rows that fall due: owe, cancel, and what a worker does to the row that it works on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models

from handover.due import bell
from handover.due.models import Due, Rule, about_any, type_of


@dataclass(frozen=True)
class Owed:
    """One occurrence to come. ``step`` 1 reminds, 2 escalates; ``person_id`` where it is one colleague's own."""

    rule: Rule
    subject: models.Model
    team_id: int
    due_at: datetime
    step: int = 1
    person_id: int | None = None


def owe(*rows: Owed, at: datetime) -> None:
    """Write down what falls due, in one statement; ``at`` is when that was planned.

    An occurrence that is owed already breaks the constraint ``due_one_live_row_each``: who plans anew cancels first.
    """
    Due.objects.bulk_create(
        Due(
            rule=row.rule,
            step=row.step,
            subject_type=type_of(row.subject),
            subject_id=row.subject.pk,
            team_id=row.team_id,
            person_id=row.person_id,
            due_at=row.due_at,
            created_at=at,
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
        subjects = {(type_of(row.subject), row.subject.pk): row.subject for row in rows}
        cancel(*subjects.values(), rules={row.rule for row in rows}, at=at)
        owe(*rows, at=at)


def move_to_team(subject: models.Model, *, team_id: int) -> None:
    """What is owed about ``subject`` is told in another team from now on; instants stay, also of what is late already."""
    Due.objects.live().about(subject).update(team_id=team_id)


def ring() -> None:
    """After the commit, tell the workers that there is something to send. At most once per transaction, and never in its way."""
    bell.after_commit()


# --- What a worker does -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Taken:
    """A due row in a worker's hands. ``lease_token`` only where it is held under a lease and not by a lock."""

    id: int
    rule: str
    step: int
    subject_type: str
    subject_id: int
    team_id: int
    person_id: int | None
    due_at: datetime
    attempts: int
    lease_token: UUID | None

    @property
    def pk(self) -> int:
        return self.id


LEASE = timedelta(seconds=60)
BACK_OFF, LONGEST_BACK_OFF = timedelta(seconds=10), timedelta(hours=1)
COLUMNS = "id, rule, step, subject_type, subject_id, team_id, person_id, due_at, attempts, lease_token"
DUE = """
FROM handover_due
WHERE fired_at IS NULL AND cancelled_at IS NULL AND due_at <= (SELECT app_now()) AND rule = ANY(%s)
AND (lease_until IS NULL OR lease_until <= (SELECT app_now()))
ORDER BY due_at, id LIMIT %s FOR UPDATE SKIP LOCKED
"""
TAKE = f"SELECT {COLUMNS} {DUE}"
LEASED = f"""
UPDATE handover_due SET lease_token = gen_random_uuid(), lease_until = app_now() + %s, attempts = attempts + 1
FROM ours WHERE id = ours_id RETURNING {COLUMNS}
"""  # noqa: S608 - constants
CLAIM = f"WITH ours AS MATERIALIZED (SELECT id AS ours_id {DUE}) {LEASED}"


def take(rules: Collection[Rule], *, limit: int) -> list[Taken]:
    """Lock the oldest due rows of these rules that nobody else has, until the transaction ends. Never waits for another worker."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [list(rules), limit])
        return [Taken(*row) for row in cursor.fetchall()]


def claim(rules: Collection[Rule], *, limit: int) -> list[Taken]:
    """Take the oldest due rows of these rules under a lease of 60 seconds: their moves are made in transactions of their own."""
    values: list[Any] = [list(rules), limit, LEASE]
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, values)
        return sorted((Taken(*row) for row in cursor.fetchall()), key=lambda row: (row.due_at, row.id))


def mark(*, fired: Collection[int], needless: Collection[int], at: datetime) -> None:
    """Mark rows that are locked by ``take``: fired, or cancelled because nobody needs them any more."""
    if fired:
        Due.objects.filter(pk__in=fired).update(fired_at=at, trouble="")
    if needless:
        Due.objects.filter(pk__in=needless).update(cancelled_at=at)


def mark_fired(*, due_id: int, lease_token: UUID, at: datetime) -> bool:
    """Mark a row whose move is made in this transaction; False if the lease is not ours any more, or it was cancelled.

    On False the move must not be made: somebody else makes it, or nobody needs it. The action is locked before.
    """
    ours = Due.objects.live().filter(pk=due_id, lease_token=lease_token)
    return ours.update(fired_at=at, lease_token=None, lease_until=None, trouble="") == 1


def give_up(row: Taken, *, at: datetime) -> None:
    """The move was refused: what the row asked for is not needed, or not possible, any more."""
    Due.objects.live().filter(pk=row.id, lease_token=row.lease_token).update(cancelled_at=at, lease_token=None, lease_until=None)


def trouble(row: Taken, *, sentence: str, at: datetime) -> None:
    """It failed: say why, and leave it alone for a while (10 s, 20 s, 40 s … at most an hour), so that the others go on."""
    attempts = row.attempts if row.lease_token else row.attempts + 1
    wait = min(BACK_OFF * 2 ** min(attempts, 12), LONGEST_BACK_OFF)
    ours = Due.objects.live().filter(pk=row.id, lease_token=row.lease_token)
    ours.update(lease_token=None, lease_until=at + wait, attempts=attempts, trouble=sentence[:250])
