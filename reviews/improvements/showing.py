"""How improvements are drawn: rows of the table, and “Did it work?” with its plot. In plain words; the database is asked by ``queries`` and ``effects``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from math import ceil, floor
from typing import Any, NamedTuple

from accounts.models import User
from common.moments import DAY_NAMES, MONTH_NAMES
from reviews.improvements import effects, measures, permissions
from reviews.improvements.effects import Effect, Window
from reviews.improvements.models import Improvement, Judgement, Verdict
from reviews.improvements.states import State
from reviews.sharing import wording
from reviews.sharing.figures import SMALLEST_GROUP
from reviews.sharing.measuring import Measured

COUNTED = {"asked_in_time": "check", "answered_in_time": "check", "followed_up": "answer", "not_chased": "completed handover"}
METHODS = {
    "proportions": "The range is a 95% interval for two proportions (Newcombe).",
    "means": "The range is a 95% interval for two means (Welch).",
    "": "No range is stated: how much single values vary is not kept for this figure.",
}


class Chip(NamedTuple):
    tone: str
    icon: str
    word: str


CHIPS = {
    State.PROPOSED: Chip("wait", "hourglass-high", "Being agreed"),
    State.AGREED: Chip("info", "user-check", "Agreed"),
    State.DONE: Chip("ask", "help-circle", "Done. Did it work?"),
    State.JUDGED: Chip("ok", "circle-check", "Judged"),
    State.WITHDRAWN: Chip("grey", "archive", "Withdrawn"),
}
OVERDUE = Chip("late", "calendar-due", "Overdue")
VERDICTS = {
    Verdict.KEEP: Chip("ok", "circle-check", "It worked, kept"),
    Verdict.ADJUST: Chip("wait", "rotate-clockwise", "Partly, to adjust"),
    Verdict.UNDO: Chip("late", "arrow-back-up", "It did not, undone"),
    Verdict.TOO_EARLY: Chip("grey", "clock", "Too early to say"),
}
ASKED = {
    Verdict.KEEP: "Yes, keep it",
    Verdict.ADJUST: "Partly, adjust",
    Verdict.UNDO: "No, undo it",
    Verdict.TOO_EARLY: "Too early",
}


def day(on: date, *, today: date) -> str:
    """“Fri 4 Dec”, with the year where it is another one."""
    return f"{DAY_NAMES[on.weekday()]} {on.day} {MONTH_NAMES[on.month - 1]}" + ("" if on.year == today.year else f" {on.year}")


def place(improvement: Improvement) -> str:
    """“Leak reports: A. Phone to dispatch”; nothing where all handovers count."""
    if improvement.agreement is not None:
        return wording.name_of_agreement(improvement.agreement)
    return str(improvement.service) if improvement.service else ""


def measure_words(improvement: Improvement) -> str:
    return measures.target_words(improvement.figure, improvement.target)


def chip_of(improvement: Improvement, *, today: date, last: Judgement | None) -> Chip:
    if improvement.state == State.AGREED and improvement.due_on < today:
        return OVERDUE
    if improvement.state == State.JUDGED and last is not None:
        return VERDICTS[Verdict(last.verdict)]
    return CHIPS[State(improvement.state)]


def rows(improvements: Iterable[Improvement], *, at: datetime, zone: Any) -> list[dict[str, Any]]:
    """Rows of ``improvements/_table.html`` from ``queries.listed``. Asks the database nothing more."""
    today = at.astimezone(zone).date()
    return [
        {
            "improvement": one,
            "by": day(one.due_on, today=today),
            "measure": measure_words(one),
            "place": place(one),
            "agreed": one.agreed,  # type: ignore[attr-defined]
            "asked": one.asked,  # type: ignore[attr-defined]
            "chip": chip_of(one, today=today, last=next(iter(one.newest_first), None)),  # type: ignore[attr-defined]
        }
        for one in improvements
    ]


# --- Did it work? -----------------------------------------------------------------------------------------------------


def shown(improvement: Improvement, *, user: User, at: datetime) -> dict[str, Any]:
    """The context of ``improvements/_effect.html``: as it is now, or, once it was judged, as it was then."""
    today = improvement.team.local(at).date()
    judged = list(improvement.judgements.select_related("by"))
    last = judged[-1] if judged else None
    is_over = improvement.state == State.JUDGED and last is not None
    effect = effects.from_data(last.measured) if is_over and last else effects.measure(improvement, today=today)
    return {
        "improvement": improvement,
        "place": place(improvement),
        "look": look(effect) if not is_over else VERDICTS[Verdict(last.verdict)] if last else None,
        "label": measures.figure_of(improvement.figure).label,
        "rule": measures.figure_of(improvement.figure).rule,
        "target": measures.target_words(effect.figure, effect.target),
        "aim": measures.aim(effect.figure, effect.target),
        **in_words(effect),
        "other_changes": list(improvement.other_changes.select_related("by")),
        "judged": [(one, VERDICTS[Verdict(one.verdict)]) for one in judged],
        "verdicts": list(ASKED.items()),
        "may_judge": improvement.state == State.DONE and permissions.may_run(user, improvement),
        "weeks": [(wording.week(start), value(one, effect.figure), count(one)) for start, one in effect.weeks],
        "charts": {"effect": drawn(effect)},
    }


def look(effect: Effect) -> Chip:
    """What the numbers alone say."""
    if effect.difference is None:
        return Chip("grey", "clock", "Too few to say")
    if effect.is_better is None:
        return Chip("info", "info-circle", "No clear change yet" if effect.method else "Look at both numbers")
    return Chip("ok", "circle-check", "Looks like it worked") if effect.is_better else Chip("late", "alert-triangle", "Looks worse than before")


def in_words(effect: Effect) -> dict[str, str]:
    reached = {True: "The target is reached.", False: "The target is not reached.", None: ""}[effect.is_reached]
    return {
        "before": side(effect.before, effect.figure),
        "after": side(effect.after, effect.figure),
        "before_days": wording.period(*_days(effect.before)),
        "after_days": wording.period(*_days(effect.after)),
        "difference": difference(effect),
        "method": METHODS[effect.method] if effect.difference else "",
        "reached": reached,
    }


def side(window: Window, figure: str) -> str:
    """“71% of 162 handovers, 5 weeks”."""
    noun, measured = COUNTED.get(figure, "handover"), window.measured
    if not measured.denominator:
        return f"Nothing yet in {length(window.days)}"
    if measured.share is None:
        return f"Hidden: fewer than {SMALLEST_GROUP} {noun}s in {length(window.days)}"
    link = "of" if measures.figure_of(figure).unit == "share" else "on average,"
    return f"{value(measured, figure)} {link} {measured.denominator:.0f} {noun}s, {length(window.days)}"


def length(days: int) -> str:
    """“5 weeks”, “2 weeks and 3 days”, “4 days”."""
    weeks, rest = divmod(days, 7)
    words = [f"{n} {name}{'' if n == 1 else 's'}" for n, name in ((weeks, "week"), (rest, "day")) if n]
    return " and ".join(words) or "0 days"


def difference(effect: Effect) -> str:
    """“18 points up, likely between 9 and 27”, “3 points up, likely between 4 down and 10 up”."""
    one, figure = effect.difference, measures.figure_of(effect.figure)
    if one is None:
        return "Not known yet"
    by = 100 if figure.unit == "share" else 1
    sizes = [_size(part * by, whole=by == 100) for part in (one.rose, one.low, one.high)]
    unit = {"share": " point" if sizes[0] == "1" else " points", "minutes": " min"}.get(figure.unit, "")
    said = f"{sizes[0]}{unit} {_way(one.rose)}" if sizes[0] != "0" else "As before"
    if not effect.method:
        return said
    if one.low < 0 < one.high:
        return f"{said}, likely between {sizes[1]} down and {sizes[2]} up"
    least, most = sorted(sizes[1:], key=float)
    return f"{said}, likely between {least} and {most}"


def drawn(effect: Effect) -> dict[str, Any]:
    """What charts.js draws: one point for each week, the target, and where the change begins. Hidden weeks are gaps."""
    figure = measures.figure_of(effect.figure)
    by = 100 if figure.unit == "share" else 1
    values = [None if one.share is None else round(one.share * by, 1) for _, one in effect.weeks]
    shares = [one for one in values if one is not None]
    turn = next((n for n, (start, _) in enumerate(effect.weeks) if start >= effect.after.since), None)
    return {
        "labels": [wording.week(start) for start, _ in effect.weeks] + [wording.week(effect.after.until)],
        "values": values,
        "last": next((value(one, effect.figure) for _, one in reversed(effect.weeks) if one.share is not None), ""),
        "turn": turn if effect.after.days and turn is not None else None,
        "turned": f"Change, {wording.week(effect.after.since)}",
        "target": round(effect.target * by, 1),
        "aim": f"target {measures.number(effect.target, figure)}",
        "unit": measures.UNITS.get(figure.unit, ""),
        **(sides := _axis([*shares, effect.target * by], ends=by == 100)),
        "is_low": bool(shares) and shares[-1] < (sides["low"] + sides["high"]) / 2,
    }


def _axis(values: list[float], *, ends: bool) -> dict[str, float]:
    """From the ten below the lowest to the ten above the highest; ``ends``: never beyond 0 and 100."""
    low, high = 10 * floor(min(values) / 10 - 0.3), 10 * ceil(max(values) / 10 + 0.1)
    return {"low": max(0, low), "high": min(100, high) if ends else high}


def value(measured: Measured, figure: str) -> str:
    return wording.value(measured, measures.figure_of(figure).unit)


def count(measured: Measured) -> str:
    return "" if measured.share is None else wording.count(measured)


def _days(window: Window) -> tuple[date, date]:
    """First and last day, both included."""
    return window.since, max(window.since, date.fromordinal(window.until.toordinal() - 1))


def _way(rose: float) -> str:
    return "up" if rose > 0 else "down"


def _size(number: float, *, whole: bool) -> str:
    return f"{abs(number):.0f}" if whole else f"{abs(number):.1f}".removesuffix(".0")
