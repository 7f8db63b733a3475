"""How instants read."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from common import moments

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 21, 22, 24, tzinfo=UTC)  # a Saturday evening in London


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (36, "36 min"), (60, "1 h"), (66, "1 h 6 min"), (1440, "1 d"), (37 * 60 + 36, "1 d 13 h"), (-9, "9 min")],
)
def test_a_span_has_at_most_two_units(minutes, words):
    assert moments.span(timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(("seconds", "words"), [(66 * 60, "in 1 h 6 min"), (-9 * 60, "9 min ago"), (30, "now"), (-59, "now"), (60, "in 1 min")])
def test_a_moment_is_said_from_now(seconds, words):
    assert moments.relative(NOW + timedelta(seconds=seconds), NOW) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 21, 23, 30, tzinfo=UTC), "23:30"),
        (datetime(2026, 11, 22, 4, 10, tzinfo=UTC), "Sun 04:10"),
        (datetime(2026, 10, 6, 9, 0, tzinfo=UTC), "6 Oct 10:00"),  # on the summer clock
        (datetime(2025, 3, 1, 9, 0, tzinfo=UTC), "1 Mar 2025"),
    ],
)
def test_a_list_shows_the_shortest_form_that_is_not_ambiguous(at, words):
    assert moments.clock(at, NOW, LONDON) == words


def test_a_time_that_leaves_the_screen_names_its_zone():
    assert moments.full(NOW + timedelta(minutes=66), NOW, LONDON) == "23:30 GMT"
    assert moments.full(NOW + timedelta(minutes=66), NOW, LONDON, dated=True) == "Sat 21 Nov, 23:30 GMT"
    assert moments.full(NOW + timedelta(hours=8), NOW, LONDON) == "Sun 22 Nov, 06:24 GMT"


def test_midnight_is_the_teams_not_greenwichs():
    assert moments.clock(NOW, NOW, ZoneInfo("Asia/Dubai")) == "02:24"
    assert moments.clock(NOW - timedelta(hours=3), NOW, ZoneInfo("Asia/Dubai")) == "Sat 23:24"


@pytest.mark.parametrize(("zone", "name"), [("Europe/London", "GMT"), ("Asia/Dubai", "UTC+4"), ("UTC", "UTC"), ("America/Sao_Paulo", "UTC-3")])
def test_a_zone_without_letters_is_named_by_its_distance(zone, name):
    assert moments.zone_name(NOW, ZoneInfo(zone)) == name
