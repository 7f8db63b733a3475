"""Figures and findings in plain words. No database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from common.moments import DAY_NAMES, MONTH_NAMES
from handover.agreements.models import Agreement
from reviews.sharing.dashboard_queries import Shown
from reviews.sharing.figures import FIGURES
from reviews.sharing.measuring import Measured
from reviews.sharing.standing_out import Finding

FULL_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
GROUP_TITLES = {
    "in_time": "{group}: accepted late",
    "missing": "{group}: details are missing",
    "complete_by_check": "{group}: not completed by the check",
    "bounced": "{group}: handovers come straight back",
    "unable": "{group}: more often cannot be completed",
}


GONE_PAST = {"rule": "A rule about who receives", "detail": "A required detail"}
NONE = "-"
"""In an address: the shift, job role or team is none."""


def length(lasted: timedelta) -> str:
    """“3 d 4 h”, “4 h”, “12 min”."""
    minutes = int(lasted.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 1440 else f"{minutes // 1440} d {minutes // 60 % 24} h"


def latest(heat: Sequence[tuple[str, Sequence[Mapping[str, Any]]]]) -> str:
    """“Most often late: Fridays from 14:00 (27%).” Nothing where no slot is late more often than one in ten."""
    found = [(cell["share"], FULL_DAYS[number], cell["slot"]) for number, (_, cells) in enumerate(heat) for cell in cells if cell["share"] > 0.1]
    worst = sorted(found, key=lambda one: -one[0])[:2]
    said = " and ".join(f"{day} from {slot} ({percent(share)})" for share, day, slot in worst)
    return f"Most often late: {said}" if said else ""


def percent(share: float) -> str:
    return f"{round(share * 100)}%"


def value(measured: Measured, unit: str) -> str:
    """“91%”, “12 min”, “0.4”; “under 5” where it is hidden, a dash where there is nothing."""
    if unit == "count" or not measured.denominator:
        return f"{measured.denominator:.0f}" if unit == "count" else "–"
    if measured.share is None:
        return "under 5"
    if unit == "share":
        return percent(measured.share)
    return f"{measured.share:.0f} min" if unit == "minutes" else f"{measured.share:.1f}"


def count(measured: Measured) -> str:
    """“58 of 64”, for who wants to know behind a share."""
    return f"{measured.numerator:.0f} of {measured.denominator:.0f}"


def change(shown: Shown) -> str:
    """“6 points up”, “2 points up, worse”, “as before”; nothing where either period is hidden."""
    if shown.points is None:
        return ""
    if not shown.points:
        return "as before"
    size, unit = abs(shown.points), "point" if shown.figure.unit == "share" else shown.figure.unit.rstrip("s")
    words = f"{size} {unit}{'' if size == 1 else 's'} {'up' if shown.points > 0 else 'down'}"
    return f"{words}, worse" if shown.is_better is False else words


def period(since: date, last: date) -> str:
    """“24 Oct to 20 Nov 2026”, both days included."""
    first = f"{since.day} {MONTH_NAMES[since.month - 1]}" + (f" {since.year}" if since.year != last.year else "")
    return f"{first} to {last.day} {MONTH_NAMES[last.month - 1]} {last.year}"


def week(monday: date) -> str:
    return f"{monday.day} {MONTH_NAMES[monday.month - 1]}"


def slot(number: int) -> str:
    return f"{number * 2:02d}:00"


def finding(found: Finding, names: Mapping[tuple[str, int], str]) -> dict[str, str]:
    """Title, sentence and the filters of the list behind it. ``names``: of agreements and services by kind and id."""
    one = found.candidate
    figure, here, rest = FIGURES[one.figure], value(one.group, "share"), percent(one.rest.numerator / one.rest.denominator)
    behind = f"figure={one.figure}&is={'no' if figure.good == 'up' else 'yes'}"
    if one.kind == "change":
        title = f"{figure.label}: {'worse' if found.worse else 'better'} than the period before"
        return {"title": title, "text": f"{here} ({count(one.group)}), {rest} before.", "behind": behind, "worse": "yes" if found.worse else ""}
    if one.kind == "slot":
        weekday, number = one.key
        title = f"{FULL_DAYS[weekday - 1]} from {slot(number)} to {slot(number + 1)}: accepted late"
        late = percent(1 - one.group.numerator / one.group.denominator)
        elsewhere = percent(1 - one.rest.numerator / one.rest.denominator)
        text = f"{late} late ({one.group.denominator - one.group.numerator:.0f} of {one.group.denominator:.0f}), {elsewhere} at other times."
        return {"title": title, "text": text, "behind": f"{behind}&weekday={weekday}&slot={number}", "worse": "yes"}
    title = GROUP_TITLES[one.figure].format(group=names.get((one.kind, one.key[0]), "One group"))
    text = f"{figure.label}: {here} ({count(one.group)}), {rest} elsewhere."
    return {"title": title, "text": text, "behind": f"{behind}&{one.kind}={one.key[0]}", "worse": "yes"}


def day_name(number: int) -> str:
    return DAY_NAMES[number - 1]


def name_of_agreement(agreement: Agreement) -> str:
    """Its point and service should be loaded."""
    return f"{agreement.point.service}: {agreement.point.letter}. {agreement.point.name} ({agreement.get_applies_display()})"
