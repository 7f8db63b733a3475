"""The report on paper: one A4 page for 15 lines, and no letter that is silently wrong."""

import pytest

from common.paper import UNPRINTABLE, printable
from handover.reports.paper import Colophon, pdf_of
from handover.reports.shortening import shortened, without_name
from tests.pdf import pages

LINE = {
    "ref": "HV-3127",
    "due": "23:30",
    "due_at": "2026-03-02T23:30:00+00:00",
    "late": False,
    "must": False,
    "what": "Mrs E., 214: move to a warm room, because the radiator is cold since nine",
    "promise": "A warm room and £40 off",
    "carried": 0,
    "next": "Walk her to 308, add SR-HEAT. If it goes wrong: two heaters from store B, call Priya.",
    "missing": [],
    "holder": "Tom Reid",
    "check": "23:45, Amara",
    "by_rule": False,
    "to": "",
    "state": "accepted",
    "word": "Accepted 22:50",
}
FIGURES = [{"label": label, "value": 3, "more": ""} for label in ("Handed over", "Accepted", "Not accepted", "Checks due next shift")]
COLOPHON = Colophon("Amara Osei, Late, 22:58", "Tom Reid, Night, 23:04", "Printed Mon 2 Mar 2026, 23:05 GMT by Amara Osei.")


def report(**parts):
    empty = {key: [] for key in ("crew", "nothing", "notes", "must", "given", "kept", "received", "taken", "within", "completed")}
    counts = dict.fromkeys(("taken", "received", "completed", "open", "late", "by_rule", "carried"), 0)
    shift = {"shift": {"name": "Late"}, "incoming": {"name": "Night"}, "ends": "Mon 2 Mar 2026, 23:00 GMT", "as_of": "Mon 2 Mar 2026, 22:58 GMT"}
    return {**empty, "team": "Front desk", **shift, "figures": FIGURES, "counts": counts, **parts}


def lines(number, **more):
    return [{**LINE, "ref": f"HV-{3100 + one}", **more} for one in range(number)]


def test_row_58_fifteen_lines_fit_one_page_with_the_signatures_and_what_paper_must_say():
    (page,) = pages(pdf_of(report(must=lines(3, must=True), given=lines(9), kept=lines(3, word="Kept")), COLOPHON))
    for words in ("Late to Night", "Must not be missed", "Handed to Night", "Kept by Late", "HV-3108", "Given by: Amara Osei, Late, 22:58"):
        assert words in page
    assert "The screen is the record; paper may be out of date." in page and "Page 1 of 1" in page


def test_row_58_where_it_goes_over_one_page_the_heading_rows_repeat():
    first, second, *_ = pages(pdf_of(report(given=lines(45)), COLOPHON))
    assert first.count("Holder") == second.count("Holder") == 1
    assert "Page 2 of" in second


@pytest.mark.parametrize("text", ["Zażółć gęślą jaźń", "Ärger in Łódź: 15 °C, ½ l, £40–€50, “ja”…", "Zoe\u0308 Nu\u0308n\u0303ez"])
def test_latin_letters_of_every_kind_are_printed(text):
    (page,) = pages(pdf_of(report(notes=[{"text": text, "topic": "", "by": "Ana", "pinned": False, "until": "resolved"}]), COLOPHON))
    assert UNPRINTABLE not in page and printable(text)[:8] in page


@pytest.mark.parametrize("text", ["مرحبا بكم", "飯を炊く", "Прачечная", "\U0001f389\U0001f468\u200d\U0001f469\u200d\U0001f467"])
def test_other_letters_are_marked_and_the_page_says_where_to_read_them(text):
    note = {"text": f"Say {text} at 5", "topic": "", "by": "Ana", "pinned": False, "until": "resolved"}
    (page,) = pages(pdf_of(report(notes=[note]), COLOPHON))
    assert f"Say {UNPRINTABLE} at 5" in page and "?" not in page
    assert "letters that cannot be printed here; the screen shows them" in page


def test_what_is_not_signed_says_so():
    (page,) = pages(pdf_of(report(), Colophon("Late", "Night", "Printed.", is_draft=True)))
    assert "Not signed yet. As it stood Mon 2 Mar 2026, 22:58 GMT." in page


def test_what_was_added_later_is_marked():
    (page,) = pages(pdf_of(report(), Colophon("Ana", "Ben", "Printed.", ["Ben, Tue 04:20: the taxi came"])))
    assert "Added later: Ben, Tue 04:20: the taxi came" in page


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Mrs Ellis", "Mrs E."),
        ("Dr. Anna Maria Ellis-Brown", "Dr. E."),
        ("Anna Ellis", "A. E."),
        ("anna", "A."),
        ("Łukasz Żak", "Ł. Ż."),
        ("", ""),
        ("Room 309", "Room 309"),
        ("Third-floor lift lobby", "Third-floor lift lobby"),
        ("Mr House", "Mr H."),
    ],
)
def test_a_customers_name_is_shortened_and_a_place_is_not(name, short):
    assert shortened(name) == short


@pytest.mark.parametrize(
    ("text", "name", "short"),
    [
        ("Move Mrs Ellis from 214", "Mrs Ellis", "Move Mrs E. from 214"),
        ("Ellis. Then ELLIS again", "Anna Ellis", "E. Then E. again"),
        ("Brownies for Mr Brown", "Mr Brown", "Brownies for Mr B."),
        ("May come in may", "Mrs May", "M. come in may"),
        ("Deep clean 309", "Room 309", "Deep clean 309"),
        ("اتصل أحمد", "أحمد علي", "اتصل أ."),
    ],
)
def test_a_name_is_shortened_where_it_stands_in_a_text(text, name, short):
    assert without_name(text, name) == short
