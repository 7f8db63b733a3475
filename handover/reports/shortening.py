"""Customers' names as they may stand on paper: “Mrs E.”. No database."""

from __future__ import annotations

import re

TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "lady", "lord", "rev", "herr", "frau", "mme", "madame", "monsieur", "sra", "sr"}
SHORTEST = 3
"""Parts of a name with fewer letters are words of the language too often to be replaced in a text."""


def shortened(name: str) -> str:
    """“Mrs Ellis” → “Mrs E.”, “Anna Ellis-Brown” → “A. E.”; empty for no name."""
    words = name.split()
    titles = [word for word in words[:2] if word.strip(".").casefold() in TITLES]
    rest = words[len(titles) :]
    initials = [f"{word[0].upper()}." for word in (rest[:1] + rest[1:][-1:])]
    return " ".join([*titles, *(initials[-1:] if titles else initials)])


def without_name(text: str, name: str) -> str:
    """``text`` with the customer's ``name``, and each longer part of it, shortened wherever it stands as a word."""
    parts = [word for word in re.split(r"[\s\-]+", name) if word.strip(".").casefold() not in TITLES and len(word.strip(".")) >= SHORTEST]
    surname = [name] if len(name.split()) > 1 else []
    for part in sorted({*surname, *parts}, key=len, reverse=True):
        pattern = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)\.?", re.IGNORECASE)
        text = shortened(part).join(pattern.split(text))
    return text
