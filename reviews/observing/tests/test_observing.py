"""A lead says what they saw in a handover that chance picked; who gave it reads that, and comments."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from common.errors import Invalid, NotAllowed, Refusal
from handover.notifications.models import Kind, Notification
from reviews.observing import operations as observing
from reviews.observing import queries
from reviews.observing.models import Draw, Observation
from reviews.observing.points import NAMES
from tests.api.clients import make_integration, signed_in, with_token
from tests.stories import FOUR_PM, hours, make_accepted, make_action, make_colleague

pytestmark = pytest.mark.django_db
ALL_YES = dict.fromkeys(NAMES, "yes")


def drawn(giver, taker, *, number=1, at=None, month=None):
    at = at or timezone.now() - hours(90)
    item = make_accepted(giver, taker, at=at, action=make_action(giver, at=at, title="Cot for 221"))
    month = month or date(2026, 3, 1)
    draw, _ = Draw.objects.get_or_create(team_id=item.from_team_id, since=month, until=month.replace(day=16), defaults={"drawn_at": at})
    return Observation.objects.create(
        team_id=item.from_team_id, draw=draw, item=item, colleague=giver, month=month, number=number, drawn_at=timezone.now() - hours(1)
    )


def told(person, kind):
    return list(Notification.objects.filter(recipient=person, kind=kind, settled_at=None).values_list("title", flat=True))


def test_a_lead_observes_the_colleague_hears_and_comments_and_the_observer_hears_that(people, client):
    # Given that chance picked a handover of Amara's
    amara, tom, leila = people
    observation = drawn(amara, tom)

    # When Leila opens the list and says what she saw
    client.force_login(leila)
    assert "Cot for 221" in client.get("/observations/").content.decode()
    page = client.get(observation.get_absolute_url()).content.decode()
    assert "Read back: “I will walk her to 308 by 23:00, else heaters.”" in page and "Nothing was left empty." in page
    said = {**ALL_YES, "understood": "no", "words": "The read-back was not answered"}
    assert client.post(f"{observation.get_absolute_url()}observe/", said).url == "/observations/"

    # Then Amara is told, reads it and comments, and Leila hears of that
    assert told(amara, Kind.OBSERVED) == ["Leila Haddad observed a handover of yours: Cot for 221"]
    client.force_login(amara)
    assert "Cot for 221" in client.get("/observations/").content.decode()
    assert "The read-back was not answered" in client.get(observation.get_absolute_url()).content.decode()
    client.post(f"{observation.get_absolute_url()}comment/", {"comment-comment": "I answered it at the desk"})
    assert told(leila, Kind.OBSERVATION_HEARD) == ["Amara Osei comments on what you observed: Cot for 221"]
    assert list(Event.objects.filter(subject_ref=observation.ref).order_by("pk").values_list("kind", flat=True)) == [
        "observation.made",
        "observation.commented",
    ]
    assert all("answered" not in str(data) for data in Event.objects.filter(subject_ref=observation.ref).values_list("data", flat=True))


def test_nobody_but_the_leads_and_the_colleague_sees_it(desk, people, client):
    amara, tom, leila = people
    observation = drawn(amara, tom)
    address = observation.get_absolute_url()
    for person, before, after in ((amara, 404, 200), (tom, 404, 404), (leila, 200, 200)):
        client.force_login(person)
        assert client.get(address).status_code == before
        Observation.objects.update(observer=leila, observed_at=timezone.now(), **ALL_YES)
        assert client.get(address).status_code == after
        Observation.objects.update(observer=None, observed_at=None, **dict.fromkeys(NAMES, ""))


def test_nobody_observes_what_they_gave_or_took_over(desk, people):
    amara, tom, leila = people
    own, taken = drawn(leila, amara), drawn(amara, leila)
    for observation in (own, taken):
        with pytest.raises(NotAllowed):
            observing.observe(observation_id=observation.pk, by=leila, at=timezone.now(), saw=ALL_YES)
    with pytest.raises(NotAllowed):
        observing.observe(observation_id=taken.pk, by=tom, at=timezone.now(), saw=ALL_YES)
    kofi = make_colleague("Kofi Mensah", desk, lead=True)
    observing.observe(observation_id=own.pk, by=kofi, at=timezone.now(), saw=ALL_YES)
    assert Observation.objects.get(pk=own.pk).observer == kofi


def test_a_point_is_answered_and_a_no_is_explained(people):
    amara, tom, leila = people
    observation = drawn(amara, tom)
    with pytest.raises(Invalid) as refused:
        observing.observe(observation_id=observation.pk, by=leila, at=timezone.now(), saw={**ALL_YES, "moment": ""})
    assert refused.value.field == "moment"
    with pytest.raises(Invalid) as refused:
        observing.observe(observation_id=observation.pk, by=leila, at=timezone.now(), saw={**ALL_YES, "moment": "no"}, words=" ")
    assert refused.value.field == "words"
    observing.observe(observation_id=observation.pk, by=leila, at=timezone.now(), saw={**ALL_YES, "moment": "cannot_tell"})


def test_what_was_typed_and_refused_stays_on_the_page(people, client):
    amara, tom, leila = people
    client.force_login(leila)
    page = client.post(f"{drawn(amara, tom).get_absolute_url()}observe/", {"informed": "no", "moment": "yes", "words": "Half of it"})
    assert page.status_code == 422
    assert "Half of it" in page.content.decode() and page.context["refused"].errors.keys() == {"understood", "completion"}


def test_what_nobody_can_observe_is_set_aside_with_a_reason_and_not_observed_any_more(people, client):
    amara, tom, leila = people
    observation = drawn(amara, tom)
    client.force_login(leila)
    assert client.post(f"{observation.get_absolute_url()}set-aside/", {"aside-why": ""}).status_code == 422
    assert client.post(f"{observation.get_absolute_url()}set-aside/", {"aside-why": "It was said in the corridor"}).status_code == 302
    assert "Nothing waits for you" in client.get("/observations/").content.decode()
    with pytest.raises(Refusal):
        observing.observe(observation_id=observation.pk, by=leila, at=timezone.now(), saw=ALL_YES)


def test_a_comment_waits_for_the_observation_and_is_the_colleagues_alone(people):
    amara, tom, leila = people
    observation = drawn(amara, tom)
    with pytest.raises(Refusal):
        observing.comment(observation_id=observation.pk, by=amara, at=timezone.now(), comment="Well")
    observing.observe(observation_id=observation.pk, by=leila, at=timezone.now(), saw=ALL_YES)
    with pytest.raises(NotAllowed):
        observing.comment(observation_id=observation.pk, by=leila, at=timezone.now(), comment="Well")


def test_the_notice_stands_until_nothing_waits_for_that_lead(desk, people):
    # Given two that wait for Leila, of which Kofi may observe one, for he took over the other
    amara, tom, leila = people
    kofi = make_colleague("Kofi Mensah", desk, lead=True)
    at = FOUR_PM + timedelta(days=18)
    for taker in (tom, kofi):
        make_accepted(amara, taker)
    observing.draw_due(at=at)
    (toms, kofis) = Observation.objects.order_by("item__accepted_by__display_name").reverse()
    assert told(leila, Kind.OBSERVE) and told(kofi, Kind.OBSERVE) == ["Handovers to observe: 1 of your colleagues’, picked by chance"]

    # When Leila has looked at the one that Kofi might have looked at, then nothing waits for him any more
    observing.observe(observation_id=toms.pk, by=leila, at=at, saw=ALL_YES)
    assert told(leila, Kind.OBSERVE) and not told(kofi, Kind.OBSERVE)
    observing.observe(observation_id=kofis.pk, by=leila, at=at, saw=ALL_YES)
    assert not told(leila, Kind.OBSERVE)


def test_a_review_counts_yes_of_yes_and_no_by_the_day_of_the_observation(desk, people):
    amara, tom, leila = people
    day = date(2026, 3, 20)
    for number, saw in enumerate(["yes", "yes", "yes", "no", "no", "cannot_tell"]):
        observation = drawn(amara, tom, number=1, month=date(2026, 1 + number, 1))
        observing.observe(observation_id=observation.pk, by=leila, at=FOUR_PM + timedelta(days=18), saw={**ALL_YES, "moment": saw}, words="Late")
    found = queries.for_period(desk.pk, day, day + timedelta(days=1))
    assert (found["moment"].numerator, found["moment"].denominator, found["moment"].share) == (3, 5, 0.6)
    assert found["informed"].denominator == 6
    assert queries.for_period(desk.pk, day + timedelta(days=1), day + timedelta(days=9))["moment"].denominator == 0
    assert queries.for_period(desk.pk, day - timedelta(days=9), day)["moment"].denominator == 0


def test_nobody_is_asked_about_somebody_who_left_or_what_is_long_ago(people, client):
    amara, tom, leila = people
    observation = drawn(amara, tom)
    client.force_login(leila)
    amara.memberships.update(ended_at=timezone.now())
    assert "Nothing waits for you" in client.get("/observations/").content.decode()
    amara.memberships.update(ended_at=None)
    assert "Cot for 221" in client.get("/observations/").content.decode()
    Observation.objects.filter(pk=observation.pk).update(drawn_at=timezone.now() - queries.WITHIN)
    assert "Nothing waits for you" in client.get("/observations/").content.decode()


def test_by_the_api_a_lead_and_the_colleague_read_it_and_an_integration_nothing(desk, people):
    amara, tom, leila = people
    observation = drawn(amara, tom)
    observing.observe(observation_id=observation.pk, by=leila, at=timezone.now(), saw=ALL_YES, words="Well done")
    robot = with_token(make_integration(desk), ["read"])
    assert robot.read("/observations/").json()["results"] == []
    assert robot.read(f"/observations/{observation.ref}/").status_code == 404
    for person in (leila, amara):
        assert [one["ref"] for one in signed_in(person).read("/observations/?observed=true").json()["results"]] == [observation.ref]
    shown = signed_in(amara).read(f"/observations/{observation.ref}/").json()
    assert shown["item"] == observation.item.ref and shown["words"] == "Well done" and shown["understood"] == "yes"
    assert signed_in(tom).read("/observations/").json()["results"] == []
    assert signed_in(leila).read("/observations/?observed=false").json()["results"] == []


def test_the_list_costs_the_same_for_any_number(people, client, django_assert_max_num_queries):
    amara, tom, leila = people
    client.force_login(leila)
    for month in range(1, 9):
        drawn(amara, tom, month=date(2025, month, 1))
    client.get("/observations/")
    with django_assert_max_num_queries(10):
        assert client.get("/observations/").content.decode().count("data-item") == 8
