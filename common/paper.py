"""A sheet of A4 paper with our font: safe words, headings, tables, figures, signatures, and a foot on every page. No database.

    sheet = Sheet(title="Minutes of RV-3", foot="Printed Mon 2 Mar 2026 by Leila.")
    sheet.head("Minutes", right=["RV-3", "Mon 2 Mar 2026"])
    sheet.title_row("What we agree", 2)
    sheet.rows((Column("What", 122, "what"), Column("Who", 60, "who", strong=True)), [{"what": "…", "who": "…"}])
    return sheet.file()

All words given to it may come from people: it makes them safe itself.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, TableBordersLayout
from fpdf.fonts import FontFace

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every glyph that a file takes

FONT = "Hyperlegible"
FILES = {"": "vendor/fonts/hyperlegible-paper-regular.ttf", "B": "vendor/fonts/hyperlegible-paper-bold.ttf"}
UNPRINTABLE = "[…]"
SPACE = re.compile(rf"{re.escape(UNPRINTABLE)}(?:\s*{re.escape(UNPRINTABLE)})+")
WIDTH, MARGIN, ROW = 182, 14, 4.1
LINES_OF_A_CELL = 50  # a row of a table cannot be higher than its page
CUT = " … (the rest is on the screen)"
GREY = (90, 90, 90)


@dataclass(frozen=True)
class Column:
    """One column of ``Sheet.rows``; the widths of a table add up to ``WIDTH``. ``key`` finds its words in a row."""

    title: str
    width: int
    key: str
    strong: bool = False


@dataclass(frozen=True)
class Figure:
    label: str
    value: str


@cache
def _letters() -> frozenset[int]:
    """What the font can draw."""
    return frozenset(TTFont(finders.find(FILES[""])).getBestCmap())


def printable(text: str) -> str:
    """``text`` with every run of letters that the font does not have as “[…]”: never a wrong letter, never silently none."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(
        one if ord(one) in _letters() else " " if one.isspace() else UNPRINTABLE if unicodedata.category(one)[0] not in "MC" else "" for one in composed
    )
    return SPACE.sub(UNPRINTABLE, kept)


class Sheet(FPDF):
    """What is said goes down the page; it turns over by itself. ``foot`` says who printed it and when."""

    def __init__(self, *, title: str, foot: str) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self.foot, self.incomplete = foot, False
        for style, name in FILES.items():
            self.add_font(FONT, style, finders.find(name))
        self.set_margins(MARGIN, 11, MARGIN)
        self.set_auto_page_break(True, margin=16)
        self.c_margin = 0
        self.set_lang("en-GB")
        self.set_creator("Baton")
        self.add_page()
        self.set_title(self.safe(title))

    def file(self) -> bytes:
        return bytes(self.output())

    def safe(self, text: Any) -> str:
        shown = printable(str(text))
        self.incomplete = self.incomplete or (UNPRINTABLE in shown and UNPRINTABLE not in str(text))
        return shown

    def say(self, text: Any, *, size: float, strong: bool = False, grey: bool = False, height: float = ROW, align: Align = Align.L) -> None:
        """One paragraph as wide as the page; a new line in it is a space."""
        self.set_font(FONT, "B" if strong else "", size)
        self.set_text_color(*(GREY if grey else (0, 0, 0)))
        self.multi_cell(WIDTH, height, self.safe(text), align=align, new_x="LMARGIN", new_y="NEXT")
        self.set_text_color(0, 0, 0)

    def paragraphs(self, text: str, *, size: float = 9) -> None:
        """What somebody wrote, line by line as they wrote it."""
        for line in filter(str.strip, text.splitlines()):
            self.say(line, size=size)

    def head(self, name: str, *, right: Sequence[str] = (), below: str = "") -> None:
        """The top of the first page: what this is, with a line under it; at the right what it is of, the last of it strong."""
        top = self.get_y()
        for number, words in enumerate(right, 1):
            self.say(words, size=9, strong=number == len(right), align=Align.R)
        self.set_y(top)
        self.say(name, size=16, strong=True, height=7)
        if below:
            self.say(below, size=9)

    def title_row(self, title: str, count: int | str = "", *, room: float = 16) -> None:
        """A heading over a line; it goes to the next page where less than ``room`` mm are left below it."""
        if self.will_page_break(room):
            self.add_page()
        self.ln(1.8)
        self.set_font(FONT, "B", 10.5)
        self.cell(WIDTH - 12, 5, self.safe(title))
        self.cell(12, 5, str(count), align=Align.R, new_x="LMARGIN", new_y="NEXT")
        self.set_line_width(0.4)
        self.line(MARGIN, self.get_y(), MARGIN + WIDTH, self.get_y())
        self.set_line_width(0.2)

    def figures(self, shown: Sequence[Figure]) -> None:
        """Up to five figures side by side in a frame."""
        top, width = self.get_y(), WIDTH / len(shown)
        self.rect(MARGIN, top, WIDTH, 11)
        for number, one in enumerate(shown):
            self.set_xy(MARGIN + number * width + 2, top + 1)
            self.set_font(FONT, "", 7.5)
            self.cell(width, 4, self.safe(one.label))
            self.set_xy(MARGIN + number * width + 2, top + 5)
            self.set_font(FONT, "B", 11)
            self.cell(width, 5, self.safe(one.value))
        self.set_xy(MARGIN, top + 12.5)

    def rows(self, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> None:
        """A table; its head stands on every page that it goes over to. Nothing for no rows; a cell as long as a page is cut, and says so."""
        if not rows:
            return
        self.set_font(FONT, "", 8.5)
        head = FontFace(family=FONT, emphasis="", size_pt=7.5, color=GREY)
        layout = TableBordersLayout.SINGLE_TOP_LINE if len(rows) == 1 else TableBordersLayout.HORIZONTAL_LINES
        self.set_draw_color(190)
        with self.table(
            width=WIDTH,
            col_widths=tuple(column.width for column in columns),
            line_height=3.8,
            text_align="LEFT",
            v_align="TOP",
            headings_style=head,
            borders_layout=layout,
            padding=(0.5, 1.5, 0.5, 0),
        ) as table:
            row = table.row()
            for column in columns:
                row.cell(column.title)
            for line in rows:
                row = table.row()
                for column in columns:
                    row.cell(self._fitted(line[column.key], column.width), style=FontFace(family=FONT, emphasis="BOLD" if column.strong else ""))
        self.set_draw_color(0)

    def _fitted(self, text: Any, width: int) -> str:
        """``text`` made safe, and short enough for one cell."""
        shown = self.safe(text)
        if len(shown) < 5 * LINES_OF_A_CELL:
            return shown
        lines: Any = self.multi_cell(width - 2, 3.8, shown, align=Align.L, dry_run=True, output=MethodReturnValue.LINES)
        return shown if len(lines) <= LINES_OF_A_CELL else " ".join(lines[: LINES_OF_A_CELL - 2]) + CUT

    def signed(self, left: str, right: str) -> None:
        """Two lines to sign on, with words under each."""
        if self.will_page_break(14):
            self.add_page()
        self.ln(6)
        top, half = self.get_y(), WIDTH / 2 - 4
        for x, words in ((MARGIN, left), (MARGIN + half + 8, right)):
            self.line(x, top, x + half, top)
            self.set_xy(x, top + 0.8)
            self.set_font(FONT, "", 8)
            self.multi_cell(half, 3.8, self.safe(words), align=Align.L)

    def footer(self) -> None:
        self.set_y(-13)
        self.set_font(FONT, "", 7.5)
        self.set_text_color(*GREY)
        self.multi_cell(WIDTH - 24, 3.4, self.safe(f"{self.foot} The screen is the record; paper may be out of date."), align=Align.L, new_y="TOP")
        self.cell(0, 3.4, f"Page {self.page_no()} of {{nb}}", align=Align.R, new_x="LMARGIN", new_y="NEXT")
        if self.incomplete:
            self.set_y(-8.5)
            self.cell(0, 3.4, f"{UNPRINTABLE}: letters that cannot be printed here; the screen shows them.")
        self.set_text_color(0, 0, 0)
