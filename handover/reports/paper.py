"""The shift report on paper: one A4 page for 15 lines; where it must go over, the heading rows repeat. No database."""

from __future__ import annotations

import logging
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout
from fpdf.fonts import FontFace

from handover.reports.content import Content, sentences

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every glyph that a file takes

FONT = "Hyperlegible"
FILES = {"": "vendor/fonts/hyperlegible-paper-regular.ttf", "B": "vendor/fonts/hyperlegible-paper-bold.ttf"}
UNPRINTABLE = "[…]"
SPACE = re.compile(rf"{re.escape(UNPRINTABLE)}(?:\s*{re.escape(UNPRINTABLE)})+")
WIDTH, MARGIN, ROW = 182, 14, 4.1
GREY = (90, 90, 90)


@dataclass(frozen=True)
class Colophon:
    """What stands round the report: who signed, what was added, and who printed it when."""

    given_by: str
    received_by: str
    printed: str
    addenda: list[str] = field(default_factory=list)
    is_draft: bool = False


@dataclass(frozen=True)
class Column:
    title: str
    width: int
    key: str
    strong: bool = False


COMPLETED = "Completed this shift"
DUE, HOLDER, STATE = Column("Due", 19, "due", strong=True), Column("Holder", 22, "holder"), Column("State", 28, "word", strong=True)
MUST = (DUE, Column("What was promised", 60, "what"), Column("Next step, and if it goes wrong", 53, "next"), HOLDER, STATE)
GIVEN = (DUE, Column("Action", 87, "what"), HOLDER, Column("Check", 26, "check"), STATE)
KEPT = (DUE, Column("Action", 113, "what"), HOLDER, STATE)


def pdf_of(content: Content, colophon: Colophon) -> bytes:
    """The report as a PDF file."""
    sheet = _Sheet(colophon)
    sheet.set_title(sheet.safe(f"Shift handover report, {content['team']}, {content['ends']}"))
    sheet.head(content)
    sheet.figures(content)
    sheet.notes(content)
    name = content["shift"]["name"]
    to = content["incoming"]["name"] if content["incoming"] else "the next shift"
    sheet.lines("Must not be missed", content["must"], MUST)
    sheet.lines(f"Handed to {to}", content["given"], GIVEN)
    sheet.lines(f"Kept by {name}", content["kept"], KEPT)
    for title, entries in short_lists(content):
        sheet.short(title, entries, headed=title == COMPLETED)
    sheet.signatures()
    return bytes(sheet.output())


def spoken(line: Content) -> Content:
    """A line with its words as they stand in the cells."""
    flags = [f"Missing: {question}" for question in line["missing"]]
    flags += ["Offered by rule after the end"] if line["by_rule"] else []
    flags += [f"Carried over {line['carried']} shift changes"] if line["carried"] > 1 else []
    flags += [f"To {line['to']}"] if line["to"] else []
    promise = [line["promise"]] if line["must"] and line["promise"] else []
    due = f"{line['due']} late" if line["late"] else line["due"] or "Open"
    return {**line, "due": due, "what": f"{sentences([line['what'], *promise, *flags])} {line['ref']}"}


def short_lists(content: Content) -> list[tuple[str, list[Content]]]:
    """What needs no line of its own, with its title. What was taken on or passed on inside stands there only where no line above names it."""
    named = {line["ref"] for key in ("must", "given", "kept", "completed") for line in content[key]}
    rest = {key: [one for one in content[key] if one["ref"] not in named] for key in ("taken", "within")}
    lists = ((COMPLETED, content["completed"]), ("Received", content["received"]), ("Taken on", rest["taken"]), ("Passed on within the shift", rest["within"]))
    return [(title, entries) for title, entries in lists if entries]


def short_words(entries: list[Content]) -> str:
    """“Cot to 221 (Priya). Key for 117.”"""
    return sentences(f"{one['what'].rstrip('.')}{' (' + one['more'] + ')' if one['more'] else ''}" for one in entries)


def note_words(note: Content) -> str:
    start = f"{note['topic']}: " if note["topic"] else ""
    return f"{'Standing: ' if note['pinned'] else ''}{start}{sentences([note['text']])} ({note['by']}, {note['until']})"


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


class _Sheet(FPDF):
    def __init__(self, colophon: Colophon) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self.colophon, self.incomplete = colophon, False
        for style, name in FILES.items():
            self.add_font(FONT, style, finders.find(name))
        self.set_margins(MARGIN, 11, MARGIN)
        self.set_auto_page_break(True, margin=16)
        self.c_margin = 0
        self.set_lang("en-GB")
        self.set_creator("Baton")
        self.add_page()

    def safe(self, text: Any) -> str:
        shown = printable(str(text))
        self.incomplete = self.incomplete or (UNPRINTABLE in shown and UNPRINTABLE not in str(text))
        return shown

    def say(self, text: Any, *, size: float, strong: bool = False, grey: bool = False, height: float = ROW, align: Align = Align.L) -> None:
        self.set_font(FONT, "B" if strong else "", size)
        self.set_text_color(*(GREY if grey else (0, 0, 0)))
        self.multi_cell(WIDTH, height, self.safe(text), align=align, new_x="LMARGIN", new_y="NEXT")
        self.set_text_color(0, 0, 0)

    def head(self, content: Content) -> None:
        top = self.get_y()
        to = f" to {content['incoming']['name']}" if content["incoming"] else ""
        self.say(f"{content['shift']['name']}{to}", size=9, align=Align.R)
        self.say(content["ends"], size=9, strong=True, align=Align.R)
        self.set_y(top)
        self.say("Shift handover report", size=16, strong=True, height=7)
        self.say(f"{content['team']}. {', '.join(content['crew']) or 'Nobody rostered'}", size=9)
        if self.colophon.is_draft:
            self.say(f"Not signed yet. As it stood {content['as_of']}.", size=8.5, strong=True)
        self.ln(1.5)

    def figures(self, content: Content) -> None:
        top, width = self.get_y(), WIDTH / 4
        self.rect(MARGIN, top, WIDTH, 11)
        for number, one in enumerate(content["figures"]):
            self.set_xy(MARGIN + number * width + 2, top + 1)
            self.set_font(FONT, "", 7.5)
            self.cell(width, 4, self.safe(one["label"] + (f" ({one['more']})" if one["more"] else "")))
            self.set_xy(MARGIN + number * width + 2, top + 5)
            self.set_font(FONT, "B", 11)
            self.cell(width, 5, str(one["value"]))
        self.set_xy(MARGIN, top + 12.5)
        counts = content["counts"]
        words = (("taken on", "taken"), ("received", "received"), ("completed", "completed"), ("still open", "open"), ("late", "late"))
        more = [(f"{counts[key]} {word}") for word, key in (*words, ("offered by rule", "by_rule"), ("carried over", "carried"))]
        self.say(" · ".join(more), size=8, grey=True)
        if content["nothing"]:
            self.say(f"Nothing to hand over: {', '.join(content['nothing'])}.", size=8.5, strong=True)

    def title_row(self, title: str, count: int) -> None:
        if self.will_page_break(16):
            self.add_page()
        self.ln(1.8)
        self.set_font(FONT, "B", 10.5)
        self.cell(WIDTH - 12, 5, self.safe(title))
        self.cell(12, 5, str(count), align=Align.R, new_x="LMARGIN", new_y="NEXT")
        self.set_line_width(0.4)
        self.line(MARGIN, self.get_y(), MARGIN + WIDTH, self.get_y())
        self.set_line_width(0.2)

    def notes(self, content: Content) -> None:
        if content["notes"]:
            self.title_row("Shift notes", len(content["notes"]))
            for note in content["notes"]:
                self.say(note_words(note), size=8.5)

    def lines(self, title: str, lines: list[Content], columns: tuple[Column, ...]) -> None:
        if not lines:
            return
        self.title_row(title, len(lines))
        self.set_font(FONT, "", 8.5)
        head = FontFace(family=FONT, emphasis="", size_pt=7.5, color=GREY)
        widths = tuple(column.width for column in columns)
        layout = TableBordersLayout.SINGLE_TOP_LINE if len(lines) == 1 else TableBordersLayout.HORIZONTAL_LINES
        self.set_draw_color(190)
        with self.table(
            width=WIDTH,
            col_widths=widths,
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
            for line in map(spoken, lines):
                row = table.row()
                for column in columns:
                    row.cell(self.safe(line[column.key]), style=FontFace(family=FONT, emphasis="BOLD" if column.strong else ""))
        self.set_draw_color(0)

    def short(self, title: str, entries: list[Content], *, headed: bool) -> None:
        if entries and headed:
            self.title_row(title, len(entries))
            self.say(short_words(entries), size=8.5)
        elif entries:
            self.say(f"{title} ({len(entries)}): {short_words(entries)}", size=8.5)

    def signatures(self) -> None:
        for words in self.colophon.addenda:
            self.say(f"Added later: {words}", size=8.5)
        if self.will_page_break(14):
            self.add_page()
        self.ln(6)
        top, half = self.get_y(), WIDTH / 2 - 4
        for x, words in ((MARGIN, f"Given by: {self.colophon.given_by}"), (MARGIN + half + 8, f"Received by: {self.colophon.received_by}")):
            self.line(x, top, x + half, top)
            self.set_xy(x, top + 0.8)
            self.set_font(FONT, "", 8)
            self.multi_cell(half, 3.8, self.safe(words), align=Align.L)

    def footer(self) -> None:
        self.set_y(-13)
        self.set_font(FONT, "", 7.5)
        self.set_text_color(*GREY)
        self.multi_cell(WIDTH - 24, 3.4, self.safe(f"{self.colophon.printed} The screen is the record; paper may be out of date."), align=Align.L, new_y="TOP")
        self.cell(0, 3.4, f"Page {self.page_no()} of {{nb}}", align=Align.R, new_x="LMARGIN", new_y="NEXT")
        if self.incomplete:
            self.set_y(-8.5)
            self.cell(0, 3.4, f"{UNPRINTABLE}: letters that cannot be printed here; the screen shows them.")
        self.set_text_color(0, 0, 0)
