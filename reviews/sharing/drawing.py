"""The data of the charts as ``static/js/charts.js`` draws them."""

from __future__ import annotations

from datetime import date
from typing import Any

from reviews.sharing import wording
from reviews.sharing.chart_queries import OUTCOMES, Strip
from reviews.sharing.measuring import Measured


def bars(rows: list[tuple[str, int]]) -> dict[str, Any]:
    return {"labels": [label for label, _ in rows], "values": [n for _, n in rows]}


def weeks(rows: list[tuple[date, Measured, Measured | None]]) -> dict[str, Any]:
    return {
        "labels": [wording.week(week) for week, _, _ in rows],
        "now": [_percent(now) for _, now, _ in rows],
        "then": [_percent(then) for _, _, then in rows],
    }


def outcomes(rows: list[tuple[str, int | None, dict[str, int]]]) -> dict[str, Any]:
    return {
        "labels": [name for name, _, _ in rows],
        "services": [service_id for _, service_id, _ in rows],
        "series": [{"key": key, "name": label, "values": [counts.get(key, 0) for _, _, counts in rows]} for key, label in OUTCOMES.items()],
    }


def strips(rows: list[Strip]) -> dict[str, Any]:
    return {"labels": [row.name for row in rows], "dots": [row.dots for row in rows], "middles": [row.middle for row in rows]}


def _percent(measured: Measured | None) -> float | None:
    return None if measured is None or measured.share is None else round(measured.share * 100, 1)
