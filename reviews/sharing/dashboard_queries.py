"""The parts of the dashboard, each as its page draws it. What a mark stands for leads to the list behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Count, Q, Sum

from accounts.models import Team, User
from handover.actions.models import Action
from handover.agreements.models import Agreement
from handover.catalog.models import Service
from reviews.sharing.facts import EDGES
from reviews.sharing.figures import FIGURES, Figure
from reviews.sharing.measuring import Mark, Measured, Scope, by, marks, measure, slots, weekly
from reviews.sharing.models import HandoverFact, SharingCount
from reviews.sharing.shift_queries import RULES, load, unreported

TILES = ("in_time", "complete_by_check", "missing", "bounced", "unable", "not_chased")
AGES = (("under 4 h", 4), ("4 to 8 h", 8), ("8 to 24 h", 24), ("1 to 2 d", 48), ("2 to 3 d", 72), ("over 3 d", None))
SPARK_WEEKS = 8
BUSIEST = 5
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
OUTCOMES = {
    "completed": "Completed",
    "partly": "Partly completed",
    "not_yet": "Not yet",
    "unable": "Unable",
    "not_needed": "No longer needed",
    "open": "Not checked yet",
}
BY_AGREEMENT = ("given", "in_time", "complete_by_check", "missing", "bounced")


@dataclass(frozen=True)
class Shown:
    """A figure with its number, how it changed, and the weeks before it (shares; ``None`` where hidden)."""

    figure: Figure
    measured: Measured
    before: Measured = field(default_factory=Measured)
    weeks: tuple[float | None, ...] = ()

    @property
    def points(self) -> int | None:
        """How much it rose, in points of a hundred (or in the figure's own unit); nothing where either side is hidden."""
        now, then = self.measured.share, self.before.share
        if self.figure.unit == "count":
            return round(self.measured.denominator - self.before.denominator) if self.before.denominator else None
        if now is None or then is None:
            return None
        return round((now - then) * (100 if self.figure.unit == "share" else 1))

    @property
    def is_better(self) -> bool | None:
        return None if not self.points or not self.figure.good else (self.points > 0) == (self.figure.good == "up")


def tiles(scope: Scope) -> list[Shown]:
    """The six figures on top, with the period before and eight weeks. Three statements."""
    now, before = measure(scope, TILES), measure(scope.before, TILES)
    by_week = weekly(replace(scope, since=scope.until - timedelta(weeks=SPARK_WEEKS)), TILES)
    return [Shown(FIGURES[name], now[name], before[name], tuple(measured.share for _, measured in by_week[name])) for name in TILES]


def all_figures(team: Team, scope: Scope, at: datetime) -> list[Shown]:
    """Every figure with its rule, those about shifts last. Four statements."""
    now, before = measure(scope), measure(scope.before)
    shown = [Shown(figure, now[name], before[name]) for name, figure in FIGURES.items()]
    for name, count in (("unreported", unreported), ("load", load)):
        label, rule = RULES[name]
        figure = Figure(name, label, rule, None, None, "share" if name == "unreported" else "number", "down" if name == "unreported" else "")
        shown.append(Shown(figure, count(team, scope, at=at)))
    return shown


def own(user: User, scope: Scope) -> dict[str, int]:
    """What the viewer gave and took in this scope: everyone sees their own first. Two statements."""
    rows = scope.within(HandoverFact.objects.all())
    gave = rows.filter(giver=user).aggregate(given=Count("pk"), missing=Count("pk", filter=Q(is_missing=True)))
    return gave | rows.filter(taker=user).aggregate(taken=Count("pk"), late=Count("pk", filter=Q(in_time=False)))


def heat(scope: Scope) -> list[tuple[str, list[tuple[int, Measured]]]]:
    """Late by weekday and two hours: a row for each day, the slots that any day uses. One statement."""
    found = slots(scope)
    used = sorted({slot for _, slot in found})
    return [(day, [(slot, found.get((number, slot), Measured())) for slot in used]) for number, day in enumerate(DAYS, start=1)] if used else []


def ages(team: Team, at: datetime) -> list[tuple[str, int]]:
    """How long the team's open actions have been open. One statement."""
    filters, since = {}, at
    for number, (_, hours) in enumerate(AGES):
        until = at - timedelta(hours=hours) if hours else None
        filters[f"n{number}"] = Count("pk", filter=Q(created_at__lte=since) & (Q(created_at__gt=until) if until else Q()))
        since = until or since
    found = Action.objects.open().filter(team=team, imported_from="").aggregate(**filters)
    return [(label, found[f"n{number}"]) for number, (label, _) in enumerate(AGES)]


def in_time_by_week(scope: Scope) -> list[tuple[date, Measured, Measured | None]]:
    """Accepted in the agreed time by week, for at least 8 weeks, beside the same week a year before. Two statements."""
    wide = replace(scope, since=min(scope.since, scope.until - timedelta(weeks=SPARK_WEEKS)))
    year = timedelta(weeks=52)
    now = weekly(wide, ["in_time"])["in_time"]
    then = dict(weekly(replace(wide, since=wide.since - year, until=wide.until - year), ["in_time"])["in_time"])
    return [(week, measured, then.get(week - year)) for week, measured in now]


def outcomes(scope: Scope) -> list[tuple[str, dict[str, int]]]:
    """How accepted handovers ended, for the busiest services: (service, outcome → number). Two statements."""
    rows = scope.within(SharingCount.objects.filter(name="outcome")).values("service_id", "a").annotate(n=Sum("denominator")).order_by()
    found: dict[int | None, dict[str, int]] = {}
    for service_id, outcome, n in rows.values_list("service_id", "a", "n"):
        found.setdefault(service_id, {})[outcome] = int(n)
    names = dict(Service.objects.filter(pk__in=[key for key in found if key]).values_list("pk", "name"))
    busiest = sorted(found.items(), key=lambda one: (-sum(one[1].values()), names.get(one[0] or 0, "")))[:BUSIEST]
    return [(names.get(key or 0, "No service"), counts) for key, counts in busiest]


def buckets(scope: Scope) -> list[tuple[str, int]]:
    """How long until somebody takes it: minutes, in buckets. One statement."""
    found = {int(mark.a): int(mark.measured.denominator) for mark in marks(scope, "bucket")}
    labels = [f"under {EDGES[0]}", *(f"{one} to {other}" for one, other in pairwise(EDGES)), f"over {EDGES[-1]}"]
    last = max(found, default=-1)
    return [(label, found.get(number, 0)) for number, label in enumerate(labels) if number <= last]


def by_agreement(scope: Scope) -> list[tuple[Agreement, dict[str, Measured]]]:
    """Each agreement's figures, most missing details first; groups under 5 are left out. Two statements."""
    found = by(scope, "agreement_id", BY_AGREEMENT)
    kept = {key: figures for key, figures in found.items() if key and figures["given"].share is not None}
    agreements = Agreement.objects.filter(pk__in=kept).select_related("point__service")
    rows = [(one, {name: kept[one.pk].get(name, Measured()) for name in BY_AGREEMENT}) for one in agreements]
    return sorted(rows, key=lambda row: (-(row[1]["missing"].share or 0), -row[1]["given"].denominator))


def visible_marks(found: Iterable[Mark], *, most: int = 60) -> list[Mark]:
    """The biggest marks whose group is not hidden."""
    return [mark for mark in found if not mark.measured.hidden][:most]


def sankey(pairs: Iterable[Mark], unknown: str) -> Mapping[str, Any]:
    """Nodes and links for the flow: the same name on both sides is two nodes, so that nothing runs in circles."""
    links = [{"source": f"{pair.a or unknown} ", "target": pair.b or unknown, "value": int(pair.measured.denominator)} for pair in pairs]
    names = dict.fromkeys([link["source"] for link in links] + [link["target"] for link in links])
    return {"nodes": [{"name": name} for name in names], "links": links}
