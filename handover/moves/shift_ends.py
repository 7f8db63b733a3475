"""“Nothing offered yet”: who is rostered is reminded before their shift ends. Owed from the rota, a day ahead, whatever the rota was before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection

from handover.due.limits import NOTHING_OFFERED_BEFORE
from handover.due.models import Rule

AHEAD = timedelta(days=1)
OWE = """
WITH clock AS MATERIALIZED (SELECT app_now() AS now)
INSERT INTO handover_due (rule, step, subject_type, subject_id, team_id, person_id, due_at, created_at, attempts, trouble)
SELECT %(rule)s, steps.step, 'shift', shift.id, shift.team_id, rostering.colleague_id, shift.ends_at - steps.before, clock.now, 0, ''
FROM clock
CROSS JOIN (VALUES (1, %(first)s), (2, %(second)s)) AS steps (step, before)
JOIN handover_shift shift ON shift.ends_at > clock.now + steps.before AND shift.ends_at <= clock.now + steps.before + %(ahead)s
JOIN handover_rostering rostering ON rostering.shift_id = shift.id
WHERE NOT EXISTS (
    SELECT FROM handover_due live
    WHERE live.subject_type = 'shift' AND live.subject_id = shift.id AND live.fired_at IS NULL AND live.cancelled_at IS NULL
    AND live.rule = %(rule)s AND live.step = steps.step AND live.person_id = rostering.colleague_id
)
AND NOT EXISTS (SELECT FROM handover_nothingtohandover said WHERE said.shift_id = shift.id AND said.colleague_id = rostering.colleague_id)
ON CONFLICT DO NOTHING
"""


def owe_reminders() -> int:
    """Owe what the rota of the next day asks for and is not owed yet, in one statement; return how many rows that were.

    Only instants still to come are owed, so nothing is reminded of twice. Whether somebody is still on the shift, and
    still holds something, is asked again when the row fires.
    """
    first, second = NOTHING_OFFERED_BEFORE
    values: dict[str, Any] = {"rule": Rule.NOTHING_OFFERED, "first": first, "second": second, "ahead": AHEAD}
    with connection.cursor() as cursor:
        cursor.execute(OWE, values)
        return int(cursor.rowcount)
