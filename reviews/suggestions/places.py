"""What somebody was looking at, in words, from the address of the page. No database: a reference says enough."""

from __future__ import annotations

import re

LONGEST = 200
PAGES = {
    "": "My shift",
    "receive": "Receive",
    "watch-list": "Watch list",
    "board": "Team board",
    "handovers": "Hand over",
    "actions": "Actions",
    "checks": "Completion checks",
    "services": "Service map",
    "agreements": "Agreements",
    "how-we-hand-over": "How we hand over",
    "policies": "Policies",
    "rota": "Rota",
    "shifts": "Shifts and reports",
    "notes": "Shift notes",
    "brief": "Incoming brief",
    "sharing": "Sharing patterns",
    "reviews": "Reviews",
    "improvements": "Improvements",
    "observations": "Observations",
    "suggestions": "Suggestions",
    "notifications": "Notifications",
    "practice": "Practice handover",
    "settings": "Settings",
}
REF = re.compile(r"^[A-Z]{2}-[0-9]{1,18}$")


def page_of_ours(path: str) -> str:
    """``path`` if it can be a page of this site, without what follows a question mark; else nothing. It never leads elsewhere."""
    path = path.strip().split("?")[0].split("#")[0]
    ours = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable() and len(path) <= LONGEST
    return path if ours else ""


def in_words(path: str) -> str:
    """“Team board”, “Actions, HV-12”; nothing for no page, and the address itself for one that has no name here."""
    if not path:
        return ""
    parts = [part for part in path.split("/") if part]
    name = PAGES.get(parts[0] if parts else "", "")
    refs = [part for part in parts if REF.match(part)]
    return ", ".join([name or path, *refs]) if name else path
