"""What the charts and the tables beside them are drawn from. No database of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from accounts.models import Team
from reviews.sharing import chart_queries as parts
from reviews.sharing import drawing, wording
from reviews.sharing.ageing import Ageing
from reviews.sharing.dashboard_queries import SPARK_WEEKS, Shown, open_now, shown
from reviews.sharing.figures import BULK, FIGURES, Figure
from reviews.sharing.measuring import Compared, Mark, Measured, Scope, compare
from reviews.sharing.shift_queries import RULES, Load, load, loads, unreported

LENSES = {"shift": "Shifts", "role": "Job roles", "team": "Teams"}
NOBODY = {"shift": "No shift", "role": "No job role", "team": "No team"}
WIDE, HIGH = 120, 30
BEHIND = {"in_time": "no", "complete_by_check": "no", "not_chased": "no"}
SHORT = {"in_time": "In time", "complete_by_check": "Complete by check", "missing": "Missing detail", "bounced": "Came back"}


def tile(one: Shown, query: str) -> dict[str, Any]:
    """One figure on top: number, change, spark line and where it leads."""
    name = one.figure.name
    behind = urlencode({"figure": name, "is": BEHIND.get(name, "yes")})
    return {
        "label": one.figure.label,
        "rule": one.figure.rule,
        "value": wording.value(one.measured, one.figure.unit),
        "count": wording.count(one.measured) if one.measured.share is not None else "",
        "change": wording.change(one),
        "tone": "" if one.is_better is None else "g" if one.is_better else "r",
        "rises": (one.points or 0) > 0,
        "spark": spark(one.weeks),
        "url": f"/sharing/handovers/?{'&'.join(part for part in (query, behind) if part)}",
    }


def oldest_tile(found: Ageing, at: datetime) -> dict[str, Any]:
    """How long the oldest open action has been open, and how many are open for more than three days."""
    days = found.counts[-1]
    return {
        "label": "Oldest still open",
        "rule": "Since when the oldest of the team's open actions is open, now; whatever the period.",
        "value": wording.length(at - found.oldest) if found.oldest else "–",
        "count": f"{days} over 3 d" if days else "none over 3 d" if found.oldest else "nothing open",
        "tone": "r" if days else "",
        "alarm": bool(days),
        "url": f"/sharing/open/?age={max((bar for bar, n in enumerate(found.counts) if n), default=0)}",
    }


def spark(weeks: tuple[float | None, ...]) -> str:
    """The points of a small line, from the lowest week to the highest; nothing where fewer than two weeks are shown."""
    known = [(number, share) for number, share in enumerate(weeks) if share is not None]
    if len(known) < 2:
        return ""
    low, high = min(share for _, share in known), max(share for _, share in known)
    step, span = (WIDE - 8) / (len(weeks) - 1), (high - low) or 1
    return " ".join(f"{4 + number * step:.1f},{HIGH - 5 - (share - low) / span * (HIGH - 10):.1f}" for number, share in known)


def all_figures(team: Team, scope: Scope, at: datetime, found: Compared | None = None, by_shift: Iterable[Load] | None = None) -> list[Shown]:
    """Every figure with its rule and the period before, those about shifts last. What is not known yet is read."""
    rows = shown(found or compare(scope, FIGURES, weeks=0), FIGURES)
    for name, measured, unit, good in (
        ("unreported", unreported(team, scope, at=at), "share", "down"),
        ("load", load(loads(team, scope, at=at) if by_shift is None else by_shift), "number", ""),
    ):
        rows.append(Shown(Figure(name, *RULES[name], None, None, unit, good), measured))
    return rows


def context(team: Team, scope: Scope, at: datetime, *, lens: str, query: str) -> dict[str, Any]:
    """Everything below the figures on top. Ten statements."""
    weeks = max(SPARK_WEEKS, -(-(scope.until - scope.since) // timedelta(weeks=1)))
    found, read = compare(scope, FIGURES, weeks=weeks), parts.parts(scope, [f"pair_{lens}", *parts.CHARTS])
    by_shift = loads(team, scope, at=at, taken_over=parts.summed(read["taken_by_shift"]))
    pairs, agreements = parts.visible_marks(parts.summed(read[f"pair_{lens}"])), parts.by_agreement(scope, read)
    busiest = sorted(agreements, key=lambda row: -row.figures["given"].denominator)[: parts.STRIPS]
    strips = parts.strips(scope, {row.agreement.pk: wording.name_of_agreement(row.agreement) for row in busiest})
    heat = heat_rows(parts.heat(read), query)
    by_week, outcomes, ages = parts.in_time_by_week(found, parts.year_before(scope)), parts.outcomes(read), open_now(team, at).bars
    return {
        "lens": lens,
        "lenses": LENSES,
        "pairs": [pair_row(pair, lens) for pair in pairs],
        "heat": heat,
        "worst": wording.latest(heat),
        "bulk": BULK if any(cell["bulk"] for _, cells in heat for cell in cells) else 0,
        "ages": ages,
        "weeks": [(wording.week(week), wording.value(now, "share"), wording.value(then, "share") if then else "–") for week, now, then in by_week],
        "outcomes": [outcome_row(*row) for row in outcomes],
        "outcome_names": list(parts.OUTCOMES.values()),
        "waits": parts.buckets(read),
        "strips": [strip_row(strip) for strip in strips],
        "agreements": [agreement_row(row) for row in agreements],
        "details": [(mark.a, int(mark.measured.denominator)) for mark in parts.visible_marks(parts.summed(read["missing_what"]), most=10)],
        "gone_past": [(mark.a, wording.GONE_PAST[mark.a], int(mark.measured.denominator)) for mark in parts.visible_marks(parts.summed(read["gone_past_why"]))],
        "loads": [load_row(one) for one in by_shift],
        "all_figures": [figure_row(one) for one in all_figures(team, scope, at, found, by_shift)],
        "drawn": {
            "pairs": {**parts.sankey(pairs, NOBODY[lens]), "lens": lens, "nobody": NOBODY[lens], "none": wording.NONE},
            "ages": drawing.bars(ages),
            "weeks": drawing.weeks(by_week),
            "outcomes": drawing.outcomes(outcomes),
            "strips": drawing.strips(strips),
        },
    }


def pair_row(pair: Mark, lens: str) -> dict[str, Any]:
    return {
        "a": pair.a or NOBODY[lens],
        "b": pair.b or NOBODY[lens],
        "n": int(pair.measured.denominator),
        "in_time": wording.value(pair.measured, "share"),
        "behind": urlencode({f"from_{lens}": pair.a or wording.NONE, f"to_{lens}": pair.b or wording.NONE}),
    }


def heat_rows(rows: Iterable[tuple[str, list[tuple[int, Measured, int]]]], query: str) -> list[tuple[str, list[dict[str, Any]]]]:
    found = enumerate(rows, start=1)
    return [(day, [heat_cell(slot, late, bulk, day, number, query) for slot, late, bulk in cells]) for number, (day, cells) in found]


def heat_cell(slot: int, late: Measured, bulk: int, day: str, weekday: int, query: str) -> dict[str, Any]:
    """A number where there are 5 or more; the shade by fifths of 30 %; ``bulk``: so many of them were offered in one go."""
    share = late.share
    shade = 0 if share is None else min(5, 1 + int(share / 0.06))
    found = {"slot": wording.slot(slot), "share": share or 0, "bulk": bulk, "css": f"h{shade} bulk" if bulk else f"h{shade}"}
    if share is None:
        return found
    said = f"{day} from {found['slot']}: {round(share * 100)} per cent, {wording.count(late)}" + (f", {bulk} offered in bulk" if bulk else "")
    behind = f"figure=in_time&is=no&weekday={weekday}&slot={slot}"
    return found | {
        "text": str(round(share * 100)),
        "label": said,
        "url": f"/sharing/handovers/?{query}&{behind}" if query else f"/sharing/handovers/?{behind}",
    }


def outcome_row(name: str, service_id: int | None, counts: dict[str, int]) -> dict[str, Any]:
    of = {"service": service_id} if service_id else {}
    return {"name": name, "cells": [(label, counts.get(key, 0), urlencode({"outcome": key} | of)) for key, label in parts.OUTCOMES.items()]}


def agreement_row(row: parts.OfAgreement) -> dict[str, Any]:
    cells = [_cell(FIGURES[name], row.figures[name]) for name in parts.BY_AGREEMENT[1:]]
    return {"agreement": row.agreement, "given": int(row.figures["given"].denominator), "cells": cells, "most_missing": row.most_missing}


def _cell(figure: Figure, measured: Measured) -> dict[str, Any]:
    share = measured.share
    part = None if share is None else round(share * 100)
    return {
        "label": SHORT[figure.name],
        "value": wording.value(measured, "share"),
        "part": part,
        "tone": _tone(share, figure.good),
        "behind": f"figure={figure.name}&is={BEHIND.get(figure.name, 'yes')}",
    }


def strip_row(strip: parts.Strip) -> dict[str, Any]:
    return {"name": strip.name, "n": len(strip.dots), "middle": f"{strip.middle:.0f} min", "late": strip.late}


def load_row(one: Load) -> dict[str, Any]:
    each = wording.value(one.each, "number") if one.people else "–"
    return {"shift": one.shift or NOBODY["shift"], "shifts": one.shifts, "people": one.people, "taken": one.taken, "each": each}


def figure_row(one: Shown) -> dict[str, str]:
    return {
        "label": one.figure.label,
        "value": wording.value(one.measured, one.figure.unit),
        "count": wording.count(one.measured) if one.measured.share is not None and one.figure.unit != "count" else "",
        "change": wording.change(one),
        "rule": one.figure.rule,
    }


def _tone(share: float | None, good: str) -> str:
    if share is None:
        return ""
    best = share if good == "up" else 1 - share
    return "p-ok" if best >= 0.85 else "p-wait" if best >= 0.7 else "p-late"
