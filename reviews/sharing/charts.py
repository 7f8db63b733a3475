"""What the charts and the tables beside them are drawn from. No database of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from accounts.models import Team
from reviews.sharing import dashboard_queries as parts
from reviews.sharing import wording
from reviews.sharing.figures import FIGURES
from reviews.sharing.measuring import Mark, Measured, Scope, marks

LENSES = {"shift": "By shift", "role": "By job role", "team": "By team"}
NOBODY = {"shift": "No shift", "role": "No job role", "team": "No team"}
WIDE, HIGH = 120, 30
BEHIND = {"in_time": "no", "complete_by_check": "no", "not_chased": "no"}


def tile(shown: parts.Shown, query: str) -> dict[str, Any]:
    """One figure on top: number, change, spark line and where it leads."""
    name = shown.figure.name
    behind = urlencode({"figure": name, "is": BEHIND.get(name, "yes")})
    return {
        "label": shown.figure.label,
        "rule": shown.figure.rule,
        "value": wording.value(shown.measured, shown.figure.unit),
        "count": wording.count(shown.measured) if shown.measured.share is not None else "",
        "change": wording.change(shown),
        "tone": "" if shown.is_better is None else "g" if shown.is_better else "r",
        "rises": (shown.points or 0) > 0,
        "spark": spark(shown.weeks),
        "url": f"/sharing/handovers/?{'&'.join(part for part in (query, behind) if part)}",
    }


def spark(weeks: tuple[float | None, ...]) -> str:
    """The points of a small line, from the lowest week to the highest; nothing where fewer than two weeks are shown."""
    known = [(number, share) for number, share in enumerate(weeks) if share is not None]
    if len(known) < 2:
        return ""
    low, high = min(share for _, share in known), max(share for _, share in known)
    step, span = (WIDE - 8) / (len(weeks) - 1), (high - low) or 1
    return " ".join(f"{4 + number * step:.1f},{HIGH - 5 - (share - low) / span * (HIGH - 10):.1f}" for number, share in known)


def context(team: Team, scope: Scope, at: datetime, *, lens: str) -> dict[str, Any]:
    """Everything below the figures on top."""
    pairs = parts.visible_marks(marks(scope, f"pair_{lens}"))
    outcomes, weeks, waits, ages = parts.outcomes(scope), parts.in_time_by_week(scope), parts.buckets(scope), parts.ages(team, at)
    drawn = {
        "pairs": {**parts.sankey(pairs, NOBODY[lens]), "lens": lens},
        "ages": {"labels": [label for label, _ in ages], "values": [n for _, n in ages]},
        "weeks": _weeks(weeks),
        "outcomes": _outcomes(outcomes),
        "waits": {"labels": [label for label, _ in waits], "values": [n for _, n in waits]},
    }
    return {
        "lens": lens,
        "lenses": LENSES,
        "pairs": [pair_row(pair, lens) for pair in pairs],
        "heat": [(day, [heat_cell(number, measured, row) for number, measured in cells]) for row, (day, cells) in enumerate(parts.heat(scope), start=1)],
        "ages": ages,
        "weeks": [(wording.week(week), wording.value(now, "share"), wording.value(then, "share") if then else "–") for week, now, then in weeks],
        "outcomes": [(name, [(label, counts.get(key, 0)) for key, label in parts.OUTCOMES.items()]) for name, counts in outcomes],
        "outcome_names": list(parts.OUTCOMES.values()),
        "waits": waits,
        "agreements": [agreement_row(agreement, figures) for agreement, figures in parts.by_agreement(scope)],
        "details": [(mark.a, int(mark.measured.denominator)) for mark in parts.visible_marks(marks(scope, "missing_what"), most=10)],
        "all_figures": [figure_row(shown) for shown in parts.all_figures(team, scope, at)],
        "drawn": drawn,
    }


def pair_row(pair: Mark, lens: str) -> dict[str, Any]:
    behind = urlencode({f"from_{lens}": pair.a, f"to_{lens}": pair.b}) if lens != "team" else ""
    return {
        "a": pair.a or NOBODY[lens],
        "b": pair.b or NOBODY[lens],
        "n": int(pair.measured.denominator),
        "in_time": wording.value(pair.measured, "share"),
        "behind": behind,
    }


def heat_cell(slot: int, late: Measured, weekday: int) -> dict[str, Any]:
    """A number where there are 5 or more; the shade by fifths of 30 %."""
    share = late.share
    shade = 0 if share is None else min(5, 1 + int(share / 0.06))
    behind = f"figure=in_time&is=no&weekday={weekday}&slot={slot}"
    return {
        "slot": wording.slot(slot),
        "text": "" if share is None else str(round(share * 100)),
        "shade": shade,
        "behind": behind,
        "count": wording.count(late),
    }


def agreement_row(agreement: Any, figures: dict[str, Measured]) -> dict[str, Any]:
    cells = [{"label": FIGURES[name].label, "value": wording.value(figures[name], "share"), "share": figures[name].share} for name in parts.BY_AGREEMENT[1:]]
    for cell, name in zip(cells, parts.BY_AGREEMENT[1:], strict=True):
        cell["tone"] = _tone(cell["share"], FIGURES[name].good)
        cell["part"] = None if cell["share"] is None else round(cell["share"] * 100)
    return {"agreement": agreement, "given": int(figures["given"].denominator), "cells": cells}


def figure_row(shown: parts.Shown) -> dict[str, str]:
    return {
        "label": shown.figure.label,
        "value": wording.value(shown.measured, shown.figure.unit),
        "count": wording.count(shown.measured) if shown.measured.share is not None and shown.figure.unit != "count" else "",
        "change": wording.change(shown),
        "rule": shown.figure.rule,
    }


def _tone(share: float | None, good: str) -> str:
    if share is None:
        return ""
    best = share if good == "up" else 1 - share
    return "p-ok" if best >= 0.85 else "p-wait" if best >= 0.7 else "p-late"


def _weeks(weeks: list[Any]) -> dict[str, Any]:
    def parts_of(measured: Measured | None) -> float | None:
        return None if measured is None or measured.share is None else round(measured.share * 100, 1)

    return {
        "labels": [wording.week(week) for week, _, _ in weeks],
        "now": [parts_of(now) for _, now, _ in weeks],
        "then": [parts_of(then) for _, _, then in weeks],
    }


def _outcomes(outcomes: list[tuple[str, dict[str, int]]]) -> dict[str, Any]:
    names = [name for name, _ in outcomes]
    return {
        "labels": names,
        "series": [{"key": key, "name": label, "values": [counts.get(key, 0) for _, counts in outcomes]} for key, label in parts.OUTCOMES.items()],
    }
