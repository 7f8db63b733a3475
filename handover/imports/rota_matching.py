"""What a file's rows would do to the rota: what is made, what changes, what is left, and every problem with its row number."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from difflib import get_close_matches

from accounts.models import Membership, Team
from handover.imports.rota_reading import Problem, Reading, RotaRow
from handover.shifts import absence
from handover.shifts.absence_models import Absence
from handover.shifts.models import Rostering, Shift
from handover.shifts.references import referred_to

FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Entry:
    """One shift of the file; several rows about the same shift are one."""

    row: int
    name: str
    day: date
    starts_at: datetime
    ends_at: datetime
    people: frozenset[int]


@dataclass(frozen=True)
class Step:
    """What becomes of one entry: ``new``, ``changed``, ``same`` or ``over``."""

    kind: str
    entry: Entry
    shift: Shift | None = None
    on: tuple[int, ...] = ()
    off: tuple[int, ...] = ()
    moves: bool = False


@dataclass
class Preview:
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)

    def count(self, kind: str) -> int:
        return sum(step.kind == kind for step in self.steps)

    def changes(self) -> list[Step]:
        return [step for step in self.steps if step.kind in ("new", "changed")]

    def entries(self) -> list[Entry]:
        return [step.entry for step in self.steps]

    def digest(self) -> str:
        """Of what would be done: two previews with the same digest do the same."""
        said = [
            (one.kind, one.shift.pk if one.shift else 0, one.entry.name, str(one.entry.starts_at), str(one.entry.ends_at), one.on, one.off)
            for one in self.steps
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def entries_of(reading: Reading, team: Team) -> tuple[list[Entry], list[Problem]]:
    """Rows with their colleagues found in the team, by e-mail address or by name; rows about one shift put together."""
    problems, found = list(reading.problems), {}
    finder = Finder(team)
    for row in reading.rows:
        people, unknown = finder.find(row)
        problems += unknown
        key = (row.name.casefold(), row.starts_at)
        before = found.get(key)
        if before is not None and before.ends_at != row.ends_at:
            ends, other = (team.local(one.ends_at).strftime("%H:%M") for one in (row, before))
            problems.append(Problem(row.row, f"{row.name} ends at {ends} here, and at {other} in row {before.row}."))
        elif before is not None:
            found[key] = Entry(before.row, before.name, before.day, before.starts_at, before.ends_at, before.people | people)
        else:
            found[key] = Entry(row.row, row.name, row.day, row.starts_at, row.ends_at, people)
    return list(found.values()), problems


class Finder:
    """The colleagues of a team by what a file calls them."""

    def __init__(self, team: Team) -> None:
        users = [one.user for one in Membership.objects.current().filter(team=team, user__kind="person", user__is_active=True).select_related("user")]
        self.team = team
        self.by_name: dict[str, set[int]] = {}
        for user in users:
            for called in (user.display_name, user.email or ""):
                if called:
                    self.by_name.setdefault(called.casefold(), set()).add(user.pk)
        self.names = {user.display_name.casefold(): user.display_name for user in users}

    def find(self, row: RotaRow) -> tuple[frozenset[int], list[Problem]]:
        people, problems = set(), []
        for called in row.people:
            ids = self.by_name.get(called.casefold(), set())
            if len(ids) == 1:
                people |= ids
            elif ids:
                problems.append(Problem(row.row, f"{len(ids)} colleagues are called “{called[:60]}”. Write an e-mail address."))
            else:
                near = get_close_matches(called.casefold(), self.names, 1)
                hint = f" Did you mean {self.names[near[0]]}?" if near else " Write a name or an e-mail address as in the team."
                problems.append(Problem(row.row, f"“{called[:60]}” is not a colleague of {self.team.name}.{hint}"))
        return frozenset(people), problems


def preview(entries: Sequence[Entry], problems: Sequence[Problem], *, team: Team, at: datetime) -> Preview:
    """Match the entries with the shifts that are there. Seven statements or so, however many rows."""
    made = Preview(problems=list(problems))
    ids = {pk for entry in entries for pk in entry.people}
    members = Membership.objects.current().filter(team=team, user__in=ids, user__is_active=True).values_list("user_id", "user__display_name")
    made.names = dict(members)
    if not entries:
        return made
    days = [entry.day for entry in entries]
    shifts = list(Shift.objects.filter(team=team, local_date__gte=min(days), local_date__lte=max(days)).select_related("team", "pattern").order_by("pk"))
    matched = _matches(entries, shifts)
    crews: dict[int, set[int]] = {}
    for shift_id, colleague_id in Rostering.objects.effective().filter(shift__in=matched.values()).values_list("shift_id", "colleague_id"):
        crews.setdefault(shift_id, set()).add(colleague_id)
    referred = referred_to([shift.pk for entry, shift in matched.items() if (shift.starts_at, shift.ends_at) != (entry.starts_at, entry.ends_at)])
    away = list(Absence.objects.touching(min(e.starts_at for e in entries), max(e.ends_at for e in entries)).filter(team=team, colleague__in=ids))
    for entry in entries:
        step, trouble = _step(entry, matched.get(entry), crews, referred, away, made.names, team, at)
        made.steps.append(step)
        made.problems += trouble
    made.problems.sort(key=lambda problem: problem.row)
    made.names |= dict(Rostering.objects.filter(shift__in=matched.values()).values_list("colleague_id", "colleague__display_name"))
    return made


def _matches(entries: Sequence[Entry], shifts: Sequence[Shift]) -> dict[Entry, Shift]:
    """By name and start; else the only one of that name on that day, on both sides."""
    found: dict[Entry, Shift] = {}
    by_start = {(shift.name.casefold(), shift.starts_at): shift for shift in shifts}
    for entry in entries:
        if (entry.name.casefold(), entry.starts_at) in by_start:
            found[entry] = by_start[entry.name.casefold(), entry.starts_at]
    taken = {shift.pk for shift in found.values()}
    left: dict[tuple[str, date], list[Shift]] = {}
    for shift in shifts:
        if shift.pk not in taken:
            left.setdefault((shift.name.casefold(), shift.local_date), []).append(shift)
    open_: dict[tuple[str, date], list[Entry]] = {}
    for entry in entries:
        if entry not in found:
            open_.setdefault((entry.name.casefold(), entry.day), []).append(entry)
    for key, waiting in open_.items():
        if len(waiting) == 1 and len(left.get(key, [])) == 1:
            found[waiting[0]] = left[key][0]
    return found


def _step(
    entry: Entry,
    shift: Shift | None,
    crews: dict[int, set[int]],
    referred: dict[int, str],
    away: Collection[Absence],
    names: dict[int, str],
    team: Team,
    at: datetime,
) -> tuple[Step, list[Problem]]:
    if entry.ends_at <= at or (shift is not None and shift.ends_at <= at):
        return Step("over", entry, shift), []
    trouble = []
    if entry.starts_at > at + FURTHEST:
        trouble.append(Problem(entry.row, "It is more than a year ahead."))
    there = crews.get(shift.pk, set()) if shift else set()
    on, off = tuple(sorted(entry.people - there)), tuple(sorted(there - entry.people))
    moves = shift is not None and (shift.starts_at, shift.ends_at) != (entry.starts_at, entry.ends_at)
    if shift is not None and moves:
        if shift.starts_at <= at:
            trouble.append(Problem(entry.row, f"{shift.name} has begun and keeps its times."))
        elif shift.pk in referred:
            as_is = f"{team.local(shift.starts_at):%H:%M} to {team.local(shift.ends_at):%H:%M}"
            trouble.append(Problem(entry.row, f"{shift.name} keeps its times, {as_is}: {referred[shift.pk]}."))
    as_planned = Shift(team=team, starts_at=entry.starts_at, ends_at=entry.ends_at)
    for one in away:
        whole = one.starts_at <= entry.starts_at and (one.ends_at is None or one.ends_at >= entry.ends_at)
        if one.colleague_id in on and whole and absence.touches(one, as_planned):
            trouble.append(Problem(entry.row, f"{names.get(one.colleague_id, 'A colleague')} is away then ({one.ref})."))
    kind = "new" if shift is None else "changed" if on or off or moves else "same"
    return Step(kind, entry, shift, on, off, moves), trouble
