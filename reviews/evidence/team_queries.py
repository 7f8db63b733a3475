"""What the records of a team show of each criterion, in spans of four weeks. About work: nobody is named, small counts are not said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, Value, When

from accounts.models import Kind, Team
from accounts.queries import members_of
from audit.models import Event
from reviews.evidence.queries import in_criterion
from reviews.evidence.rules import MARKS, RULES, kinds_of, of_criterion
from reviews.evidence.standards import Criterion, of_standard

WEEKS, SPANS = 4, 3
HIDDEN_UNDER = 5


@dataclass(frozen=True)
class Row:
    """``counts``: the newest span first. ``shown_by``: what would show the criterion."""

    criterion: Criterion
    counts: tuple[int, ...]
    shown_by: tuple[str, ...]

    @property
    def is_bare(self) -> bool:
        """No record lately."""
        return self.counts[0] == 0

    @property
    def cells(self) -> list[str]:
        return ["none" if n == 0 else f"under {HIDDEN_UNDER}" if n < HIDDEN_UNDER else str(n) for n in self.counts]


def matrix(team: Team, standard: str, at: datetime) -> list[Row]:
    """Every criterion with how many records of the team's colleagues show it; two questions to the database."""
    groups = _groups(team, at)
    rows = []
    for one in of_standard(standard):
        counts = [0] * SPANS
        for group in groups:
            if in_criterion(one.key, group):
                counts[group["span"]] += group["n"]
        rows.append(Row(one, tuple(counts), tuple(rule.words for rule in of_criterion(one.key))))
    return rows


def _groups(team: Team, at: datetime) -> list[dict[str, Any]]:
    people = [place.user_id for place in members_of(team)]
    begins = [at - timedelta(weeks=WEEKS * number) for number in range(1, SPANS + 1)]
    span = Case(*(When(at__gte=begin, then=Value(number)) for number, begin in enumerate(begins)), output_field=IntegerField())
    events = Event.objects.filter(Q(team_id=team.pk) | Q(also_team_id=team.pk), actor_kind=Kind.PERSON.value, actor_id__in=people)
    events = events.filter(at__gte=begins[-1], at__lte=at, kind__in=kinds_of(RULES))
    return list(events.annotate(span=span).values("kind", "span", *(f"data__{name}" for name in MARKS)).annotate(n=Count("pk")).order_by())
