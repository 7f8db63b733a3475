"""One row of facts for each handover, written by the database in one statement for as many items as are asked for.

Each column is explained by the figure that reads it (``figures``). Instants are compared at ``at``, so that a handover that is still
waiting counts with the time that it has waited by then.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from handover.handovers.completeness import PARTS
from reviews.sharing.models import HandoverFact

EDGES = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440)
"""Minutes at which the buckets of “how long until somebody takes it” begin, after the first: bucket 0 is under one minute."""

COLUMNS = [field.column for field in HandoverFact._meta.concrete_fields]
_BLANKS = "E' \\t\\n\\r'"


def _empty(part: str, label: str) -> str:
    is_empty = "b.promised_by IS NULL" if part == "promised_by" else f"btrim(b.{part}, {_BLANKS}) = ''"
    return f"CASE WHEN {is_empty} THEN '{label}' END"


_EMPTY_PARTS = ", ".join(_empty(name, label) for name, label, _ in PARTS)
_SHIFT = """(SELECT s.name FROM handover_shift s
    WHERE s.team_id = {team} AND s.starts_at <= {at} AND s.starts_at > {at} - interval '2 days' AND s.ends_at + interval '30 minutes' > {at}
    AND EXISTS (SELECT FROM handover_rostering r WHERE r.shift_id = s.id AND r.colleague_id = {who})
    ORDER BY s.ends_at > {at} DESC, s.starts_at DESC LIMIT 1)"""
# “2 days”: no shift is longer, and all that a team ever had need not be looked through
_ROLE = """(SELECT j.name FROM accounts_membership m JOIN accounts_membership_job_roles mj ON mj.membership_id = m.id
    JOIN accounts_jobrole j ON j.id = mj.jobrole_id WHERE m.user_id = {who} AND m.team_id = {team} ORDER BY m.id DESC, j.name LIMIT 1)"""

FACTS = f"""
WITH chosen AS (
    SELECT i.*, h."when", h.rule, a.service_id, a.closed_at, a.carried, v.agreement_id,
        i.offered_at AT TIME ZONE t.zone AS wall,
        CASE WHEN i.accepted_at IS NOT NULL THEN i.accepted_at WHEN i.state = 'declined' THEN i.ended_at END AS answered_at
    FROM handover_item i
    JOIN handover_handover h ON h.id = i.handover_id JOIN handover_action a ON a.id = i.action_id JOIN accounts_team t ON t.id = i.from_team_id
    LEFT JOIN handover_agreementversion v ON v.id = i.agreement_version_id
    WHERE i.id = ANY(%(ids)s) AND i.imported_from = '' AND NOT (i.state = 'withdrawn' AND i.accepted_at IS NULL)
), told AS MATERIALIZED (
    SELECT c.*,
        ARRAY(SELECT what FROM (
            SELECT unnest(ARRAY[{_EMPTY_PARTS}]) AS what FROM handover_brief b WHERE b.item_id = c.id
            UNION ALL
            SELECT n.question FROM handover_answer n JOIN handover_brief b ON b.id = n.brief_id
            WHERE b.item_id = c.id AND n.need <> 'no' AND btrim(n.text, {_BLANKS}) = ''
        ) AS gaps WHERE what IS NOT NULL) AS missing,
        (SELECT k.due_at FROM handover_check k WHERE k.item_id = c.id AND k.state <> 'cancelled' ORDER BY k.set_at, k.due_at LIMIT 1) AS check_due,
        (SELECT coalesce(min(o.accepted_at), 'infinity') FROM handover_item o
            WHERE o.action_id = c.action_id AND o.accepted_by_id = c.giver_id AND o.accepted_at > c.accepted_at) AS came_back_at,
        (SELECT coalesce(min(o.accepted_at), 'infinity') FROM handover_item o JOIN handover_handover h ON h.id = o.handover_id
            WHERE o.action_id = c.action_id AND o.giver_id = c.accepted_by_id AND o.accepted_by_id <> c.giver_id AND o.accepted_at > c.accepted_at
            AND h."when" = 'in_shift') AS passed_on_at
    FROM chosen c
), counted AS (
    SELECT c.id, k.* FROM chosen c, LATERAL (
        SELECT
            count(*) FILTER (WHERE k.due_at <= %(at)s AND (k.answered_at IS NULL OR k.answered_at >= k.due_at)) AS due,
            count(*) FILTER (WHERE k.due_at <= %(at)s AND (k.answered_at IS NULL OR k.answered_at >= k.due_at)
                AND k.asked_at <= k.due_at + interval '1 minute') AS asked_in_time,
            count(*) FILTER (WHERE k.asked_at IS NOT NULL AND (k.answered_at IS NOT NULL OR k.asked_at + interval '30 minutes' <= %(at)s)) AS asked,
            count(*) FILTER (WHERE k.answered_at <= k.asked_at + interval '30 minutes') AS answered_in_time,
            count(*) FILTER (WHERE k.state <> 'answered') AS open
        FROM handover_check k WHERE k.item_id = c.id AND k.state <> 'cancelled'
    ) AS k
), followed AS (
    SELECT c.id, f.* FROM chosen c, LATERAL (
        SELECT count(*) AS owed, count(*) FILTER (WHERE f.decided_at <= coalesce(
            (SELECT max(s.ends_at) FROM handover_shift s WHERE s.team_id = f.team_id AND s.starts_at <= f.owed_at
                AND s.starts_at > f.owed_at - interval '2 days' AND s.ends_at > f.owed_at),
            f.owed_at + interval '8 hours')) AS in_shift
        FROM handover_followup f WHERE f.item_id = c.id
    ) AS f
)
SELECT c.id, c.from_team_id, c.to_team_id, c.action_id, c.giver_id, c.accepted_by_id, c.offered_at, c.wall::date, floor(extract(hour FROM c.wall) / 2)::int,
    c."when", c.rule <> '', c.service_id, c.agreement_id,
    coalesce({_SHIFT.format(who="c.giver_id", team="c.from_team_id", at="c.offered_at")}, ''),
    coalesce((SELECT s.name FROM handover_shift s WHERE s.id = c.receiving_shift_id),
        {_SHIFT.format(who="coalesce(c.accepted_by_id, c.receiver_id)", team="c.to_team_id", at="coalesce(c.accepted_at, c.offered_at)")}, ''),
    coalesce({_ROLE.format(who="c.giver_id", team="c.from_team_id")}, ''),
    coalesce({_ROLE.format(who="coalesce(c.accepted_by_id, c.receiver_id)", team="c.to_team_id")}, ''),
    c.accepted_at IS NOT NULL,
    CASE WHEN c.accept_by IS NULL THEN NULL WHEN c.answered_at IS NOT NULL THEN c.answered_at <= c.accept_by
        WHEN c.state IN ('lapsed', 'withdrawn') OR c.accept_by < %(at)s THEN false END,
    waited.minutes,
    CASE WHEN waited.minutes IS NOT NULL THEN width_bucket(waited.minutes, %(edges)s::float8[]) END,
    extract(epoch FROM c.accepted_at - (SELECT s.at FROM handover_seen s WHERE s.item_id = c.id AND s.colleague_id = c.accepted_by_id)) / 60,
    c.missing, cardinality(c.missing) > 0,
    (SELECT (e.data ->> 'right')::boolean FROM audit_event e
        WHERE e.subject_type = 'handover.item' AND e.subject_id = c.id AND e.kind = 'item.read_back_answered' ORDER BY e.id LIMIT 1),
    CASE WHEN c.accepted_at IS NULL THEN '' WHEN c.outcome <> '' THEN c.outcome WHEN f.owed > 0 THEN 'unable' ELSE 'open' END,
    CASE WHEN c.accepted_at IS NULL OR c.check_due IS NULL THEN NULL
        WHEN c.outcome = 'completed' AND c.ended_at <= c.check_due + interval '30 minutes' THEN true
        WHEN c.outcome <> '' OR c.check_due + interval '30 minutes' < %(at)s THEN false END,
    k.due, k.asked_in_time, k.asked, k.answered_in_time, f.owed, f.in_shift,
    CASE WHEN c.outcome = 'completed' THEN EXISTS (SELECT FROM handover_contact t WHERE t.action_id = c.action_id AND t.chased AND t.at >= c.offered_at) END,
    c.carried > 3,
    CASE WHEN c.accepted_at IS NULL THEN NULL
        WHEN c.came_back_at <= c.accepted_at + interval '24 hours' THEN true
        WHEN c.state = 'taken_back' AND c.ended_at <= c.accepted_at + interval '24 hours' THEN true
        WHEN c.accepted_at + interval '24 hours' <= %(at)s THEN false END,
    CASE WHEN c.accepted_at IS NULL THEN NULL
        WHEN c.passed_on_at <= c.accepted_at + interval '24 hours' THEN true
        WHEN c.accepted_at + interval '24 hours' <= %(at)s THEN false END,
    (SELECT count(*) FROM handover_query q WHERE q.item_id = c.id),
    CASE WHEN c.override_reason <> '' THEN 'rule' WHEN c.missing_reason <> '' THEN 'detail' ELSE '' END,
    c.closed_at IS NULL OR c.state IN ('offered', 'queried') OR k.open > 0 OR coalesce(c.accepted_at + interval '24 hours' > %(at)s, false)
FROM told c JOIN counted k USING (id) JOIN followed f USING (id), LATERAL (
    SELECT CASE WHEN c.state = 'declined' AND c.accepted_at IS NULL THEN NULL
        ELSE extract(epoch FROM coalesce(c.accepted_at, c.ended_at, %(at)s) - c.offered_at)::float8 / 60 END AS minutes
) AS waited
"""  # noqa: S608 - constants

_TARGET = ", ".join(f'"{name}"' for name in COLUMNS)
WRITE = f"INSERT INTO reviews_handoverfact ({_TARGET}) {FACTS}"


def write(item_ids: Collection[int], *, at: datetime) -> None:
    """Make, or make anew, the facts of these items as they stand at ``at``. What is no handover (any more) has none."""
    ids = list(item_ids)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reviews_handoverfact WHERE item_id = ANY(%s)", [ids])
        cursor.execute(WRITE, {"ids": ids, "at": at, "edges": list(EDGES)})
