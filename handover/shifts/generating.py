"""From patterns to shifts: make those that are missing, bring those to come up to date, take away what no longer is.

Callers hold the lock of the team's rota.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from accounts.models import Membership, Team
from handover.due import operations as due
from handover.due.models import Rule
from handover.shifts import absence, marks
from handover.shifts.ends import owe_ends
from handover.shifts.models import Rostering, Shift, ShiftPattern
from handover.shifts.pattern_queries import plan_of
from handover.shifts.planning import Plan
from handover.shifts.references import referred_to

AHEAD = timedelta(days=14)


def current(team: Team, ids: Collection[int]) -> set[int]:
    """Those of these people who are colleagues of the team now."""
    rows = Membership.objects.current().filter(team=team, user__in=ids, user__is_active=True, user__kind="person")
    return set(rows.values_list("user_id", flat=True))


def lock(pattern: ShiftPattern) -> ShiftPattern:
    return ShiftPattern.objects.select_for_update(of=("self",)).select_related("team").get(pk=pattern.pk)


def last_day(pattern: ShiftPattern, at: datetime) -> date:
    """Up to which day (included) the shifts of ``pattern`` should exist."""
    return min(pattern.team.local(at).date() + AHEAD, pattern.last_day or date.max)


def read_plan(pattern: ShiftPattern, at: datetime) -> Plan:
    return plan_of(pattern, near=pattern.team.local(at).date())


def make(pattern: ShiftPattern, at: datetime, until: date | None = None) -> list[Shift]:
    """Make the shifts that are missing. Begins a day back, so that one which is running now exists, and makes none that is over."""
    last = min(until, pattern.last_day or date.max) if until else last_day(pattern, at)
    first = max(pattern.first_day, pattern.team.local(at).date() - timedelta(days=1))
    there = set(pattern.shifts.filter(local_date__gte=first).values_list("local_date", flat=True))
    plan = read_plan(pattern, at)
    new = []
    for day in _days(first, last):
        times = plan.span_on(day)
        if day not in there and times and times[1] > at:
            new.append(Shift(team=pattern.team, pattern=pattern, name=pattern.name, local_date=day, starts_at=times[0], ends_at=times[1]))
    made = Shift.objects.bulk_create(new)
    owe_ends(made, at=at)
    crews = {shift.pk: plan.crew_on(shift.local_date) for shift in made}
    may = current(pattern.team, frozenset().union(*crews.values())) if made else set()
    roster([(shift, colleague_id) for shift in made for colleague_id in sorted(crews[shift.pk] & may)], at)
    pattern.generated_until = max(last, pattern.generated_until or last)
    pattern.save(update_fields=["generated_until"])
    return made


def replan(pattern: ShiftPattern, before: Plan, *, at: datetime) -> list[int]:
    """Bring the shifts that have not begun up to date; return the ids of those that are no more.

    Those that something refers to keep their times. Only who joins or leaves the usual crew of a day is put on or taken off,
    so that what was changed by hand stays.
    """
    plan = read_plan(pattern, at)
    future = list(pattern.shifts.select_for_update().filter(starts_at__gt=at))
    referred = referred_to([shift.pk for shift in future])
    gone, kept = [], []
    for shift in future:
        times = plan.span_on(shift.local_date)
        if shift.pk in referred:
            kept.append(shift)
        elif times is None or times[1] <= at:
            gone.append(shift)
        else:
            shift.name, (shift.starts_at, shift.ends_at) = pattern.name, times
            kept.append(shift)
    update_times(kept, ["name", "starts_at", "ends_at"], at=at)
    joined = {(shift, pk) for shift in kept for pk in plan.crew_on(shift.local_date) - before.crew_on(shift.local_date)}
    left = [(shift, pk) for shift in kept for pk in before.crew_on(shift.local_date) - plan.crew_on(shift.local_date)]
    for colleague_id in {pk for _, pk in left}:
        Rostering.objects.filter(shift__in=[shift for shift, pk in left if pk == colleague_id], colleague=colleague_id).delete()
    may = current(pattern.team, {pk for _, pk in joined})
    pairs = sorted((shift.pk, pk) for shift, pk in joined if pk in may)
    Rostering.objects.bulk_create([Rostering(shift_id=shift_id, colleague_id=pk) for shift_id, pk in pairs], ignore_conflicts=True)
    remind_anew(kept, at=at)
    drop(gone, at=at)
    return [shift.pk for shift in gone]


def update_times(shifts: Collection[Shift], fields: Collection[str], *, at: datetime) -> None:
    """Store other times of these shifts, and owe at their ends what is owed there. ``remind_anew`` belongs to it."""
    Shift.objects.bulk_update(shifts, fields)
    owe_ends(shifts, at=at)


def remind_anew(shifts: Collection[Shift], *, at: datetime) -> None:
    """After their times or crews have changed: what is owed to each who is on, and who is away then."""
    due.cancel(*shifts, rules=[Rule.NOTHING_OFFERED], at=at)
    lines = Rostering.objects.effective().filter(shift__in=shifts).select_related("shift")
    marks.remind(((line.shift, line.colleague_id) for line in lines), at)
    absence.settle(shifts, at=at)


def drop(shifts: Collection[Shift], *, at: datetime) -> None:
    """Remove shifts with who is on them and what they owe."""
    due.cancel(*shifts, at=at)
    Shift.objects.filter(pk__in=[shift.pk for shift in shifts]).delete()


def roster(pairs: list[tuple[Shift, int]], at: datetime) -> None:
    """Put colleagues on shifts that were just made; who is away then is marked so."""
    Rostering.objects.bulk_create(Rostering(shift=shift, colleague_id=colleague_id) for shift, colleague_id in pairs)
    marks.remind(pairs, at)
    absence.settle([shift for shift, _ in pairs], at=at)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
