"""Who hears of a change to the rota: exactly those whose shifts to come change, once each, however many writes the change is made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import Team, User
from common import moments
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts.models import Rostering

MOST = 6
"""So many changes are told in words; of the rest it is said how many they are."""
_open: ContextVar[frozenset[int]] = ContextVar("teams whose rota is being changed", default=frozenset())


@dataclass(frozen=True)
class Turn:
    """One shift as its colleague knows it."""

    shift_id: int
    name: str
    starts_at: datetime
    ends_at: datetime

    def is_like(self, other: Turn) -> bool:
        return (self.name, self.starts_at, self.ends_at) == (other.name, other.starts_at, other.ends_at)


Turns = dict[int, dict[int, Turn]]
"""By colleague, then by shift."""


@contextmanager
def roster_changes(*, team_id: int, by: User | None, at: datetime) -> Iterator[None]:
    """Wrap a change that somebody makes to a team's rota; it is one transaction, and changes of one team wait for each other.

    On leaving, each colleague who is on other shifts than before, or on one at other times, is told what changed; ``by`` is not.
    Inside another ``roster_changes`` of the same team it adds nothing: the outer one tells. Shifts made by rule are not wrapped.
    """
    if team_id in _open.get():
        yield
        return
    with transaction.atomic():
        team = lock_rota(team_id)
        before = turns(team_id, at)
        token = _open.set(_open.get() | {team_id})
        try:
            yield
        finally:
            _open.reset(token)
        _tell(team, before, turns(team_id, at), by=by, at=at)


def lock_rota(team_id: int) -> Team:
    """The first lock of every write to a team's rota; others may still refer to the team meanwhile."""
    return Team.objects.select_for_update(no_key=True).get(pk=team_id)


def turns(team_id: int, at: datetime) -> Turns:
    """Who really is on which shift of the team that is not over at ``at``."""
    found: Turns = {}
    rows = Rostering.objects.effective().filter(shift__team_id=team_id, shift__ends_at__gt=at)
    for one in rows.values_list("colleague_id", "shift_id", "shift__name", "shift__starts_at", "shift__ends_at"):
        colleague_id, shift_id, name, starts_at, ends_at = one
        found.setdefault(colleague_id, {})[shift_id] = Turn(shift_id, name, starts_at, ends_at)
    return found


def differences(before: dict[int, Turn], after: dict[int, Turn]) -> tuple[list[Turn], list[Turn], list[tuple[Turn, Turn]]]:
    """What a colleague is on anew, what they are off, and what has other times now. One shift made anew just the same is no change."""
    on = [turn for pk, turn in after.items() if pk not in before]
    off = []
    for turn in (turn for pk, turn in before.items() if pk not in after):
        same = next((one for one in on if one.is_like(turn)), None)
        if same:
            on.remove(same)
        else:
            off.append(turn)
    moved = [(before[pk], turn) for pk, turn in after.items() if pk in before and (before[pk].starts_at, before[pk].ends_at) != (turn.starts_at, turn.ends_at)]
    return on, off, moved


def _tell(team: Team, before: Turns, after: Turns, *, by: User | None, at: datetime) -> None:
    changed = []
    for person in {**before, **after}:
        on, off, moved = differences(before.get(person, {}), after.get(person, {}))
        if on or off or moved:
            changed.append((person, on, off, moved))
    reached = set(User.objects.persons().filter(pk__in=[person for person, *_ in changed], is_active=True).values_list("pk", flat=True)) if changed else set()
    for person, on, off, moved in changed:
        if person not in reached:
            continue
        first = team.local(min(turn.starts_at for turn in [*on, *off, *(now for _, now in moved)]))
        words = in_words(on, off, moved, team=team, at=at)
        path = f"/rota/week/?from={first:%Y-%m-%d}"
        notifications.tell(Kind.ROSTERED, to=[person], about=team, by=by, at=at, team_id=team.pk, words=words, path=path)


def in_words(on: list[Turn], off: list[Turn], moved: list[tuple[Turn, Turn]], *, team: Team, at: datetime) -> str:
    """“You are on Late, Tue 3 Mar, 15:00 to 23:00. You are off Night, …. Early, Thu 5 Mar, is 08:00 to 16:00 now.” The earliest first."""

    def hours(turn: Turn) -> str:
        return f"{team.local(turn.starts_at):%H:%M} to {team.local(turn.ends_at):%H:%M}"

    lines = [(turn.starts_at, f"You are on {turn.name}, {moments.day(turn.starts_at, at, team.tz)}, {hours(turn)}.") for turn in on]
    lines += [(turn.starts_at, f"You are off {turn.name}, {moments.day(turn.starts_at, at, team.tz)}, {hours(turn)}.") for turn in off]
    lines += [
        (
            now.starts_at,
            f"{now.name}, {moments.day(now.starts_at, at, team.tz)}, is {hours(now)} now, not {moments.day(then.starts_at, at, team.tz)}, {hours(then)}.",
        )
        for then, now in moved
    ]
    said = [words for _, words in sorted(lines)]
    rest = len(said) - MOST
    return "\n".join(said if rest <= 0 else [*said[:MOST], f"And {rest} more {'change' if rest == 1 else 'changes'}."])
