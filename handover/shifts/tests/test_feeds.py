"""Calendar addresses: secret, read without a session, revoked in one press, and never a word about customers."""

from datetime import UTC

import pytest
from django.utils import timezone
from icalendar import Calendar

from accounts.models import Membership
from common.errors import NotAllowed, Refusal
from handover import moves
from handover.shifts import feed_operations, feed_views, operations
from handover.shifts.feed_models import Feed
from tests.stories import hours, make_accepted, make_action, make_colleague, make_shift, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def team():
    return make_team("Desk", zone="Europe/Berlin")


@pytest.fixture
def people(team):
    return make_colleague("Amara Osei", team), make_colleague("Tom Reid", team), make_colleague("Lea Lead", team, lead=True)


@pytest.fixture
def late(team, people, now):
    return make_shift(team, "Late", now + hours(1), now + hours(9), people[0])


def made(person, now, **words):
    return feed_operations.make_feed(by=person, at=now, **words)[1]


def read(client, secret, **headers):
    return client.get(f"/feeds/{secret}.ics", headers=headers)


def events(response):
    return {str(one["summary"]): one for one in Calendar.from_ical(response.content).walk("VEVENT")}


def test_my_shifts_as_a_calendar_program_reads_them(client, people, late, now):
    response = read(client, made(people[0], now))
    assert (response.status_code, response["Content-Type"], response["Cache-Control"]) == (200, "text/calendar; charset=utf-8", "private, no-store")
    calendar = Calendar.from_ical(response.content)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    event = events(response)["Late, Desk"]
    assert (event["dtstart"].dt.astimezone(UTC), event["dtend"].dt.astimezone(UTC)) == (late.starts_at, late.ends_at)
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert str(event["uid"]).startswith(f"{late.ref}@")


def test_a_change_keeps_the_uid_and_raises_the_sequence(client, team, people, late, now):
    secret = made(people[0], now)
    before = events(read(client, secret))["Late, Desk"]
    operations.set_crew(shift=late, by=people[2], at=now + hours(0.5), colleagues=[people[0], people[1]])
    after = events(read(client, secret))["Late, Desk"]
    assert before["uid"] == after["uid"]
    assert (after["sequence"] > before["sequence"], after["last-modified"].dt) == (True, now + hours(0.5))


def test_the_same_content_is_answered_304(client, people, late, now):
    secret = made(people[0], now)
    first = read(client, secret)
    again = read(client, secret, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert read(client, secret, **{"If-None-Match": '"other"'}).status_code == 200


def test_a_team_feed_names_who_really_is_on(client, team, people, late, now):
    amara, tom, lea = people
    moves.tell_absence(team=team, colleague=amara, by=lea, at=now, starts_at=now, stand_in=tom, reason="Secret knee")
    response = read(client, made(lea, now, team=team))
    assert "Late: Tom Reid" in events(response)
    assert b"Secret knee" not in response.content
    assert "Late, Desk" not in events(read(client, made(amara, now)))


def test_my_checks_stand_there_only_if_i_want_it_and_without_customers(client, people, late, now):
    amara, tom, _ = people
    words = {"customer_name": "Mrs Ellis", "title": "Move Mrs Ellis", "promised_by": now + hours(3)}
    item = make_accepted(tom, amara, action=make_action(tom, at=now, **words), at=now, when="end_of_shift")
    check = item.checks.get()
    response = read(client, made(amara, now, with_checks=True))
    assert f"Completion check {check.ref}" in events(response)
    assert b"Ellis" not in response.content
    assert f"Completion check {check.ref}" not in events(read(client, made(amara, now)))


def test_it_is_shown_once_listed_by_its_beginning_and_revoked_in_one_press(client, people, late):
    client.force_login(people[0])
    response = client.post("/settings/feeds/", {"what": "mine"})
    (feed,) = Feed.objects.all()
    secret = response.content.decode().split("/feeds/")[1].split(".ics")[0]
    assert (response["Cache-Control"], feed.digest == secret, secret.startswith(feed.hint)) == ("no-store", False, True)
    listed = client.get("/settings/feeds/").content.decode()
    assert (secret in listed, feed.hint in listed, "never read" in listed) == (False, True, True)
    client.logout()
    assert read(client, secret).status_code == 200
    client.force_login(people[1])
    assert client.post(f"/settings/feeds/{feed.pk}/revoke/").status_code == 404
    client.force_login(people[0])
    assert "last read" in client.get("/settings/feeds/").content.decode()
    client.post(f"/settings/feeds/{feed.pk}/revoke/")
    client.logout()
    assert read(client, secret).status_code == 404


def test_who_has_left_the_team_or_the_organisation_reads_no_more(client, team, people, late, now):
    amara, tom, _ = people
    of_team, mine = made(amara, now, team=team), made(tom, now)
    Membership.objects.filter(user__in=[amara, tom]).update(ended_at=now)
    assert read(client, of_team).status_code == 404
    assert events(read(client, mine)) == {}
    type(tom).objects.filter(pk=tom.pk).update(is_active=False)
    assert read(client, mine).status_code == 404


def test_nobody_makes_an_address_of_a_team_that_is_not_theirs_or_too_many(people, now):
    with pytest.raises(NotAllowed):
        made(people[0], now, team=make_team("Elsewhere"))
    for _ in range(feed_operations.MOST):
        made(people[0], now)
    with pytest.raises(Refusal, match="addresses already"):
        made(people[0], now)


def test_whoever_asks_too_often_waits(client, people, late, now, monkeypatch):
    monkeypatch.setattr(feed_views, "time", lambda: 1_000_000.0)
    secret = made(people[0], now)
    answers = [read(client, secret).status_code for _ in range(feed_views.MOST_A_MINUTE + 1)]
    assert (answers[0], answers[-2], answers[-1]) == (200, 200, 429)
    unknown = [read(client, f"nothing{number}").status_code for number in range(feed_views.MOST_UNKNOWN + 1)]
    assert (unknown[0], unknown[-1]) == (404, 429)


def test_nothing_but_reading(client, people, now):
    secret = made(people[0], now)
    assert client.post(f"/feeds/{secret}.ics").status_code == 405
