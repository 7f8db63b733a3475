"""Writes to the log's own rows: a run begins, takes in rows batch by batch, and ends. What is made of them: ``making``."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from common.errors import Invalid, TakenByAnother
from handover.imports.formats import LogRow
from handover.imports.models import ImportRun

RESERVED = "baton"
COLUMNS = 'at, local_offset, actor, owner, "group", service, status, priority, version, reassignments, opened_at'

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('import_history'), hashtext(%s))"
BATCH = """
    DROP TABLE IF EXISTS import_batch;
    CREATE TEMP TABLE import_batch (
        number bigint, "case" text, at timestamptz, local_offset smallint, source_row integer, actor text, owner text, "group" text,
        service text, status text, priority text, version integer, reassignments integer, opened_at timestamptz
    ) ON COMMIT DROP
"""
COPY = 'COPY import_batch FROM STDIN (FORMAT csv, FORCE_NOT_NULL ("case", actor, owner, "group", service, status, priority))'
GIVE_PLACES = """
    UPDATE import_batch SET source_row = place.nth FROM (
        SELECT b.number, coalesce(c.rows_seen, 0) + row_number() OVER (PARTITION BY b."case" ORDER BY b.number) AS nth
        FROM import_batch b LEFT JOIN handover_importedcase c ON c.source = %(source)s AND c."case" = b."case" AND c.run_id = %(run)s
    ) AS place WHERE import_batch.number = place.number AND import_batch.source_row IS NULL
"""
STORE = f"""
    INSERT INTO handover_logevent (source, "case", source_row, {COLUMNS})
    SELECT %(source)s, "case", source_row, {COLUMNS} FROM import_batch ORDER BY number
    ON CONFLICT (source, "case", source_row) DO NOTHING
"""  # noqa: S608 - the names are our own
DIFFERENT = """
    SELECT b.number, b."case", b.source_row FROM import_batch b
    JOIN handover_logevent e ON e.source = %(source)s AND e."case" = b."case" AND e.source_row = b.source_row
    WHERE (b.at, b.actor, b.owner, b."group", b.service, b.status, b.priority)
        IS DISTINCT FROM (e.at, e.actor, e.owner, e."group", e.service, e.status, e.priority)
    ORDER BY b.number LIMIT 1
"""
COUNT_ROWS = """
    INSERT INTO handover_importedcase (source, "case", run_id, rows_seen, events_used)
    SELECT %(source)s, "case", %(run)s, count(*), 0 FROM import_batch GROUP BY "case" ORDER BY "case"
    ON CONFLICT (source, "case") DO UPDATE SET run_id = EXCLUDED.run_id, rows_seen = EXCLUDED.rows_seen
        + CASE WHEN handover_importedcase.run_id = EXCLUDED.run_id THEN handover_importedcase.rows_seen ELSE 0 END
"""


@dataclass(frozen=True)
class Begun:
    """A run to write for; ``resumed`` where it goes on with one that was broken off, ``done`` where the file was imported before."""

    run: ImportRun
    resumed: bool = False
    done: bool = False


@transaction.atomic
def begin(*, source: str, file_name: str, sha256: str, form: str, zone: str, at: datetime) -> Begun:
    """The run to write for: a new one, or the newest of this source where it was broken off in the same file.

    Takes the token from every other run of the source, so that two processes never write for one source at once.
    Raises ``Invalid`` where the file does not fit what the source holds already.
    """
    check_source(source)
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [source])
    runs = list(ImportRun.objects.filter(source=source).order_by("-pk"))
    same = [run for run in runs if run.file_sha256 == sha256]
    _check_fits(runs, same, source, form, zone)
    if same and same[0].finished_at:
        return Begun(same[0], done=True)
    ImportRun.objects.filter(source=source, token__isnull=False).update(token=None)
    if same and same[0] == runs[0]:
        run = same[0]
        run.token = uuid.uuid4()
        run.save(update_fields=["token"])
        return Begun(run, resumed=True)
    facts = {"source": source, "file_name": file_name[-200:], "file_sha256": sha256, "format": form, "zone": zone}
    return Begun(ImportRun.objects.create(**facts, started_at=at, token=uuid.uuid4()))


def check_source(source: str) -> None:
    if source != source.strip() or not 0 < len(source) <= 60 or "\0" in source:
        raise Invalid("A source needs a name of 1 to 60 characters, without blanks at its ends.", field="source")
    if source.lower() == RESERVED:
        raise Invalid("“baton” stands for Baton's own work.", possible="Choose another name for the source.", field="source")


def _check_fits(runs: list[ImportRun], same: list[ImportRun], source: str, form: str, zone: str) -> None:
    """A source keeps one form, and a file one zone: else every row would come a second time beside itself."""
    forms = {run.format for run in runs} - {form}
    if forms:
        raise Invalid(f"{source} was imported in the {forms.pop()} form before.", possible="Import this file under another source name.")
    zones = {run.zone for run in same} - {zone}
    if zones:
        raise Invalid(f"This file was imported as {source} in the time zone {zones.pop()} before.", possible="Import it under another source name.")


@transaction.atomic
def store(run: ImportRun, rows: Sequence[LogRow]) -> int:
    """Keep one batch of the file's rows; return how many were not here before. All of it is kept or none.

    ``run.rows_done`` moves on in the same transaction. Raises ``Invalid`` where a row has the place of another
    one with other content, and ``TakenByAnother`` where another process took the run.
    """
    lock(run)
    names: dict[str, str | int] = {"source": run.source, "run": run.pk}
    with connection.cursor() as cursor:
        cursor.execute(BATCH)
        copy(cursor, rows)
        if any(row.source_row is None for row in rows):
            cursor.execute(GIVE_PLACES, names)
        cursor.execute(STORE, names)
        new: int = cursor.rowcount
        if new < len(rows):
            cursor.execute(DIFFERENT, names)
            _refuse_different(cursor.fetchone(), run)
        cursor.execute(COUNT_ROWS, names)
    run.rows_done += len(rows)
    run.rows_new += new
    run.save(update_fields=["rows_done", "rows_new"])
    return new


def copy(cursor: CursorWrapper, rows: Sequence[LogRow]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    text.seek(0)
    driver: Any = cursor
    driver.copy_expert(COPY, text)


def _refuse_different(found: tuple[int, str, int] | None, run: ImportRun) -> None:
    if found:
        number, case, place = found
        raise Invalid(
            f"Row {number} of {run.file_name}: {case} has another row at place {place} already.",
            possible=f"Export whole cases with all their rows in the same order as before, or import the file under another source name than {run.source}.",
            row=number,
        )


def lock(run: ImportRun) -> None:
    """Lock the run until the transaction ends, and make sure that it is still ours."""
    token = ImportRun.objects.select_for_update().values_list("token", flat=True).get(pk=run.pk)
    if token is None or token != run.token:
        raise TakenByAnother(f"Another process imports {run.source} now; this one stops. Nothing is lost or doubled.")


@transaction.atomic
def finish(run: ImportRun, *, oddities: dict[str, Any], at: datetime) -> None:
    lock(run)
    run.finished_at, run.oddities, run.token = at, oddities, None
    run.save(update_fields=["finished_at", "oddities", "token"])
