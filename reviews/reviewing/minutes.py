"""The minutes of a review on paper: what was looked at, what was said, what was concluded and agreed. No database.

Views stand without names, and actions by their reference: paper leaves the product.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from common.paper import Column, Sheet
from reviews.reviewing.showing import Block

SMALL = 8.5
AGREED = (
    Column("What we will change", 62, "change", strong=True),
    Column("Owner", 28, "owner"),
    Column("By", 22, "by"),
    Column("How we will know", 38, "measure"),
    Column("State", 32, "state"),
)


@dataclass(frozen=True)
class Asked:
    """One question with how often each answer was chosen, what was said, and the evidence that stood beside it."""

    question: str
    counts: Sequence[tuple[str, int]] = ()
    views: Sequence[str] = ()
    evidence: Sequence[str] = ()


@dataclass(frozen=True)
class Minutes:
    """``state``: until when it is open, or when it was concluded. ``suggestions``: reference, words and what became of each."""

    ref: str
    team: str
    title: str
    looked_at: str
    state: str
    took_part: str
    printed: str
    is_open: bool
    asked: Sequence[Asked] = ()
    conclusion: str = ""
    concluded: str = ""
    improvements: Sequence[Mapping[str, Any]] = ()
    suggestions: Sequence[tuple[str, str, str]] = ()
    effect: Sequence[Mapping[str, str]] = field(default_factory=list)


def pdf_of(minutes: Minutes) -> bytes:
    sheet = Sheet(title=f"Minutes of {minutes.ref}, {minutes.title}", foot=minutes.printed)
    sheet.head("Review minutes", right=[minutes.ref, minutes.state], below=minutes.team)
    sheet.ln(2)
    sheet.say(minutes.title, size=12, strong=True, height=5.5)
    sheet.say(minutes.looked_at, size=9)
    sheet.say(minutes.took_part, size=9)
    if minutes.is_open:
        sheet.say("Not concluded yet: more may be said.", size=SMALL, strong=True)
    if minutes.conclusion:
        _heading(sheet, "What we make of it")
        sheet.paragraphs(minutes.conclusion, size=9.5)
        sheet.say(minutes.concluded, size=8, grey=True)
    if minutes.improvements:
        sheet.title_row("Improvements we agree", len(minutes.improvements))
        sheet.rows(AGREED, minutes.improvements)
    for number, asked in enumerate(minutes.asked, 1):
        _question(sheet, number, asked)
    if minutes.suggestions:
        _heading(sheet, "Suggestions taken in", len(minutes.suggestions))
        for ref, words, becomes in minutes.suggestions:
            sheet.say(f"{ref}: {words} {becomes}".strip(), size=SMALL)
    if minutes.effect:
        _heading(sheet, "Did the last change work?")
        for line in minutes.effect:
            sheet.say(f"{line['what']}: {line['words']}", size=SMALL)
    return sheet.file()


def _question(sheet: Sheet, number: int, asked: Asked) -> None:
    _heading(sheet, f"{number}. {asked.question}", room=30)
    if asked.counts:
        sheet.say(" · ".join(f"{choice} {n}" for choice, n in asked.counts), size=9, strong=True)
    for words in asked.views:
        sheet.say(f"– {' '.join(words.split())}", size=9)
    if not asked.views and not asked.counts:
        sheet.say("Nobody gave a view.", size=SMALL, grey=True)
    if asked.evidence:
        sheet.ln(0.8)
        sheet.say(f"Evidence. {' '.join(asked.evidence)}", size=8, grey=True)


def _heading(sheet: Sheet, title: str, count: int | str = "", *, room: float = 16) -> None:
    sheet.title_row(title, count, room=room)
    sheet.ln(0.8)


def evidence_words(blocks: Sequence[Block]) -> Iterator[str]:
    """Each piece of evidence as one paragraph."""
    for block in blocks:
        rows = "; ".join(_row_words(row) for row in block.rows)
        title = f"{block.title}:" if block.title else ""
        yield " ".join(part for part in (title, block.strong, block.text if block.strong or not block.rows else "", f"{rows}." if rows else "") if part)


def _row_words(row: Mapping[str, Any]) -> str:
    """What is read in the product by a link is named by its reference: its title may name a customer."""
    if not row.get("url"):
        return f"{row['label']} {row['value']}"
    ref = str(row["url"]).split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    return ref if row["value"] == ref else f"{ref} {row['value']}"
