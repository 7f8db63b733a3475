"""A log file, read row by row: one row in memory at a time, one clear sentence with the row's number where it cannot be read."""

import csv
import gzip
import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import IO

from common.errors import Invalid
from handover.imports.clocks import Moment, Odd
from handover.imports.formats import LARGEST, WIDTHS, Form, LogRow

LONGEST_LINE = 1_000_000
BROKEN = (EOFError, gzip.BadGzipFile, zlib.error)


class BadFile(Invalid):
    """The file cannot be read as it is; nothing of it was stored."""


@dataclass
class Seen:
    """What a reading of the whole file has met: counts only, however long the file."""

    rows: int = 0
    sha256: str = ""
    marks: int = 0
    double_spaces: int = 0
    closed_later: int = 0
    offsets: Counter[int] = field(default_factory=Counter)
    odd: Counter[Odd] = field(default_factory=Counter)


class LogFile:
    """A ``.csv`` or ``.csv.gz`` file in one form. ``zone`` is the clock of times that name none; ``missing`` are further marks for a blank."""

    def __init__(self, path: Path, form: Form, zone: tzinfo, *, missing: frozenset[str] = frozenset()) -> None:
        self.path, self.form, self.zone = path, form, zone
        self.missing = form.missing | missing
        self.seen = Seen()
        self._digest = hashlib.sha256()

    def survey(self, tick: Callable[[int], object] = lambda rows: None) -> Seen:
        """Read the whole file once without keeping it, so that a bad row is found before anything is stored."""
        for row in self.rows():
            if row.number % 1000 == 0:
                tick(1000)
        tick(self.seen.rows % 1000)
        if not self.seen.rows:
            raise BadFile(f"{self.path.name} has a header and no row below it.")
        return self.seen

    def rows(self) -> Iterator[LogRow]:
        """Every row, in the order of the file. Begins ``seen`` anew."""
        self.seen, self._digest = Seen(), hashlib.sha256()
        try:
            with self._open() as stream:
                yield from self._parse(stream)
        except BROKEN:
            raise BadFile(f"{self.path.name} is damaged after row {self.seen.rows}: it cannot be unpacked any further.") from None
        except OSError as error:
            raise BadFile(f"{self.path.name} cannot be read: {error.strerror or error}.") from None
        self.seen.sha256 = self._digest.hexdigest()

    def _open(self) -> IO[bytes] | gzip.GzipFile:
        return gzip.open(self.path, "rb") if self.path.name.lower().endswith(".gz") else self.path.open("rb")

    def _lines(self, stream: IO[bytes] | gzip.GzipFile) -> Iterator[str]:
        """Decoded one by one, so that what is not UTF-8 is found in its own row."""
        first = True
        while line := stream.readline(LONGEST_LINE):
            self._digest.update(line)
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                raise self.bad("is longer than a million characters; is this a CSV file?")
            try:
                text = line.decode("utf-8-sig" if first else "utf-8")
            except UnicodeDecodeError:
                raise self.bad("is not UTF-8 text. Save the file as UTF-8 and import it again.") from None
            first = False
            yield text

    def _parse(self, stream: IO[bytes] | gzip.GzipFile) -> Iterator[LogRow]:
        reader = csv.reader(self._lines(stream), strict=True)
        places, width = self._header(self._next(reader))
        while (cells := self._next(reader)) is not None:
            if cells:  # an empty line is no row
                if len(cells) != width:
                    raise self.bad(f"has {len(cells)} columns, the header has {width}.")
                row = self._row(cells, places)
                self.seen.rows += 1
                yield row

    def _next(self, reader: Iterator[list[str]]) -> list[str] | None:
        try:
            return next(reader, None)
        except csv.Error as error:
            raise self.bad(f"is not CSV as it should be: {error}.") from None

    def _header(self, cells: list[str] | None) -> tuple[dict[str, int], int]:
        if not cells:
            raise BadFile(f"{self.path.name} is empty.")
        names = [cell.strip().lower() for cell in cells]
        wanted = [self.form.columns[ours] for ours in self.form.needed]
        absent = [name for name in wanted if name not in names]
        if absent:
            hint = " Its columns seem to be separated by semicolons; Baton reads commas." if len(names) == 1 and ";" in names[0] else ""
            raise BadFile(f"{self.path.name} is not in the {self.form.name} form: it has no column {', '.join(absent)}.{hint}")
        twice = [name for name in self.form.columns.values() if names.count(name) > 1]
        if twice:
            raise BadFile(f"{self.path.name} has the column {twice[0]} twice.")
        return {ours: names.index(name) for ours, name in self.form.columns.items() if name in names}, len(names)

    def _row(self, cells: list[str], places: dict[str, int]) -> LogRow:
        self._count(cells)
        value = {ours: self._value(cells[place]) for ours, place in places.items()}
        if not value["case"]:
            raise self.bad(f"has no {self.form.columns['case']}: it belongs to no case.")
        for name, most in WIDTHS.items():
            if len(value.get(name, "")) > most:
                raise self.bad(f"has {len(value[name])} characters in {self.form.columns[name]}; at most {most} can be kept.")
        moment = self._moment(value["at"])
        self._tally(moment, value)
        return LogRow(
            number=self.seen.rows + 1,
            at=moment.at,
            local_offset=moment.offset,
            source_row=self._number(value, "source_row", must="source_row" in places),
            version=self._number(value, "version"),
            reassignments=self._number(value, "reassignments"),
            opened_at=self._perhaps(value.get("opened_at", "")),
            **{name: value.get(name, "") for name in WIDTHS},
        )

    def _value(self, cell: str) -> str:
        """Trimmed at its ends only; a mark for a missing value becomes a blank."""
        text = cell.strip()
        return "" if text in self.missing else text

    def _count(self, cells: list[str]) -> None:
        whole = "\x1f".join(cells)
        if "\0" in whole:
            raise self.bad("contains a NUL character, which no text may hold.")
        if "  " in whole:
            self.seen.double_spaces += sum("  " in cell.strip() for cell in cells)
        self.seen.marks += sum(cells.count(mark) for mark in self.missing)

    def _tally(self, moment: Moment, value: dict[str, str]) -> None:
        self.seen.offsets[moment.offset] += 1
        for odd in moment.odd:
            self.seen.odd[odd] += 1
        closed = self._perhaps(value.get("closed_at", ""))
        if closed and closed > moment.at:
            self.seen.closed_later += 1

    def _moment(self, text: str) -> Moment:
        if not text:
            raise self.bad(f"has no time in {self.form.columns['at']}.")
        try:
            return self.form.clock(text, self.zone)
        except ValueError as error:
            raise self.bad(f"cannot be dated: {error}.") from None

    def _perhaps(self, text: str) -> datetime | None:
        """A time that is only compared: where it cannot be read it is as if it were blank."""
        try:
            return self.form.clock(text, self.zone).at if text else None
        except ValueError:
            return None

    def _number(self, value: dict[str, str], name: str, *, must: bool = False) -> int | None:
        text = value.get(name, "")
        if text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= LARGEST:
            return int(text)
        if must:
            raise self.bad(f"has “{text[:40]}” in {self.form.columns[name]}, which is not a whole number up to {LARGEST}.")
        return None

    def bad(self, what: str) -> BadFile:
        """``what`` finishes the sentence that begins with the row."""
        return BadFile(f"Row {self.seen.rows + 1} of {self.path.name} {what}", row=self.seen.rows + 1)
