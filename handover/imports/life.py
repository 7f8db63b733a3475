"""What the rows of one case say about its life: who held it when, in which team, and how it ended. No database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from handover.actions.states import State
from handover.imports import words


class Event(Protocol):
    """As much of a row as a life is made of."""

    at: datetime
    actor: str
    owner: str
    group: str
    service: str
    status: str
    priority: str


@dataclass(frozen=True, slots=True)
class Passing:
    """The case went from one owner to another, without lying with nobody in between."""

    at: datetime
    giver: str
    receiver: str
    by: str
    from_group: str
    to_group: str
    until: datetime | None
    """When the receiver stopped holding it, by passing it on or by its end; ``None``: they hold it still."""


@dataclass
class Life:
    """An action as the log tells it. ``""`` as an owner is nobody (the pool), as a group no group.

    ``closed_at`` is the first row of the last run of rows that say resolved, closed or no longer needed. A case that
    was reopened is open again; one whose last word is unknown is open.
    """

    case: str
    opened_at: datetime
    opened_by: str
    last_at: datetime
    owner: str
    group: str
    service: str
    priority: str
    held_since: datetime
    state: State
    closed_at: datetime | None = None
    events: int = 0
    passings: list[Passing] = field(default_factory=list)
    claims: int = 0
    to_pool: int = 0
    team_changes: int = 0
    actors: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    holders: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """Since when somebody first held it in a group: (group, owner) → instant."""


def life_of(case: str, events: Iterable[Event]) -> Life:
    """The life that these rows tell, in the order given: by instant, then by row. There is at least one."""
    rows = iter(events)
    life = _begin(case, next(rows))
    for row in rows:
        _go_on(life, row)
    if life.closed_at:
        _end_last_passing(life, life.closed_at)
    else:
        life.state = State.HELD if life.owner else State.POOL
    return life


def _begin(case: str, row: Event) -> Life:
    life = Life(
        case=case,
        opened_at=row.at,
        opened_by=row.actor,
        last_at=row.at,
        owner=row.owner,
        group=row.group,
        service=row.service,
        priority=row.priority,
        held_since=row.at,
        state=State.HELD,
    )
    _note(life, row)
    return life


def _go_on(life: Life, row: Event) -> None:
    if row.owner != life.owner:
        _end_last_passing(life, row.at)
        if life.owner and row.owner:
            life.passings.append(Passing(row.at, life.owner, row.owner, row.actor, life.group, row.group, None))
        elif row.owner:
            life.claims += 1
        else:
            life.to_pool += 1
        life.owner, life.held_since = row.owner, row.at
    if row.group != life.group:
        life.group = row.group
        life.team_changes += 1
    life.last_at = row.at
    life.service, life.priority = row.service or life.service, row.priority or life.priority
    _note(life, row)


def _note(life: Life, row: Event) -> None:
    life.events += 1
    life.actors.add(row.actor)
    life.groups.add(row.group)
    if row.owner:
        life.holders.setdefault((row.group, row.owner), row.at)
    state = words.state_for(row.status)
    if state is None:
        life.closed_at = None
    else:
        life.state, life.closed_at = state, life.closed_at or row.at


def _end_last_passing(life: Life, at: datetime) -> None:
    if life.passings and life.passings[-1].until is None:
        last = life.passings[-1]
        life.passings[-1] = Passing(last.at, last.giver, last.receiver, last.by, last.from_group, last.to_group, max(at, last.at))
