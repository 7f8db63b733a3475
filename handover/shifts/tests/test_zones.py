"""Every zone in tzdata and the years 2024 to 2037: shifts keep the wall clock, touch where they touched, and overlap by as much."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handover.shifts import calendar
from handover.shifts.planning import Hours, Plan, Week

FIRST, LAST = date(2024, 1, 1), date(2037, 12, 31)
ZONES = sorted(zoneinfo.available_timezones())
MINUTE = timedelta(minutes=1)
TURNS = (time(6), time(14), time(22))
EVERY_DAY = frozenset(range(1, 8))


@cache
def changes(name):
    """The days of 2024 to 2037 on which a zone's clocks change, on its own wall clock. (No zone changes twice in three days.)"""
    zone = zoneinfo.ZoneInfo(name)
    at, found = datetime(2024, 1, 1, tzinfo=UTC), []
    while at < datetime(2038, 1, 1, tzinfo=UTC):
        following = at + timedelta(days=3)
        low, high, offset = at, following, at.astimezone(zone).utcoffset()
        if high.astimezone(zone).utcoffset() != offset:
            while high - low > MINUTE:
                middle = low + (high - low) / 2
                low, high = (middle, high) if middle.astimezone(zone).utcoffset() == offset else (low, middle)
            found.append(high.astimezone(zone).date())
        at = following
    return tuple(found)


def distinct():
    """One name for each set of changes: links and zones that are alike are asked once."""
    seen = {}
    for name in ZONES:
        zone = zoneinfo.ZoneInfo(name)
        probe = tuple(datetime(year, month, 15, tzinfo=UTC).astimezone(zone).utcoffset() for year in range(2024, 2038) for month in (1, 3, 4, 7, 9, 10, 11))
        seen.setdefault(probe, name)
    return sorted(seen.values())


CHANGING = [name for name in distinct() if changes(name)]


def exists(day, clock, zone):
    wall = datetime.combine(day, clock, tzinfo=zone)
    return wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None)


def around(name):
    return [day + timedelta(days=number) for day in changes(name) for number in (-1, 0, 1)]


def test_there_is_something_to_look_at():
    assert len(ZONES) > 400 and len(CHANGING) > 20
    assert list(changes("Europe/London")[:2]) == [date(2024, 3, 31), date(2024, 10, 27)]


def test_starts_and_ends_keep_the_wall_clock_at_every_change_of_every_zone():
    wrong = []
    for name in CHANGING:
        zone = zoneinfo.ZoneInfo(name)
        for day in around(name):
            for clock in (time(0), time(1, 30), time(2), time(2, 45), time(3), *TURNS):
                at = calendar.instant(day, clock, zone)
                shown = at.astimezone(zone)
                if exists(day, clock, zone):
                    if (shown.date(), shown.time().replace(fold=0)) != (day, clock):
                        wrong.append((name, day, clock, shown))
                elif (
                    shown.replace(tzinfo=None) <= datetime.combine(day, clock) or (at - timedelta(seconds=1)).astimezone(zone).utcoffset() == shown.utcoffset()
                ):
                    wrong.append((name, day, clock, shown))
    assert wrong == []


def test_shifts_that_touch_on_the_clock_touch_in_utc_at_every_change_of_every_zone():
    wrong = []
    for name in CHANGING:
        zone = zoneinfo.ZoneInfo(name)
        for turns in (TURNS, (time(0), time(8), time(16)), (time(1, 30), time(2, 30), time(13)), (time(7), time(19))):
            for day in around(name):
                spans = [calendar.span(day, start, end, zone) for start, end in zip(turns, [*turns[1:], turns[0]], strict=True)]
                following = calendar.span(day + timedelta(days=1), turns[0], turns[1], zone)
                there = [span for span in [*spans, following] if span]
                wrong += [(name, day, one, other) for one, other in pairwise(there) if one[1] != other[0]]
    assert wrong == []


@pytest.mark.parametrize("minutes", [5, 15, 45])
def test_shifts_that_overlap_by_some_minutes_do_so_but_across_the_change_itself(minutes):
    wrong, across, overlap = [], 0, timedelta(minutes=minutes)
    for name in CHANGING:
        zone = zoneinfo.ZoneInfo(name)
        for changed in around(name):
            for turn in (time(1), time(2), time(3), *TURNS):
                starts = datetime.combine(changed, turn) - overlap
                outgoing = calendar.span(changed - timedelta(days=turn < time(8)), (datetime.combine(changed, turn) - timedelta(hours=8)).time(), turn, zone)
                incoming = calendar.span(starts.date(), starts.time(), (starts + timedelta(hours=8)).time(), zone)
                if outgoing[1] - incoming[0] == overlap:
                    continue
                both_exist = exists(changed, turn, zone) and exists(starts.date(), starts.time(), zone)
                if both_exist and incoming[0].astimezone(zone).utcoffset() == outgoing[1].astimezone(zone).utcoffset():
                    wrong.append((name, changed, turn, outgoing[1] - incoming[0]))
                across += 1  # the clocks change within the overlap
    assert wrong == [] and across


days = st.dates(FIRST, LAST - timedelta(days=8))
clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))
zones = st.sampled_from(ZONES)


@settings(max_examples=150)
@given(days, clocks, clocks, zones)
def test_a_planned_week_is_on_the_wall_clock_in_any_zone(day, starts, ends, name):
    zone = zoneinfo.ZoneInfo(name)
    plan = Plan(zone=zone, hours=Hours(starts, ends), weeks=(Week(EVERY_DAY),), first_day=day)
    spans = [(one, plan.span_on(one)) for one in (day + timedelta(days=number) for number in range(7))]
    for one, span in spans:
        if span is None:
            assert ends > starts  # the whole shift lies in the hour that is skipped
            continue
        begin, end = (at.astimezone(zone) for at in span)
        last = one if ends > starts else one + timedelta(days=1)
        assert not exists(one, starts, zone) or (begin.date(), begin.time().replace(fold=0)) == (one, starts)
        assert not exists(last, ends, zone) or (end.date(), end.time().replace(fold=0)) == (last, ends)
        assert timedelta() < span[1] - span[0] <= timedelta(hours=27)


@settings(max_examples=100)
@given(days, st.lists(clocks, min_size=2, max_size=4, unique=True), zones)
def test_a_rota_around_the_clock_leaves_no_minute_out_in_any_zone(day, turns, name):
    ordered = sorted(turns)
    zone = zoneinfo.ZoneInfo(name)
    plans = [Plan(zone=zone, hours=Hours(*pair), weeks=(Week(EVERY_DAY),), first_day=day) for pair in zip(ordered, [*ordered[1:], ordered[0]], strict=True)]
    spans = sorted(span for number in range(7) for plan in plans if (span := plan.span_on(day + timedelta(days=number))))
    assert all(one[1] == other[0] for one, other in pairwise(spans))
