"""Bring a rota in from a file: look first, then all of it or nothing. The file itself is never stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models import Team, User
from audit import operations as audit
from common.errors import Refusal
from handover.events import Event
from handover.imports.rota_calendars import read_calendar
from handover.imports.rota_matching import Entry, Preview, Step, entries_of, preview
from handover.imports.rota_reading import read_csv
from handover.shifts import generating, permissions, week_operations
from handover.shifts.changes import lock_rota, roster_changes
from handover.shifts.ends import owe_ends
from handover.shifts.models import Shift, ShiftPattern
from handover.shifts.pattern_queries import plans_of
from handover.shifts.planning import Plan

Plans = dict[str, tuple[ShiftPattern, Plan]]


def look(*, team: Team, by: User, at: datetime, raw: bytes) -> Preview:
    """What a CSV or iCal file would do. Writes nothing."""
    permissions.check_plan(by, team.pk)
    is_calendar = raw.lstrip(b"\xef\xbb\xbf \r\n")[:15].upper() == b"BEGIN:VCALENDAR"
    reading = read_calendar(raw, team.tz, team.local(at).date()) if is_calendar else read_csv(raw, team.tz)
    entries, problems = entries_of(reading, team)
    return preview(entries, problems, team=team, at=at)


@transaction.atomic
def bring_in(*, team: Team, by: User, at: datetime, entries: Sequence[Entry], digest: str = "") -> Preview:
    """Make and change the shifts that the entries name; shifts that they do not name stay. Twice the same changes nothing the second time.

    ``digest``: of the preview that was agreed to. Raises ``Refusal`` where it would now do something else, or has a problem.
    """
    permissions.check_plan(by, team.pk)
    lock_rota(team.pk)
    seen = preview(entries, [], team=team, at=at)
    unknown = {pk for entry in entries for pk in entry.people} - seen.names.keys()
    if seen.problems or unknown or (digest and seen.digest() != digest):
        raise Refusal("The rota or the team changed since you looked.", possible="Look at what the file would do now, then import it.", problems=seen.problems)
    if not seen.changes():
        return seen
    with roster_changes(team_id=team.pk, by=by, at=at):
        plans = _plans(team, at)
        made = [_make(step, team, plans, by=by, at=at) for step in seen.steps if step.kind == "new"]
        for step in seen.steps:
            if step.kind == "changed" and step.shift is not None and step.moves:
                starts, ends = team.local(step.entry.starts_at), team.local(step.entry.ends_at)
                week_operations.change_times(shift=step.shift, by=by, at=at, starts=starts.time(), ends=ends.time())
        changed = [step for step in seen.steps if step.kind == "changed" and step.shift is not None]
        on = {(step.shift.pk, pk) for step in changed if step.shift for pk in step.on}
        off = {(step.shift.pk, pk) for step in changed if step.shift for pk in step.off}
        week_operations.roster(team=team, by=by, at=at, on=on, off=off)
        data = {"made": [shift.pk for shift in made], "changed": [step.shift.pk for step in changed if step.shift], "digest": seen.digest()}
        audit.record(Event.ROTA_IMPORTED, actor=by, subject=team, team_id=team.pk, at=at, data=data)
    return seen


def _plans(team: Team, at: datetime) -> Plans:
    patterns = list(ShiftPattern.objects.current().filter(team=team).select_related("team").order_by("-pk"))
    plans = plans_of(patterns, near=team.local(at).date())
    return {pattern.name.casefold(): (pattern, plans[pattern.pk]) for pattern in patterns}


def _make(step: Step, team: Team, plans: Plans, *, by: User, at: datetime) -> Shift:
    """A shift that a pattern would make later belongs to that pattern, so that it is not made twice; its own times are an exception."""
    entry = step.entry
    pattern = _pattern_for(entry.name, entry.day, plans)
    shift = Shift.objects.create(
        team=team, pattern=pattern, name=pattern.name if pattern else entry.name, local_date=entry.day, starts_at=entry.starts_at, ends_at=entry.ends_at
    )
    if pattern is not None and plans[entry.name.casefold()][1].span_on(entry.day) != (entry.starts_at, entry.ends_at):
        starts, ends = team.local(entry.starts_at), team.local(entry.ends_at)
        week_operations.keep_exception(shift, starts.time(), ends.time())
    owe_ends([shift], at=at)
    generating.roster([(shift, pk) for pk in sorted(entry.people)], at)
    return shift


def _pattern_for(name: str, day: date, plans: Plans) -> ShiftPattern | None:
    pattern, plan = plans.get(name.casefold(), (None, None))
    if pattern is None or plan is None or plan.hours_on(day) is None or pattern.shifts.filter(local_date=day).exists():
        return None
    return pattern
