"""Loads the demo, all of it or nothing, and says whether it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from accounts.models import Team, User
from audit import operations as audit
from audit.models import Event as TrailEvent
from demo import (
    agreeing,
    away,
    catching_up,
    coming_on,
    drafting,
    evidencing,
    fortnight,
    improving,
    mapping,
    observing,
    parting,
    planning,
    policies,
    proposing,
    reporting,
    reviewing,
    rota,
    stage,
    teams,
)
from demo.teams import HOTEL

PLAN_QUICKLY = "SET LOCAL join_collapse_limit = 1"
"""The tables are tiny: for thousands of small statements it is the planning that takes time."""
NOT_THE_FIRST = "SELECT setval('ref_hv', greatest(nextval('ref_hv'), 3026))"
"""Teams that have worked like this for months are not at their first action."""
MADE, MOVED = "demo.made", "demo.moved"


@dataclass(frozen=True)
class Made:
    teams: int
    actions: int


Bar = Callable[[int], Callable[[int], object]]


def marker() -> TrailEvent | None:
    """The event that says which teams are the demo's and as of when its times are; ``None``: it is not loaded."""
    found = TrailEvent.objects.filter(subject_type=Team._meta.label_lower, kind__in=[MADE, MOVED])
    return found.order_by("-id").first()


def somebody_is_here() -> bool:
    return User.objects.persons().exists()


@contextmanager
def without_savepoints() -> Iterator[None]:
    """All or nothing: no move needs a savepoint of its own here, and every sixth statement goes."""
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        connection.features.uses_savepoints = True


@transaction.atomic
@without_savepoints()
def make(*, now: datetime, bar: Bar) -> Made:
    """``bar`` is told how many moves there will be, and returns what is told of each that was made."""
    with connection.cursor() as cursor:
        cursor.execute(PLAN_QUICKLY)
        cursor.execute(NOT_THE_FIRST)
    cast = teams.make(now=now)
    rota.make(cast, now=now)
    planning.make(cast, now=now)
    agreeing.make(cast, now=now)
    policies.make(cast, now=now)
    policies.read_first(cast, now=now)
    proposing.make(cast, now=now)
    policies.read_again(cast, now=now)
    mapping.make(cast, now=now)
    acts = [*fortnight.before(cast, now=now), *fortnight.today(cast, now=now)]
    left = [*reporting.acts(cast, now=now)]
    stage.play([*acts, *left], until=now, after_each=bar(stage.count([*acts, *left])))
    reporting.keep_the_rest(cast, now=now)
    away.make(cast, now=now)
    parting.make(cast, now=now)
    coming_on.make(cast, now=now)
    team_ids = [team.pk for team in cast.teams.values()]
    catching_up.catch_up(team_ids, now=now)
    observing.make(cast, now=now)
    improving.before_the_review(cast, now=now)
    reviewing.make(cast, now=now)
    improving.in_the_review(cast, now=now)
    catching_up.hush(team_ids, now=now)
    drafting.save(acts, now=now)
    evidencing.make(cast, now=now)
    mark(MADE, cast.teams[HOTEL], team_ids, now=now)
    return Made(len(team_ids), len(acts))


def mark(kind: str, team: Team, team_ids: Iterable[int], *, now: datetime, **data: Any) -> None:
    audit.record(kind, actor=None, subject=team, team_id=team.pk, at=now, data={"teams": list(team_ids), "now": now.isoformat(), **data})
