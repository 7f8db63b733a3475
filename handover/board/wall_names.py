"""What a screen that strangers may walk past says of people: names shortened, no addresses, no numbers to ring. No database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

ADDRESSED = ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Sir", "Dame", "Lady", "Lord", "Rev")
NAME = r"[^\W\d_a-z][\w'’-]*"
HIDDEN = "…"
STREETS = "Street|St|Road|Rd|Lane|Ln|Row|Close|Avenue|Ave|Drive|Way|Place|Terrace|Gardens|Court|Crescent|Square|Hill|Grove|View|Mews|Walk|Park|Quay"
WITH_TITLE = re.compile(rf"\b({'|'.join(ADDRESSED)})\b\.?\s+({NAME}(?:\s+{NAME})*)")
EMAIL = re.compile(r"\S+@\S+")
PHONE = re.compile(r"(?<![\w£$€])\+?\(?\d(?:[\s().-]?\d){6,}")
POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\b")
STREET = re.compile(rf"\b\d{{1,4}}[a-z]?,?\s+(?:{NAME}\s+){{1,3}}(?:{STREETS})\b")


@dataclass(frozen=True)
class Shown:
    """A colleague, or a shift, as the wall shows them: “Amara O.”"""

    display_name: str
    initials: str
    colour: int | None

    @property
    def first_name(self) -> str:
        return self.display_name.split(" ", 1)[0]


def colleague(name: str) -> str:
    """First name and initial: “Amara O.” for “Amara Osei”."""
    words = name.split()
    return f"{words[0]} {words[-1][0].upper()}." if len(words) > 1 else name


def shown(who: Any) -> Shown | None:
    """A person or shift for the tags that draw faces; ``None`` for nobody."""
    if who is None:
        return None
    if hasattr(who, "initials"):
        return Shown(colleague(who.display_name), who.initials, who.colour)
    return Shown(str(getattr(who, "name", who)), "", None)


def customer(name: str) -> str:
    """“Mrs E.” for “Mrs Ellis”, “G. E.” for “Grace Ellis”."""
    words = name.split()
    if not words:
        return ""
    if words[0].rstrip(".") in ADDRESSED and len(words) > 1:
        return f"{words[0].rstrip('.')} {words[-1][0].upper()}."
    return " ".join(f"{word[0].upper()}." for word in words if word[0].isalpha()) or HIDDEN


def title(text: str, *, customer_name: str = "") -> str:
    """What is to be done, as the wall says it: the customer's name shortened wherever it stands, other people's after Mr, Mrs …, too."""
    name = " ".join(customer_name.split())
    if name:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", customer(name), text, flags=re.IGNORECASE)
        for word in name.split():
            if word.rstrip(".") not in ADDRESSED and len(word) > 1 and word[0].isalpha():
                text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", f"{word[0].upper()}.", text)
    text = WITH_TITLE.sub(lambda found: f"{found[1]} {found[2].split()[-1][0]}.", text)
    for pattern in (EMAIL, PHONE, POSTCODE, STREET):
        text = pattern.sub(HIDDEN, text)
    return text.replace("..", ".")
