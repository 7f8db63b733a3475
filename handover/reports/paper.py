"""The shift report on paper: one A4 page for 15 lines; where it must go over, the heading rows repeat. No database."""

from __future__ import annotations

from dataclasses import dataclass, field

from common.paper import Column, Figure, Sheet
from handover.reports.content import Content, sentences


@dataclass(frozen=True)
class Colophon:
    """What stands round the report: who signed, what was added, and who printed it when."""

    given_by: str
    received_by: str
    printed: str
    addenda: list[str] = field(default_factory=list)
    is_draft: bool = False


COMPLETED = "Completed this shift"
DUE, HOLDER, STATE = Column("Due", 19, "due", strong=True), Column("Holder", 22, "holder"), Column("State", 28, "word", strong=True)
MUST = (DUE, Column("What was promised", 60, "what"), Column("Next step, and if it goes wrong", 53, "next"), HOLDER, STATE)
GIVEN = (DUE, Column("Action", 87, "what"), HOLDER, Column("Check", 26, "check"), STATE)
KEPT = (DUE, Column("Action", 113, "what"), HOLDER, STATE)


def pdf_of(content: Content, colophon: Colophon) -> bytes:
    """The report as a PDF file."""
    sheet = _Sheet(title=f"Shift handover report, {content['team']}, {content['ends']}", foot=colophon.printed)
    sheet.report_head(content, colophon)
    sheet.counted(content)
    sheet.notes(content)
    name = content["shift"]["name"]
    to = content["incoming"]["name"] if content["incoming"] else "the next shift"
    sheet.lines("Must not be missed", content["must"], MUST)
    sheet.lines(f"Handed to {to}", content["given"], GIVEN)
    sheet.lines(f"Kept by {name}", content["kept"], KEPT)
    for title, entries in short_lists(content):
        sheet.short(title, entries, headed=title == COMPLETED)
    sheet.signatures(colophon)
    return sheet.file()


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


class _Sheet(Sheet):
    def report_head(self, content: Content, colophon: Colophon) -> None:
        to = f" to {content['incoming']['name']}" if content["incoming"] else ""
        crew = ", ".join(content["crew"]) or "Nobody rostered"
        self.head("Shift handover report", right=[f"{content['shift']['name']}{to}", content["ends"]], below=f"{content['team']}. {crew}")
        if colophon.is_draft:
            self.say(f"Not signed yet. As it stood {content['as_of']}.", size=8.5, strong=True)
        self.ln(1.5)

    def counted(self, content: Content) -> None:
        self.figures([Figure(one["label"] + (f" ({one['more']})" if one["more"] else ""), str(one["value"])) for one in content["figures"]])
        counts = content["counts"]
        words = (("taken on", "taken"), ("received", "received"), ("completed", "completed"), ("still open", "open"), ("late", "late"))
        more = [(f"{counts[key]} {word}") for word, key in (*words, ("offered by rule", "by_rule"), ("carried over", "carried"))]
        self.say(" · ".join(more), size=8, grey=True)
        if content["nothing"]:
            self.say(f"Nothing to hand over: {', '.join(content['nothing'])}.", size=8.5, strong=True)

    def notes(self, content: Content) -> None:
        if content["notes"]:
            self.title_row("Shift notes", len(content["notes"]))
            for note in content["notes"]:
                self.say(note_words(note), size=8.5)

    def lines(self, title: str, lines: list[Content], columns: tuple[Column, ...]) -> None:
        if lines:
            self.title_row(title, len(lines))
            self.rows(columns, [spoken(line) for line in lines])

    def short(self, title: str, entries: list[Content], *, headed: bool) -> None:
        if entries and headed:
            self.title_row(title, len(entries))
            self.say(short_words(entries), size=8.5)
        elif entries:
            self.say(f"{title} ({len(entries)}): {short_words(entries)}", size=8.5)

    def signatures(self, colophon: Colophon) -> None:
        for words in colophon.addenda:
            self.say(f"Added later: {words}", size=8.5)
        self.signed(f"Given by: {colophon.given_by}", f"Received by: {colophon.received_by}")
