"""Does a sentence tell who a customer is? What a colleague writes for an assessor must not. No database."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handover.board.wall_names import ADDRESSED, EMAIL, PHONE, POSTCODE, STREET, WITH_TITLE

SHORTEST = 3
"""Letters of a part of a name that count by themselves: “Ng” and “Li” stand in too many other words."""
LETTERS = re.compile(r"[^\W\d_][\w'’-]*")


def tells(words: str, known: Iterable[str] = ()) -> str:
    """What in ``words`` could tell who a customer is, or nothing. ``known``: the customer's name, reference and contact, as they are stored.

    A whole one is found in any writing, a part of a name only as it is written: “Will” is a name, “will” is none.
    """
    for pattern in (WITH_TITLE, EMAIL, PHONE, POSTCODE, STREET):
        if found := pattern.search(words):
            return found.group()
    for one in filter(None, (" ".join(text.split()) for text in known)):
        if found := re.search(rf"(?<!\w){re.escape(one)}(?!\w)", words, re.IGNORECASE):
            return found.group()
        for part in LETTERS.findall(one):
            if len(part) >= SHORTEST and part[0].isupper() and part not in ADDRESSED and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", words):
                return str(part)
    return ""
