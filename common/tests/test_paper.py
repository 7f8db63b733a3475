"""A sheet of paper takes whatever people write."""

import pytest

from common.paper import CUT, ROW, UNPRINTABLE, WIDTH, Column, Figure, Sheet
from tests.pdf import pages

COLUMNS = (Column("What", WIDTH - 60, "what"), Column("Who", 60, "who", strong=True))


def sheet(title="Minutes"):
    return Sheet(title=title, foot="Printed Mon 2 Mar 2026.")


def test_a_page_says_what_it_is_of_whom_and_when():
    paper = sheet()
    paper.head("Minutes", right=["RV-3", "Mon 2 Mar 2026"], below="Front desk")
    paper.figures([Figure("Handovers", "27"), Figure("Accepted", "25")])
    paper.title_row("What we agree", 1)
    paper.rows(COLUMNS, [{"what": "Ask for the room first", "who": "Amara"}])
    paper.signed("Leila", "Amara")
    (page,) = pages(paper.file())
    for words in ("Minutes", "RV-3", "Front desk", "Handovers", "27", "Ask for the room first", "Page 1 of 1", "paper may be out of date"):
        assert words in page


def test_no_rows_are_no_table():
    paper = sheet()
    paper.rows(COLUMNS, [])
    (page,) = pages(paper.file())
    assert "Who" not in page


@pytest.mark.parametrize("words", ["long " * 3_000, "line\n" * 3_000, "x" * 9_000])
def test_a_cell_as_long_as_a_page_is_cut_and_says_so(words):
    paper = sheet()
    paper.rows(COLUMNS, [{"what": words, "who": "Amara"}])
    assert CUT.strip() in " ".join(" ".join(pages(paper.file())).split())


def test_a_cell_that_fits_is_not_cut():
    paper = sheet()
    paper.rows(COLUMNS, [{"what": "fits " * 300, "who": "Amara"}])
    page = " ".join(pages(paper.file()))
    assert page.count("fits") == 300 and CUT.strip() not in page


def test_letters_that_the_font_lacks_are_marked_also_in_the_title():
    paper = sheet(title="Say مرحبا")
    paper.say("Say 飯", size=9)
    (page,) = pages(paper.file())
    assert f"Say {UNPRINTABLE}" in page and "the screen shows them" in page


def test_what_somebody_wrote_keeps_its_lines_and_may_fill_pages():
    paper = sheet()
    top = paper.get_y()
    paper.paragraphs("First\n\nSecond\n")
    down = paper.get_y() - top
    paper.paragraphs("word " * 6_000)
    first, *rest = pages(paper.file())
    assert first.startswith("First Second word") and rest and down > 2 * ROW - 1
