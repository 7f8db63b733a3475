"""What was odd in a log: the numbered cases that real logs have, counted in the file and in the rows that were kept.

The numbers are those of the table in ``docs/import.md``. Some need a person who knows the other system (23: one name,
several people; 27: columns swapped between files) and are not counted here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from handover.imports import words
from handover.imports.clocks import Odd
from handover.imports.reading import Seen

LONG_CASE = 30
OLD_DAYS = 200
BULK = 20

ROWS = """
    WITH e AS (
        SELECT *, lower(status) AS word, lag(at) OVER w AS before, lag(at) OVER f AS before_in_file, lag(version) OVER f AS version_before,
            lag(owner) OVER w AS owner_before, lag("group") OVER w AS group_before, lag(status) OVER w AS status_before,
            count(*) FILTER (WHERE lower(status) = ANY(%(over)s)) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS closed_before
        FROM handover_logevent WHERE source = %(source)s
        WINDOW w AS (PARTITION BY "case" ORDER BY at, source_row), f AS (PARTITION BY "case" ORDER BY source_row)
    )
    SELECT count(*) AS rows,
        count(*) FILTER (WHERE owner = '') AS no_owner,
        count(*) FILTER (WHERE "group" = '') AS no_group,
        count(*) FILTER (WHERE service = '') AS no_service,
        count(*) FILTER (WHERE at = before) AS same_time,
        count(*) FILTER (WHERE at = before AND (owner, "group", status) IS DISTINCT FROM (owner_before, group_before, status_before)) AS same_time_change,
        count(*) FILTER (WHERE at < before_in_file) AS backwards,
        count(*) FILTER (WHERE version <= version_before) AS version_repeats,
        count(*) FILTER (WHERE version > version_before + 1) AS version_gaps,
        count(*) FILTER (WHERE closed_before > 0) AS after_closing,
        count(*) FILTER (WHERE actor = ANY(%(automatic)s)) AS automatic
    FROM e
"""
CASES = """
    WITH e AS (
        SELECT *, lower(status) AS word, lag(lower(status)) OVER w AS word_before, lag("group") OVER w AS group_before, lag(actor) OVER w AS actor_before
        FROM handover_logevent WHERE source = %(source)s WINDOW w AS (PARTITION BY "case" ORDER BY at, source_row)
    ), c AS (
        SELECT "case", count(*) AS events, max(at) - min(at) AS lasted, bool_or(owner <> '') AS owned, bool_or("group" <> '') AS grouped,
            (array_agg(word ORDER BY at, source_row))[1] AS first_word, (array_agg(word ORDER BY at DESC, source_row DESC))[1] AS last_word,
            (array_agg(version ORDER BY at, source_row))[1] AS first_version, min(opened_at) > min(at) AS opened_late,
            count(*) FILTER (WHERE word_before = ANY(%(ended)s) AND word <> ALL(%(ended)s)) AS reopened,
            count(*) FILTER (WHERE "group" IS DISTINCT FROM group_before AND group_before IS NOT NULL) AS group_changes,
            count(*) FILTER (WHERE actor IS DISTINCT FROM actor_before AND actor_before IS NOT NULL) AS actor_changes,
            (array_agg(reassignments ORDER BY at DESC, source_row DESC))[1] - (array_agg(reassignments ORDER BY at, source_row))[1] AS counted
        FROM e GROUP BY "case"
    )
    SELECT count(*) AS cases,
        count(*) FILTER (WHERE NOT owned) AS never_owned,
        count(*) FILTER (WHERE NOT grouped) AS never_grouped,
        count(*) FILTER (WHERE first_version > 0) AS start_missing,
        count(*) FILTER (WHERE first_word <> ALL(%(opening)s)) AS not_new,
        count(*) FILTER (WHERE opened_late) AS opened_late,
        count(*) FILTER (WHERE reopened > 0) AS reopened,
        count(*) FILTER (WHERE events = 1) AS one_event,
        count(*) FILTER (WHERE events > 1 AND lasted = interval '0') AS no_time,
        count(*) FILTER (WHERE events > %(long)s) AS long,
        max(events) AS most_events, max(actor_changes) AS most_actors,
        count(*) FILTER (WHERE lasted > make_interval(days => %(old)s)) AS old,
        extract(day FROM max(lasted))::int AS most_days,
        count(*) FILTER (WHERE last_word <> ALL(%(ended)s)) AS never_over,
        count(*) FILTER (WHERE counted <> group_changes) AS counter_differs
    FROM c
"""
DUPLICATES = """
    SELECT coalesce(sum(n - 1), 0) FROM (
        SELECT count(*) AS n FROM handover_logevent WHERE source = %(source)s
        GROUP BY "case", at, actor, owner, "group", service, status, priority, version, reassignments HAVING count(*) > 1
    ) AS twice
"""
UNKNOWN_WORDS = """
    SELECT status, count(*) FROM handover_logevent WHERE source = %(source)s AND lower(status) <> ALL(%(known)s)
    GROUP BY status ORDER BY count(*) DESC, status LIMIT 10
"""
BULK_MINUTE = """
    SELECT date_trunc('minute', at), count(DISTINCT "case") FROM handover_logevent
    WHERE source = %(source)s AND lower(status) = ANY(%(over)s) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1
"""
NAMES = """
    WITH owners AS (SELECT owner AS name, count(DISTINCT "group") AS groups FROM handover_logevent WHERE source = %(source)s AND owner <> '' GROUP BY owner),
    actors AS (SELECT DISTINCT actor AS name FROM handover_logevent WHERE source = %(source)s AND actor <> ''),
    groups AS (SELECT DISTINCT "group" AS name FROM handover_logevent WHERE source = %(source)s AND "group" <> ''),
    people AS (SELECT name FROM owners UNION SELECT name FROM actors)
    SELECT (SELECT count(*) FROM owners) AS owners, (SELECT count(*) FROM actors) AS actors,
        (SELECT count(*) FROM owners WHERE groups > 1) AS many_groups, (SELECT max(groups) FROM owners) AS most_groups,
        (SELECT count(*) FROM owners JOIN actors USING (name)) AS both,
        (SELECT count(*) FROM people WHERE octet_length(name) <> char_length(name)) AS not_ascii,
        (SELECT count(*) FROM (
            SELECT 1 FROM people GROUP BY regexp_replace(normalize(name, NFKD), U&'[\\0300-\\036F]', '', 'g') HAVING count(*) > 1
        ) AS a) AS accents,
        (SELECT count(*) FROM (SELECT 1 FROM people GROUP BY lower(name) HAVING count(*) > 1) AS p)
            + (SELECT count(*) FROM (SELECT 1 FROM groups GROUP BY lower(name) HAVING count(*) > 1) AS g) AS capitals
"""


@dataclass(frozen=True)
class Oddity:
    """One numbered case that occurred: ``count`` of it, and a sentence that says all there is to say."""

    number: int
    count: int
    says: str


def report(source: str, seen: Seen, *, automatic: list[str]) -> list[Oddity]:
    """What was odd, in the order of the numbers: in the file just read, and in all rows of the source."""
    found = [*_in_file(seen), *_in_rows(source, automatic)]
    return sorted((oddity for oddity in found if oddity.count), key=lambda oddity: oddity.number)


def _in_file(seen: Seen) -> Iterator[Oddity]:
    odd, mixed = seen.odd, len(seen.offsets) > 1 and seen.odd[Odd.NO_ZONE] < seen.rows
    clocks = f"in an hour that it repeats (taken as the first): {odd[Odd.REPEATED_HOUR]:,}; in one that it skips (moved forward): {odd[Odd.SKIPPED_HOUR]:,}"
    yield Oddity(2, seen.marks, f"cells with a mark for a missing value, read as blanks: {seen.marks:,}")
    yield Oddity(4, odd[Odd.NO_ZONE], f"times without a zone, read on the clock you named: {odd[Odd.NO_ZONE]:,}; {clocks}")
    yield Oddity(5, odd[Odd.ORDER_UNCLEAR], f"times that could be month/day as well, read as day/month throughout: {odd[Odd.ORDER_UNCLEAR]:,}")
    yield Oddity(6, len(seen.offsets) * mixed, f"different offsets in one file, instant and local clock both kept: {len(seen.offsets)}")
    yield Oddity(7, odd[Odd.FRACTION], f"times with fractions of a second, kept: {odd[Odd.FRACTION]:,}")
    yield Oddity(29, seen.closed_later, f"rows with a closing time later than themselves, which is not used: {seen.closed_later:,}")
    yield Oddity(30, seen.double_spaces, f"cells with double spaces inside, kept: {seen.double_spaces:,}")


@transaction.atomic
def _in_rows(source: str, automatic: list[str]) -> Iterator[Oddity]:
    lists = {"opening": words.OPENING, "over": words.OVER, "ended": words.OVER | words.RESOLVED, "known": words.KNOWN | {""}}
    names: dict[str, Any] = {
        "source": source,
        "automatic": automatic,
        "long": LONG_CASE,
        "old": OLD_DAYS,
        **{name: sorted(known) for name, known in lists.items()},
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # a whole log at once, however long

        def ask(sql: str) -> list[tuple[Any, ...]]:
            cursor.execute(sql, names)
            return list(cursor.fetchall())

        def ask_one(sql: str) -> dict[str, int]:
            answer = ask(sql)[0]
            return {column.name: value or 0 for column, value in zip(cursor.description or [], answer, strict=True)}

        rows, cases, named = ask_one(ROWS), ask_one(CASES), ask_one(NAMES)
        duplicates, unknown, bulk = ask(DUPLICATES)[0][0], ask(UNKNOWN_WORDS), ask(BULK_MINUTE)
    found = [*_missing(rows, cases), *_order(rows, cases), *_lengths(cases), *_names(named)]
    said = ", ".join(f"“{word}” {n:,}" for word, n in unknown)
    found += [Oddity(12, int(duplicates), f"rows that say exactly what another row of their case says, all kept: {duplicates:,}")]
    found += [Oddity(15, sum(n for _, n in unknown), f"unknown status words, kept as they are: {said}")]
    found += [Oddity(17, n, f"a bulk job: cases closed in the one minute of {at:%Y-%m-%d %H:%M} UTC: {n:,}") for at, n in bulk if n >= BULK]
    return iter(found)


def _missing(rows: dict[str, int], cases: dict[str, int]) -> list[Oddity]:
    return [
        Oddity(1, rows["no_owner"], f"rows without an owner (in the team pool): {rows['no_owner']:,}; cases that never have one: {cases['never_owned']:,}"),
        Oddity(
            3,
            rows["no_group"] + rows["no_service"],
            f"rows without a group: {rows['no_group']:,}, without a service: {rows['no_service']:,}; cases that never have a group: {cases['never_grouped']:,}",
        ),
        Oddity(
            11,
            cases["start_missing"] + cases["not_new"],
            f"cases that lack their first version: {cases['start_missing']:,}; that do not begin as new: {cases['not_new']:,}",
        ),
        Oddity(16, rows["automatic"], f"rows of automatic users, left out of people's figures on request: {rows['automatic']:,} of {rows['rows']:,}"),
        Oddity(21, cases["never_over"], f"cases without an end, open actions: {cases['never_over']:,}"),
    ]


def _order(rows: dict[str, int], cases: dict[str, int]) -> list[Oddity]:
    versions = rows["version_repeats"] + rows["version_gaps"]
    return [
        Oddity(
            8,
            rows["same_time"],
            f"rows with the time of the row before, kept in the file's order: {rows['same_time']:,}; with a change: {rows['same_time_change']:,}",
        ),
        Oddity(9, rows["backwards"], f"rows earlier than the row before them in the file, sorted: {rows['backwards']:,}"),
        Oddity(10, versions, f"versions that repeat or go down: {rows['version_repeats']:,}; gaps between versions: {rows['version_gaps']:,}"),
        Oddity(13, cases["opened_late"], f"cases that say they were opened after their first row; the row counts: {cases['opened_late']:,}"),
        Oddity(14, rows["after_closing"] + cases["reopened"], f"rows after closing: {rows['after_closing']:,}; cases reopened: {cases['reopened']:,}"),
        Oddity(28, cases["counter_differs"], f"cases whose own count of reassignments is not that of their rows, which counts: {cases['counter_differs']:,}"),
    ]


def _lengths(cases: dict[str, int]) -> list[Oddity]:
    short = cases["one_event"] + cases["no_time"]
    longest = f"the longest: {cases['most_events']:,} rows, most changes of actor: {cases['most_actors']:,}"
    return [
        Oddity(18, cases["long"], f"cases of more than {LONG_CASE} rows: {cases['long']:,}; {longest}"),
        Oddity(19, short, f"cases of one row: {cases['one_event']:,}; of several rows that took no time: {cases['no_time']:,}"),
        Oddity(20, cases["old"], f"cases that lasted longer than {OLD_DAYS} days: {cases['old']:,}; the longest: {cases['most_days']:,} days"),
    ]


def _names(named: dict[str, int]) -> list[Oddity]:
    apart = named["owners"] if named["actors"] and not named["both"] else 0
    several = f"owners who held cases in several groups, members of each: {named['many_groups']:,} of {named['owners']:,}"
    return [
        Oddity(
            22,
            named["not_ascii"] + named["accents"],
            f"names with other letters than a–z: {named['not_ascii']:,}; that differ by an accent only, kept apart: {named['accents']:,}",
        ),
        Oddity(24, named["many_groups"], f"{several}; most groups of one: {named['most_groups']:,}"),
        Oddity(25, apart, f"owners and actors have no name in common, so one person may stand under several: {apart:,} and {named['actors']:,}"),
        Oddity(26, named["capitals"], f"names or groups that differ by capitals only, kept apart: {named['capitals']:,}"),
    ]
