"""Writes to the rota: patterns, the shifts that they generate, and who is on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction

from accounts.models import Membership, Team, User
from audit import operations as audit
from common.errors import Invalid
from handover.due import operations as due
from handover.due.limits import NOTHING_OFFERED_BEFORE
from handover.due.models import Rule
from handover.due.operations import Owed
from handover.events import Event
from handover.shifts import calendar, permissions
from handover.shifts.models import Rostering, Shift, ShiftPattern

AHEAD = timedelta(days=14)


@transaction.atomic
def add_pattern(
    *,
    team: Team,
    by: User,
    at: datetime,
    name: str,
    starts: time,
    ends: time,
    weekdays: Collection[int],
    crew: Collection[User] = (),
    first_day: date | None = None,
) -> ShiftPattern:
    """A shift that repeats, from ``first_day`` (included; default: today in the team's zone) on; its shifts of the next 14 days exist at once."""
    permissions.check_plan(by, team.pk)
    if not weekdays:
        raise Invalid("Choose at least one day of the week.", field="weekdays")
    pattern = ShiftPattern.objects.create(
        team=team, name=name, starts=starts, ends=ends, weekdays=sorted(weekdays), first_day=first_day or team.local(at).date()
    )
    pattern.crew.set(_members(team, crew))
    audit.record(Event.PATTERN_ADDED, actor=by, subject=pattern, team_id=team.pk, at=at, data={"crew": [user.pk for user in crew]})
    generate(pattern, at=at)
    return pattern


@transaction.atomic
def change_pattern(
    *, pattern: ShiftPattern, by: User, at: datetime, name: str, starts: time, ends: time, weekdays: Collection[int], crew: Collection[User]
) -> ShiftPattern:
    """Change a pattern: shifts that have not begun and that nothing refers to are made anew; what has happened stays."""
    permissions.check_plan(by, pattern.team_id)
    if not weekdays:
        raise Invalid("Choose at least one day of the week.", field="weekdays")
    pattern.name, pattern.starts, pattern.ends, pattern.weekdays = name, starts, ends, sorted(weekdays)
    pattern.save(update_fields=["name", "starts", "ends", "weekdays"])
    pattern.crew.set(_members(pattern.team, crew))
    _drop_future(pattern, at)
    audit.record(Event.PATTERN_CHANGED, actor=by, subject=pattern, team_id=pattern.team_id, at=at, data={"crew": [user.pk for user in crew]})
    generate(pattern, at=at)
    return pattern


@transaction.atomic
def end_pattern(*, pattern: ShiftPattern, by: User, at: datetime) -> None:
    """No more shifts from this pattern; those to come that nothing refers to go."""
    permissions.check_plan(by, pattern.team_id)
    pattern.ended_at = at
    pattern.save(update_fields=["ended_at"])
    _drop_future(pattern, at)
    audit.record(Event.PATTERN_ENDED, actor=by, subject=pattern, team_id=pattern.team_id, at=at, data={})


def generate(pattern: ShiftPattern, *, at: datetime, until: date | None = None) -> list[Shift]:
    """Make the shifts of ``pattern`` up to ``until`` (included; default: 14 days ahead) that are missing, with its crew on them.

    Starts a day back, so that a shift which is running now exists. Running it again makes nothing twice.
    """
    today = pattern.team.local(at).date()
    last = min(until or today + AHEAD, pattern.last_day or date.max)
    first = max(pattern.first_day, today - timedelta(days=1))
    there = set(pattern.shifts.filter(local_date__gte=first).values_list("local_date", flat=True))
    new = []
    for day in calendar.days(first, last, pattern.weekdays):
        if day not in there and (times := calendar.span(day, pattern.starts, pattern.ends, pattern.team.tz)):
            new.append(Shift(team=pattern.team, pattern=pattern, name=pattern.name, local_date=day, starts_at=times[0], ends_at=times[1]))
    made = Shift.objects.bulk_create(new)
    crew = list(pattern.crew.all())
    Rostering.objects.bulk_create(Rostering(shift=shift, colleague=colleague) for shift in made for colleague in crew)
    _remind_before_the_end([(shift, colleague) for shift in made for colleague in crew], at)
    pattern.generated_until = last
    pattern.save(update_fields=["generated_until"])
    return made


def generate_all(*, at: datetime) -> int:
    """Keep every team's shifts 14 days ahead; return how many were made."""
    made = 0
    for pattern in ShiftPattern.objects.current().select_related("team").order_by("pk"):
        with transaction.atomic():
            made += len(generate(pattern, at=at))
    return made


@transaction.atomic
def set_crew(*, shift: Shift, by: User, at: datetime, colleagues: Collection[User]) -> None:
    """These colleagues, and no others, are on the shift."""
    permissions.check_plan(by, shift.team_id)
    wanted = {user.pk: user for user in _members(shift.team, colleagues)}
    before = {rostering.colleague_id: rostering for rostering in shift.rosterings.select_related("colleague")}
    gone = [rostering for pk, rostering in before.items() if pk not in wanted]
    new = [user for pk, user in wanted.items() if pk not in before]
    Rostering.objects.filter(pk__in=[rostering.pk for rostering in gone]).delete()
    for rostering in gone:
        due.cancel(shift, rules=[Rule.NOTHING_OFFERED], person_id=rostering.colleague_id, at=at)
    Rostering.objects.bulk_create(Rostering(shift=shift, colleague=user) for user in new)
    _remind_before_the_end([(shift, user) for user in new], at)
    if gone or new:
        data = {"on": [user.pk for user in new], "off": [rostering.colleague_id for rostering in gone]}
        audit.record(Event.ROSTERED, actor=by, subject=shift, team_id=shift.team_id, at=at, data=data)


def _remind_before_the_end(pairs: Iterable[tuple[Shift, User]], at: datetime) -> None:
    """30 and 10 minutes before the end of a shift, everybody on it is reminded who has offered nothing yet."""
    rows = [
        Owed(Rule.NOTHING_OFFERED, shift, shift.team_id, shift.ends_at - before, step, colleague.pk)
        for shift, colleague in pairs
        for step, before in enumerate(NOTHING_OFFERED_BEFORE, start=1)
        if shift.ends_at - before > at
    ]
    if rows:
        due.owe(*rows, at=at)


def _members(team: Team, people: Collection[User]) -> Sequence[User]:
    """The same people, if all are colleagues of the team now."""
    ids = {user.pk for user in people}
    current = Membership.objects.current().filter(team=team, user__in=ids, user__is_active=True, user__kind="person").values_list("user_id", flat=True)
    if ids - set(current):
        raise Invalid("Only colleagues of the team are rostered.", possible="Invite them first.", field="crew")
    return list(people)


def _drop_future(pattern: ShiftPattern, at: datetime) -> None:
    """Remove what has not begun and nothing refers to; anything else stays as it was."""
    future = pattern.shifts.filter(starts_at__gt=at, items_offered__isnull=True, nothing_said__isnull=True)
    shifts = list(future)
    due.cancel(*shifts, at=at)
    Shift.objects.filter(pk__in=[shift.pk for shift in shifts]).delete()
