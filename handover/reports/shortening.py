"""Customers' names as they may stand on paper: “Mrs E.”. No database.

What stands in the field for the customer is not always a person: “Room 309”, “Third-floor lift lobby”. Words that name a place, and
anything with a number in it, stay as they are; in doubt a name is shortened.
"""

from __future__ import annotations

import re

TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "lady", "lord", "rev", "herr", "frau", "mme", "madame", "monsieur", "sra", "sr"}
PLACES = {
    *("room", "rooms", "floor", "lobby", "lift", "kitchen", "desk", "bar", "restaurant", "pool", "garden", "store", "shop", "office", "car", "park", "street"),
    *("road", "hall", "house", "building", "corridor", "laundry", "gym", "spa", "terrace", "breakfast", "guests", "guest", "staff", "team", "all", "everybody"),
}
SHORTEST = 3
"""Parts of a name with fewer letters are words of the language too often to be replaced in a text."""


def is_person(name: str) -> bool:
    words = {word.strip(".,").casefold() for word in re.split(r"[\s\-]+", name)}
    return bool(name.strip()) and not any(char.isdigit() for char in name) and (bool(words & TITLES) or not words & PLACES)


def shortened(name: str) -> str:
    """“Mrs Ellis” → “Mrs E.”, “Anna Ellis-Brown” → “A. E.”; a place as it is; empty for no name."""
    if not is_person(name):
        return name.strip()
    words = name.split()
    titles = [word for word in words[:2] if word.strip(".").casefold() in TITLES]
    rest = words[len(titles) :]
    initials = [f"{word[0].upper()}." for word in (rest[:1] + rest[1:][-1:])]
    return " ".join([*titles, *(initials[-1:] if titles else initials)])


def without_name(text: str, name: str) -> str:
    """``text`` with the customer's ``name``, and each longer part of it, shortened wherever it stands as a word beginning with a capital."""
    if not is_person(name):
        return text
    parts = [word for word in re.split(r"[\s\-]+", name) if word.strip(".").casefold() not in TITLES and len(word.strip(".")) >= SHORTEST]
    surname = [name] if len(name.split()) > 1 else []
    for part in sorted({*surname, *parts}, key=len, reverse=True):
        pattern = re.compile(rf"(?<!\w)(?i:{re.escape(part)})(?!\w)\.?")
        short = shortened(part)
        text = pattern.sub(lambda found, short=short: found[0] if found[0][:1].islower() else short, text)
    return text
