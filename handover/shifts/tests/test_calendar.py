"""Wall clock to instants, over the nights on which clocks change."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.shifts import calendar

LONDON = zoneinfo.ZoneInfo("Europe/London")
ZONES = [
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kolkata",
    "Africa/Cairo",
    "Pacific/Chatham",
]
days = st.dates(date(2010, 1, 1), date(2037, 12, 30))  # Apia had no 30 December 2011
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
zones = st.sampled_from(ZONES).map(zoneinfo.ZoneInfo)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 10, 24), 9), (date(2026, 3, 28), 7), (date(2026, 6, 1), 8)])
def test_a_night_shift_keeps_its_wall_clock_and_lasts_what_the_night_lasts(day, hours):
    begin, end = calendar.span(day, time(22), time(6), LONDON)
    assert (begin.astimezone(LONDON).time(), end.astimezone(LONDON).time()) == (time(22), time(6))
    assert end - begin == timedelta(hours=hours)


def test_a_time_that_never_happens_means_the_first_instant_after_the_gap():
    assert calendar.instant(date(2026, 3, 29), time(1, 30), LONDON) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_a_time_that_happens_twice_means_the_first():
    assert calendar.instant(date(2026, 10, 25), time(1, 30), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_shift_inside_the_hour_that_is_skipped_does_not_exist():
    assert calendar.span(date(2026, 3, 29), time(1, 10), time(1, 50), LONDON) is None


@given(days, clocks, zones)
def test_the_wall_clock_is_kept_wherever_it_exists(day, clock, zone):
    at = calendar.instant(day, clock, zone)
    shown = at.astimezone(zone)
    if exists(day, clock, zone):
        assert (shown.date(), shown.time().replace(fold=0)) == (day, clock)
    else:
        assert shown.replace(tzinfo=None) > datetime.combine(day, clock)
        assert (at - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None) < datetime.combine(day, clock)


@given(days, clocks, clocks, zones)
def test_time_runs_forward(day, one, other, zone):
    first, second = sorted((one, other))
    assert calendar.instant(day, first, zone) <= calendar.instant(day, second, zone)
    span = calendar.span(day, one, other, zone)
    assert span is None or span[0] < span[1]


@given(days, st.lists(clocks, min_size=2, max_size=4, unique=True), zones)
def test_shifts_that_touch_on_the_clock_touch_in_utc(day, ends, zone):
    clocks_in_order = sorted(ends)
    spans = [calendar.span(day, start, end, zone) for start, end in zip(clocks_in_order, [*clocks_in_order[1:], clocks_in_order[0]], strict=True)]
    there = [span for span in spans if span]
    assert all(before[1] == after[0] for before, after in pairwise(there))


@given(days, clocks, clocks, zones)
def test_an_overlap_of_some_minutes_is_kept_except_across_the_change_itself(day, one, other, zone):
    first, second = sorted((one, other))
    ends, starts = calendar.instant(day, second, zone), calendar.instant(day, first, zone)
    if all(exists(day, clock, zone) for clock in (first, second)) and starts.astimezone(zone).utcoffset() == ends.astimezone(zone).utcoffset():
        assert ends - starts == datetime.combine(day, second) - datetime.combine(day, first)


@given(days, st.lists(clocks, min_size=2, max_size=4, unique=True), zones)
def test_a_rota_around_the_clock_leaves_no_minute_out_and_none_twice(day, ends, zone):
    turns = sorted(ends)
    pairs = list(zip(turns, [*turns[1:], turns[0]], strict=True))
    week = [calendar.span(day + timedelta(days=number), start, end, zone) for number in range(7) for start, end in pairs]
    there = [span for span in week if span]
    assert all(before[1] == after[0] for before, after in pairwise(there))


def exists(day, clock, zone):
    wall = datetime.combine(day, clock, tzinfo=zone)
    return wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None)
