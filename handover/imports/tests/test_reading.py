"""A bad file is told in one sentence with its row; a good one is read as it is."""

import gzip
from zoneinfo import ZoneInfo

import pytest

from handover.imports.clocks import Odd
from handover.imports.formats import NEUTRAL, SERVICENOW, WIDTHS
from handover.imports.models import LogEvent
from handover.imports.reading import BadFile, LogFile
from tests.oracle import log

LONDON = ZoneInfo("Europe/London")
HEADER = "case_id,timestamp,resource,to_resource,group,status,source_row\n"
ROW = "C1,2016-05-16T00:16:00+00:00,Ana,Ben,Desk,New,1\n"


@pytest.fixture
def read(tmp_path):
    def read(content: str | bytes, form=NEUTRAL, name="log.csv", **how) -> LogFile:
        place = tmp_path / name
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return LogFile(place, form, LONDON, **how)

    return read


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "log.csv is empty"),
        (HEADER, "no row below it"),
        ("case_id,resource\nC1,Ana\n", "no column timestamp, to_resource, group, status"),
        ("case_id;timestamp;resource\n", "separated by semicolons"),
        (HEADER.replace("status", "group") + ROW, "no column status"),
        (HEADER.replace("\n", ",group\n"), "the column group twice"),
        (HEADER + ROW + "C1,2016-05-16T00:16:00+00:00,Ana\n", "Row 2 of log.csv has 3 columns, the header has 7"),
        (HEADER + ROW + ROW.replace("2016-05-16T00:16:00+00:00", "yesterday"), "Row 2 of log.csv cannot be dated: “yesterday”"),
        (HEADER + ROW.replace("2016-05-16T00:16:00+00:00", ""), "Row 1 of log.csv has no time in timestamp"),
        (HEADER + ROW + ROW.replace("C1", "  "), "Row 2 of log.csv has no case_id"),
        (HEADER + ROW.replace("Desk", "D" * 121), "Row 1 of log.csv has 121 characters in group; at most 120"),
        (HEADER + ROW.replace("New,1", "New,1.5"), "Row 1 of log.csv has “1.5” in source_row"),
        (HEADER + ROW.replace("New,1", "New," + "9" * 5000), "which is not a whole number"),
        (HEADER + ROW.replace("Ana", 'A"na" x').replace("C1", '"C1"x'), "Row 1 of log.csv is not CSV"),
        (HEADER + ROW + ROW.replace("Ana", '"Ana'), "Row 2 of log.csv is not CSV"),
        (HEADER + ROW + ROW.replace("Ana", "A\0na"), "Row 2 of log.csv contains a NUL"),
        ((HEADER + ROW).encode() + ROW.replace("Ana", "Zoë").encode("latin-1"), "Row 2 of log.csv is not UTF-8"),
        (HEADER.encode("utf-16"), "not UTF-8"),
        (HEADER + "x" * 1_100_000, "longer than a million"),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(read, content, sentence):
    with pytest.raises(BadFile) as told:
        read(content).survey()
    assert sentence in str(told.value)


def test_a_file_that_is_cut_off_while_packed_says_how_far_it_can_be_read(read):
    whole = gzip.compress((HEADER + ROW * 5_000).encode(), compresslevel=0)
    with pytest.raises(BadFile, match=r"damaged after row [0-9]+"):
        read(whole[: len(whole) // 2], name="log.csv.gz").survey()


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadFile, match=r"nothing\.csv cannot be read: No such file"):
        LogFile(tmp_path / "nothing.csv", NEUTRAL, LONDON).survey()


def test_names_are_kept_letter_by_letter_and_trimmed_at_their_ends_only(read):
    row = ROW.replace("Ana", '" Göran  O\'Neil, ""Zoë"" "').replace("Ben", "Goran").replace(",1\n", ",7\r\n")
    (seen,) = read("\ufeff" + HEADER + row).rows()
    assert (seen.actor, seen.owner, seen.source_row, seen.service, seen.number) == ('Göran  O\'Neil, "Zoë"', "Goran", 7, "", 1)


def test_only_the_marks_of_the_form_and_those_given_are_blanks(read):
    text = HEADER + ROW.replace("Ana", "?").replace("Ben", "-")
    (plain,) = read(text).rows()
    (marked,) = read(text, missing=frozenset({"-"})).rows()
    assert (plain.actor, plain.owner) == ("?", "-")
    assert (marked.actor, marked.owner) == ("?", "")


def test_a_text_over_several_lines_is_one_row(read):
    rows = list(read(HEADER + ROW.replace("Desk", '"De\nsk"') + ROW).rows())
    assert [(row.number, row.group) for row in rows] == [(1, "De\nsk"), (2, "Desk")]


def test_servicenow_and_neutral_say_the_same_of_week_twenty():
    zone = ZoneInfo("UTC")  # the neutral file assumed it
    one, other = LogFile(log("week20_servicenow"), SERVICENOW, zone), LogFile(log("week20_neutral"), NEUTRAL, zone)
    same = ("case", "at", "actor", "owner", "group", "service", "status", "priority", "number")
    rows = 0
    for left, right in zip(one.rows(), other.rows(), strict=True):
        assert [getattr(left, name) for name in same] == [getattr(right, name) for name in same]
        rows += 1
    assert rows == 9_084
    assert (one.seen.marks, one.seen.odd[Odd.NO_ZONE]) == (58_031, 9_084)


def test_widths_are_those_of_the_table():
    assert {name: LogEvent._meta.get_field(name).max_length for name in WIDTHS} == WIDTHS
