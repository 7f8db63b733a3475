"""A long history of handovers, written by the database itself: what the demo's contact centre would have had in years, and teams like it.

Rows are copies of the demo's own, so that a column that is added later has a value. They show no moves, and have no trail: only what
the figures count.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from accounts.models import Membership, Team, User
from handover.actions.models import Action
from handover.agreements.models import Agreement, AgreementVersion
from handover.catalog.models import HandoverPoint, Service
from handover.checks.models import Check
from handover.handovers.brief import Brief, Seen
from handover.handovers.models import Handover, Item
from handover.shifts.models import Rostering, Shift

A_DAY = 27
"""Handovers of a team each day."""
FAR = 1_000_000_000
"""Ids from here on are ours."""
APART = 1_000_000
"""Between the ids of what is copied for one team and for the next."""

# One row a handover: its team (0 is the demo's), when, by whom, and what came of it.
_LIFE = """
CREATE TEMPORARY TABLE life AS
SELECT n, team, start, kind, is_end, giver, taker, waited, outcome, chance,
    start + (CASE WHEN is_end THEN -20 * random() ELSE 420 * random() END + CASE WHEN is_end THEN 480 ELSE 0 END) * interval '1 minute' AS at,
    (SELECT v.id FROM versions v ORDER BY md5(n::text || v.id) LIMIT 1) AS version
FROM (
    SELECT n, n %% %(teams)s AS team, kind, is_end, people[1 + kind * 2 + n / 7 %% 2] AS giver,
        CASE WHEN is_end THEN people[1 + (kind + 1) %% 3 * 2 + n / 5 %% 2] ELSE people[1 + kind * 2 + (n / 7 + 1) %% 2] END AS taker,
        -8 * ln(1 - random()) AS waited, outcomes[1 + floor(random() * 10)] AS outcome, random() AS chance,
        (date_trunc('day', %(at)s) + interval '6 hours') - (1 + day) * interval '1 day' + kind * interval '8 hours' AS start
    FROM (
        SELECT n, n / %(teams)s / %(a_day)s AS day, (n / %(teams)s) %% 3 AS kind, random() < 0.6 AS is_end FROM generate_series(0, %(count)s - 1) AS n
    ) AS days, (SELECT array_agg(id ORDER BY id) AS people FROM people) AS team,
    (SELECT array_fill('completed'::text, ARRAY[7]) || ARRAY['partly', 'unable', 'not_needed'] AS outcomes) AS ends
) AS drawn
"""


PARTS: dict[type[Model], str] = {
    Team: "t.id = {team}",
    User: "t.id IN (SELECT user_id FROM accounts_membership WHERE team_id = {team})",
    Membership: "t.team_id = {team}",
    Service: "t.team_id = {team}",
    HandoverPoint: "t.service_id IN (SELECT id FROM handover_service WHERE team_id = {team})",
    Agreement: "t.team_id = {team}",
    AgreementVersion: "t.agreement_id IN (SELECT id FROM handover_agreement WHERE team_id = {team})",
}
OTHERS = {"id", "team_id", "user_id", "service_id", "point_id", "agreement_id"}
"""What becomes another team's own in a copy; everything else is as it was."""
_ID, _SEEN, _TAKEN = f"{FAR} + n", "life.at + waited * interval '40 seconds'", "life.at + waited * interval '1 minute'"
_ENDED, _DUE = f"{_TAKEN} + interval '3 hours'", f"{_TAKEN} + interval '4 hours'"
_IS_TAKEN = "chance < 0.96"


def _if_taken(what: str, otherwise: str = "NULL") -> str:
    return f"CASE WHEN {_IS_TAKEN} THEN {what} ELSE {otherwise} END"


LIVES: dict[type[Model], dict[str, str]] = {
    Action: {
        "team_id": "{team}",
        "service_id": "{service}",
        "state": "CASE WHEN life.outcome = 'not_needed' THEN 'not_needed' ELSE 'completed' END",
        "responsible_id": "{taker}",
        "created_by_id": "{giver}",
        "urgency": "(ARRAY['routine', 'soon', 'urgent'])[1 + n % 3]",
        "created_at": "life.at - interval '50 minutes'",
        "held_since": _TAKEN,
        "changed_at": _ENDED,
        "closed_at": _ENDED,
        "sort_at": _DUE,
        "promised_by": _DUE,
        "carried": "n % 3",
        "carried_at": "NULL",
        "put_off_until": "NULL",
        "put_off_reason": "''",
        "external_ref": "NULL",
        "imported_from": "''",
    },
    Handover: {
        "team_id": "{team}",
        "to_team_id": "{team}",
        "giver_id": "{giver}",
        "when": "CASE WHEN is_end THEN 'end_of_shift' ELSE 'in_shift' END",
        "offered_at": "life.at",
        "rule": "CASE WHEN chance > 0.9 AND is_end THEN 'shift_ended' ELSE '' END",
        "imported_from": "''",
    },
    Item: {
        "handover_id": _ID,
        "action_id": _ID,
        "from_team_id": "{team}",
        "to_team_id": "{team}",
        "giver_id": "{giver}",
        "offered_by_id": "{giver}",
        "receiver_id": "{taker}",
        "receiving_shift_id": "NULL",
        "agreement_version_id": "{version}",
        "state": _if_taken("'ended'", "'declined'"),
        "offered_at": "life.at",
        "accept_by": "life.at + interval '15 minutes'",
        "check_at": "NULL",
        "missing_reason": "CASE WHEN chance < 0.03 THEN 'In a hurry' ELSE '' END",
        "override_reason": "CASE WHEN chance > 0.93 THEN 'Nobody else is on' ELSE '' END",
        "accepted_at": _if_taken(_TAKEN),
        "accepted_by_id": _if_taken("{taker}"),
        "read_back_right": _if_taken("n % 10 > 0"),
        "ended_at": _ENDED,
        "ended_by_id": "{taker}",
        "end_reason": "''",
        "outcome": _if_taken("life.outcome", "''"),
        "seen_through_at": _ENDED,
        "watcher_id": "NULL",
        "follows_id": "NULL",
        "imported_from": "''",
    },
    Brief: {
        "item_id": _ID,
        "if_then": "CASE WHEN chance < 0.12 THEN '' ELSE 'Else call the lead.' END",
        "promised_by": "life.at + interval '2 hours'",
    },
    Check: {
        "action_id": _ID,
        "item_id": _ID,
        "team_id": "{team}",
        "giver_id": "{giver}",
        "state": "'answered'",
        "due_at": _DUE,
        "set_at": _TAKEN,
        "asked_at": "NULL",
        "asked_by_id": "NULL",
        "answered_at": _ENDED,
        "answered_by_id": "{taker}",
        "outcome": "CASE WHEN life.outcome = '' THEN 'completed' ELSE life.outcome END",
    },
    Seen: {"item_id": _ID, "colleague_id": "{taker}", "at": _SEEN},
}
"""What differs from row to row, of each table; the rest is copied from a row of the demo."""
CONDITION: dict[type[Model], str] = {Check: _IS_TAKEN, Seen: _IS_TAKEN}
REFS = {Action: "HV", Handover: "HO", Item: "IT", Check: "CH"}


def make_history(team: Team, *, count: int, teams: int, at: datetime) -> None:
    """``count`` handovers of the last days until ``at``, spread over ``team`` and as many like it as make ``teams``."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # neither foreign keys nor triggers: it is the database's own copy
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT setseed(0.4)")
        _people(cursor, team)
        for model, where in PARTS.items():
            _copies_of_a_team(cursor, model, where, team, teams)
        days = count // teams // A_DAY + 2
        _shifts(cursor, team, teams, days, at)
        cursor.execute(_LIFE, {"teams": teams, "count": count, "a_day": A_DAY, "at": at})
        for model in LIVES:
            _insert(cursor, model, f"life JOIN versions v ON v.id = life.version WHERE {CONDITION.get(model, 'true')}", _given(model, team))
        cursor.execute("DROP TABLE life, people, versions")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _people(cursor: Any, team: Team) -> None:
    """Six of the team, two for each shift; and the versions in force, with the service of each."""
    cursor.execute(
        "CREATE TEMPORARY TABLE people AS SELECT user_id AS id FROM accounts_membership WHERE team_id = %s AND ended_at IS NULL ORDER BY user_id LIMIT 6",
        [team.pk],
    )
    cursor.execute(
        "CREATE TEMPORARY TABLE versions AS SELECT v.id, a.applies, p.service_id FROM handover_agreementversion v JOIN handover_agreement a ON a.id = "
        "v.agreement_id JOIN handover_handoverpoint p ON p.id = a.point_id WHERE a.team_id = %s AND v.state = 'in_force'",
        [team.pk],
    )


def _copies_of_a_team(cursor: Any, model: type[Model], where: str, team: Team, teams: int) -> None:
    """The same people, services and agreements for each of the other teams."""
    ours = {name: f"t.{name} + {FAR} + k * {APART}" for name in OTHERS}
    ours |= {"ref": "t.ref || '-' || k", "email": "k || t.email"}
    if model is Team:
        ours["name"] = "t.name || ' ' || k"
    columns = [str(field.column) for field in model._meta.concrete_fields]
    chosen = ", ".join(ours.get(name, f't."{name}"') for name in columns)
    source = f"generate_series(1, {teams} - 1) AS k, {model._meta.db_table} t WHERE {where.format(team=team.pk)}"
    cursor.execute(_into(model, columns, chosen, source))


def _of(team: str, ours: Any) -> str:
    """The id that team number ``team`` has in the place of ``ours``."""
    return f"(CASE WHEN {team} = 0 THEN {ours} ELSE {ours} + {FAR} + {team} * {APART} END)"


def _shifts(cursor: Any, team: Team, teams: int, days: int, at: datetime) -> None:
    """Three shifts a day of each team, two people on each."""
    start = "date_trunc('day', %(at)s) + interval '6 hours' - day * interval '1 day' + kind * interval '8 hours'"
    number = f"{FAR} + (k * 10000 + day) * 3 + kind"
    given = {
        "id": number,
        "ref": f"'SH-B' || ({number})",
        "team_id": _of("k", team.pk),
        "pattern_id": "NULL",
        "name": "(ARRAY['Early', 'Late', 'Night'])[kind + 1]",
        "local_date": f"({start})::date",
        "starts_at": start,
        "ends_at": f"{start} + interval '8 hours'",
    }
    source = f"generate_series(0, {teams} - 1) AS k, generate_series(1, {days}) AS day, generate_series(0, 2) AS kind"
    _insert(cursor, Shift, source, given, at=at)
    person = _of("k", "(SELECT id FROM people ORDER BY id OFFSET kind * 2 + two LIMIT 1)")
    given = {"id": f"({number}) * 2 + two", "shift_id": number, "colleague_id": person, "replaces_id": "NULL", "absence_id": "NULL"}
    given |= {"away": "''", "away_from": "NULL", "away_until": "NULL", "marked_at": "NULL"}
    _insert(cursor, Rostering, f"{source}, generate_series(0, 1) AS two", given, at=at)


def _given(model: type[Model], team: Team) -> dict[str, str]:
    """The columns of a row of this table that are its own."""
    ours = {"{team}": team.pk, "{giver}": "giver", "{taker}": "taker", "{service}": "v.service_id", "{version}": "v.id"}
    given = {"id": _ID} | ({"ref": f"'{REFS[model]}-B' || n"} if model in REFS else {})
    for column, what in LIVES[model].items():
        for name, own in ours.items():
            what = what.replace(name, _of("life.team", own))
        given[column] = what
    return given


def _insert(cursor: Any, model: type[Model], source: str, given: dict[str, str], **parameters: Any) -> None:
    columns = [str(field.column) for field in model._meta.concrete_fields]
    chosen = ", ".join(given.get(name, f'copied."{name}"') for name in columns)
    one = f"(SELECT * FROM {model._meta.db_table} ORDER BY id LIMIT 1) AS copied"  # noqa: S608 - names of tables
    cursor.execute(_into(model, columns, chosen, f"{one}, {source}"), parameters or None)


def _into(model: type[Model], columns: list[str], chosen: str, source: str) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {model._meta.db_table} ({names}) SELECT {chosen} FROM {source}"  # noqa: S608 - constants of this module
