"""A rota from a file: what each row says, and what is wrong with it by row number. No database.

Nothing in a file is run, fetched or kept: bytes come in, rows and problems go out. ``rota_calendars`` reads iCal.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo

from common.errors import Invalid
from common.text import clean_text
from handover.shifts import calendar

MOST_BYTES = 1024 * 1024
MOST_ROWS = 2000
LONGEST_CELL = 500
COLUMNS = {
    "date": ("date", "day"),
    "shift": ("shift", "shift name", "name of the shift"),
    "starts": ("starts", "start", "from", "begins"),
    "ends": ("ends", "end", "to", "until"),
    "colleagues": ("colleagues", "colleague", "who", "people", "email", "e-mail"),
}
TEMPLATE = [
    ["date", "shift", "starts", "ends", "colleagues"],
    ["2026-03-02", "Late shift", "15:00", "23:00", "amara@example.org; Tom Reid"],
    ["2026-03-02", "Night shift", "22:45", "07:00", "zofia@example.org"],
]
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y")
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s*(am|pm)?|(\d{2})(\d{2})", re.IGNORECASE)
FORMULA = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True)
class Problem:
    """``row`` as a spreadsheet counts, with the heading as row 1; 0 is the file as a whole."""

    row: int
    words: str


@dataclass(frozen=True)
class RotaRow:
    row: int
    name: str
    day: date
    starts_at: datetime
    ends_at: datetime
    people: tuple[str, ...]


@dataclass
class Reading:
    rows: list[RotaRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def trouble(self, row: int, words: str) -> None:
        self.problems.append(Problem(row, words))


class Wrong(ValueError):
    """What one cell or event says cannot be understood; in words for people."""


def decoded(raw: bytes) -> str:
    """The text of a file in UTF-8 (with a mark or without), UTF-16, or Windows-1252. Raises ``Wrong``."""
    if len(raw) > MOST_BYTES:
        raise Wrong(f"The file has {len(raw) // 1024:,} kB; at most {MOST_BYTES // 1024:,} kB can be read. Split it by month.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in raw[:200]:
        encodings = ["utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Wrong("This is not a text file. Save the rota as CSV (UTF-8), or send an iCal file.")


def read_csv(raw: bytes, zone: tzinfo) -> Reading:
    """Every row of a CSV file, on the wall clock of ``zone``; separated by commas, semicolons or tabs as its heading is."""
    found = Reading()
    try:
        lines = list(_lines(decoded(raw)))
    except (Wrong, csv.Error) as wrong:
        found.trouble(0, str(wrong) if isinstance(wrong, Wrong) else f"This is not a CSV file: {wrong}.")
        return found
    if not lines:
        found.trouble(0, "The file is empty.")
        return found
    number, heading = lines[0]
    places = _places(heading)
    if missing := [name for name in ("date", "shift", "starts", "ends") if name not in places]:
        found.trouble(number, f"The heading has no column {', '.join(missing)}. It should read: {', '.join(TEMPLATE[0])}.")
        return found
    if len(lines) - 1 > MOST_ROWS:
        found.trouble(0, f"The file has {len(lines) - 1:,} rows; at most {MOST_ROWS:,} can be read. Split it by month.")
        return found
    for number, cells in lines[1:]:
        try:
            found.rows.append(_row(number, {name: cells[place] if place < len(cells) else "" for name, place in places.items()}, zone))
        except Wrong as wrong:
            found.trouble(number, str(wrong))
    return found


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, with the number of the line that each begins on."""
    first = text.split("\n", 1)[0]
    delimiter = max((";", "\t", ","), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield before + 1, cells
        before = reader.line_num


def _places(heading: list[str]) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in heading]
    return {column: names.index(alias) for column, aliases in COLUMNS.items() for alias in aliases if alias in names}


def _row(number: int, cells: dict[str, str], zone: tzinfo) -> RotaRow:
    values = {name: plain(cell) for name, cell in cells.items()}
    name = short_name(values["shift"])
    day, starts, ends = _day(values["date"]), clock_time(values["starts"], "starts"), clock_time(values["ends"], "ends")
    if starts == ends:
        raise Wrong("It starts and ends at the same time.")
    times = calendar.span(day, starts, ends, zone)
    if times is None:
        raise Wrong("The clocks go forward then: this shift would be over before it begins.")
    people = tuple(dict.fromkeys(part.strip() for part in re.split(r"[;|\n]", values.get("colleagues", "")) if part.strip()))
    return RotaRow(number, name, day, *times, people)


def plain(cell: str) -> str:
    """The text of a cell. Refuses formulas, and what is too long or cannot be stored; a quote before a formula was put there to defuse it."""
    if cell.startswith("'") and cell[1:].startswith(FORMULA):
        cell = cell[1:]
    if cell.startswith(FORMULA):
        raise Wrong(f"“{cell[:30]}” is a formula. Write its value instead.")
    try:
        return clean_text(cell, max_length=LONGEST_CELL, lines=True)
    except Invalid as refusal:
        raise Wrong(str(refusal)) from None


def short_name(text: str) -> str:
    if not text:
        raise Wrong("The shift has no name.")
    try:
        return clean_text(text, max_length=60)
    except Invalid as refusal:
        raise Wrong(f"The name of the shift: {refusal}") from None


def _day(text: str) -> date:
    for form in DATES:
        try:
            found = datetime.strptime(text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
        if 2000 <= found.year < 2100:
            return found
    raise Wrong(f"“{text[:30]}” is not a date. Write 2026-03-02 or 02/03/2026 (the day first)." if text else "The date is missing.")


def clock_time(text: str, column: str) -> time:
    """07:00, 7.00, 0700, 7 pm."""
    found = CLOCK.fullmatch(text)
    if not found:
        raise Wrong(f"“{text[:30]}” is not a time. Write 07:00." if text else f"The column {column} is empty.")
    hour, minute = (int(found[4]), int(found[5])) if found[4] else (int(found[1]), int(found[2] or 0))
    if found[3]:
        if not 1 <= hour <= 12:
            raise Wrong(f"“{text[:30]}” is not a time. Write 07:00.")
        hour = hour % 12 + (12 if found[3].casefold() == "pm" else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    if hour > 23 or minute > 59:
        raise Wrong(f"“{text[:30]}” is not a time. Write 07:00.")
    return time(hour, minute)
