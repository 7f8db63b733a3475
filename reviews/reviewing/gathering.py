"""The evidence of a review, counted once, when it opens. It holds numbers and references, never words of customers or colleagues."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q

from handover.actions.models import Action
from handover.handovers.models import Item
from reviews.improvements import queries as improvements
from reviews.observing import queries as observing
from reviews.reviewing.models import Review
from reviews.sharing.figures import FIGURES, SMALLEST_GROUP
from reviews.sharing.measuring import Measured, Scope, marks, measure, slots
from reviews.sharing.models import HandoverFact, RollupState

OLDEST, MOST_DETAILS, MOST_REFS = 5, 8, 20
AS_MEASURED = "n", "d"
WORST_AT_LEAST = 0.05


def scope_of(review: Review) -> Scope:
    about = {"service_id": review.service_id, "agreement_id": review.agreement_id, "point_id": review.point_id}
    return Scope(review.team_id, review.since, review.until, when=review.when, **about)


def is_narrow(scope: Scope) -> bool:
    """Whether it looks at a part of what the team hands over."""
    return bool(scope.service_id or scope.agreement_id or scope.point_id or scope.when)


def query_of(scope: Scope) -> str:
    """The address of the same scope on the dashboard."""
    chosen = {"service": scope.service_id, "point": scope.point_id, "agreement": scope.agreement_id, "when": scope.when}
    return urlencode({"since": scope.since.isoformat(), "until": scope.last.isoformat(), **{name: value for name, value in chosen.items() if value}})


def gather(review: Review, *, at: datetime) -> dict[str, Any]:
    """Everything that stands beside the questions. A dozen statements, whatever the team's size and history."""
    scope = scope_of(review)
    now, before = measure(scope), measure(scope.before)
    whole = measure(Scope(scope.team_id, scope.since, scope.until)) if is_narrow(scope) else {}
    seen = RollupState.objects.values_list("refreshed_at", flat=True).first()
    shown = not now["given"].hidden and bool(now["given"].denominator)
    return {
        "as_of": seen.isoformat() if seen else None,
        "query": query_of(scope),
        "figures": {name: {"now": pair(now[name]), "before": pair(before[name])} | ({"all": pair(whole[name])} if whole else {}) for name in FIGURES},
        "details": [[mark.a, int(mark.measured.denominator)] for mark in marks(scope, "missing_what")[:MOST_DETAILS]] if shown else [],
        "gone_past": [[mark.a, int(mark.measured.denominator)] for mark in marks(scope, "gone_past_why")] if shown else [],
        "worst_time": worst_time(scope),
        "read_backs": {} if now["read_back_right"].hidden else read_backs(scope),
        "oldest": oldest(scope, at=at),
        "observations": {name: pair(each) for name, each in observing.for_period(scope.team_id, scope.since, scope.until).items()},
        "improvements": [one.ref for one in improvements.open_ones(review.team)],
    }


def pair(measured: Measured) -> list[float]:
    return [measured.numerator, measured.denominator]


def worst_time(scope: Scope) -> dict[str, Any] | None:
    """The two hours of the day in which most was accepted late, if that is clearly more than in the rest of it; groups under 5 are left out."""
    by_slot: dict[int, list[float]] = {}
    for (_, slot), late in slots(scope).items():
        found = by_slot.setdefault(slot, [0, 0])
        found[0], found[1] = found[0] + late.numerator, found[1] + late.denominator
    late, all_of_them = sum(n for n, _ in by_slot.values()), sum(d for _, d in by_slot.values())
    big = {slot: n / d for slot, (n, d) in by_slot.items() if d >= SMALLEST_GROUP}
    if not big:
        return None
    slot = max(big, key=lambda one: (big[one], -one))
    return {"slot": slot, "n": by_slot[slot][0], "d": by_slot[slot][1]} if big[slot] >= late / all_of_them + WORST_AT_LEAST else None


def read_backs(scope: Scope) -> dict[str, Any]:
    """Read-backs whose first answer was *not quite*, the latest first."""
    facts = scope.within(HandoverFact.objects.filter(read_back_right=False))
    refs = list(Item.objects.filter(pk__in=facts.values("pk")).order_by("-offered_at").values_list("ref", flat=True)[: MOST_REFS + 1])
    return {"refs": refs[:MOST_REFS], "more": len(refs) > MOST_REFS}


def oldest(scope: Scope, *, at: datetime) -> list[dict[str, Any]]:
    """The actions that have been open longest, of the service if it is about one. Their words are read where they are shown."""
    rows = Action.objects.open().filter(team_id=scope.team_id, imported_from="", created_at__lte=at)
    if scope.service_id:
        rows = rows.filter(service_id=scope.service_id)
    found = rows.order_by("created_at", "pk").values("ref", "created_at", "carried")[:OLDEST]
    return [{"ref": row["ref"], "opened_at": row["created_at"].isoformat(), "carried": row["carried"]} for row in found]


def own_figures(scope: Scope, people: Collection[int]) -> dict[int, dict[str, int]]:
    """What each of these people gave and took over: shown to themselves only. Two statements."""
    rows = scope.within(HandoverFact.objects.all())
    own: dict[int, dict[str, int]] = {pk: {"given": 0, "missing": 0, "taken": 0, "late": 0} for pk in people}
    gave = rows.filter(giver__in=people).values(person=F("giver")).annotate(given=Count("pk"), missing=Count("pk", filter=Q(is_missing=True)))
    took = rows.filter(taker__in=people).values(person=F("taker")).annotate(taken=Count("pk"), late=Count("pk", filter=Q(in_time=False)))
    for row in [*gave.order_by(), *took.order_by()]:
        own[row.pop("person")].update(row)
    return own
