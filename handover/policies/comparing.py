"""What changed from one wording to another, word by word. No database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

PIECES = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """Some words that stayed (*same*), came (*in*) or went (*out*)."""

    what: str
    text: str


def compared(before: str, after: str) -> list[Piece]:
    """The text after, with what went and what came marked where it did; neighbouring changes of one kind are one piece."""
    old, new = PIECES.findall(before), PIECES.findall(after)
    found: list[Piece] = []
    for tag, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(new[begin:stop])))
            continue
        if end > start:
            found.append(Piece("out", "".join(old[start:end])))
        if stop > begin:
            found.append(Piece("in", "".join(new[begin:stop])))
    return found
