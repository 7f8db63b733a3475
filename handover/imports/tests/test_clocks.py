"""Times as other systems write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.imports.clocks import Odd, day_first, iso, on_clock

LONDON = ZoneInfo("Europe/London")


def test_a_day_comes_before_its_month_in_every_row():
    moment = day_first("3/2/2016 08:05", LONDON)
    assert moment.at == datetime(2016, 2, 3, 8, 5, tzinfo=UTC)
    assert Odd.ORDER_UNCLEAR in moment.odd and Odd.NO_ZONE in moment.odd


def test_a_time_in_summer_is_an_hour_ahead_of_utc():
    moment = day_first("16/5/2016 00:16", LONDON)
    assert (moment.at, moment.offset) == (datetime(2016, 5, 15, 23, 16, tzinfo=UTC), 60)
    assert Odd.ORDER_UNCLEAR not in moment.odd


def test_an_hour_that_the_clocks_repeat_is_the_first_time_round():
    moment = day_first("30/10/2016 01:30", LONDON)
    assert (moment.at, moment.offset) == (datetime(2016, 10, 30, 0, 30, tzinfo=UTC), 60)
    assert Odd.REPEATED_HOUR in moment.odd


def test_a_time_that_the_clocks_skip_moves_forward():
    # Given half past one on the night when one o'clock becomes two
    moment = day_first("27/3/2016 01:30", LONDON)
    # Then it is half past two, an hour later on the clock
    assert (moment.at, moment.offset) == (datetime(2016, 3, 27, 1, 30, tzinfo=UTC), 60)
    assert moment.at.astimezone(LONDON).hour == 2
    assert Odd.SKIPPED_HOUR in moment.odd


@pytest.mark.parametrize(
    "text", ["", "2016-05-16", "5/16/2016 10:00", "31/6/2016 10:00", "1/1/2016 24:00", "1/1/16 10:00", "1/1/2016", "１/1/2016 10:00", "1/1/0000 10:00"]
)
def test_what_is_not_day_month_year_is_refused(text):
    with pytest.raises(ValueError, match="day/month"):
        day_first(text, LONDON)


def test_iso_keeps_the_offset_that_was_written():
    moment = iso("2026-03-29T00:30:00-01:00", LONDON)
    assert (moment.at, moment.offset, moment.odd) == (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), -60, Odd.NOTHING)


def test_iso_accepts_fractions_and_z_and_reads_a_bare_time_on_the_given_clock():
    assert iso("2016-05-16T00:16:00.250Z", LONDON).odd == Odd.FRACTION
    assert iso("2016-05-16T00:16:00", LONDON).offset == 60


@pytest.mark.parametrize("text", ["", "16/5/2016 10:00", "2016-05-16", "0001-01-01T00:00:00+14:00", "20160516"])
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(ValueError, match=r"“|outside"):
        iso(text, LONDON)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 - what a clock shows has no zone yet
    st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe"]),
)
def test_a_clock_shows_what_was_written_unless_it_skips_that_hour(local, name):
    zone = ZoneInfo(name)
    moment = on_clock(local, zone)
    shown = moment.at.astimezone(zone)
    assert shown.utcoffset() == timedelta(minutes=moment.offset)
    if Odd.SKIPPED_HOUR in moment.odd:
        assert shown.replace(tzinfo=None) > local
    else:
        assert shown.replace(tzinfo=None) == local
