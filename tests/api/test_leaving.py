"""Leaving a team, and going home in mid-shift, by the REST API: the same operations as by the pages, and where the work went."""

import pytest
from django.utils import timezone

from accounts.models import Membership
from audit.models import Event
from audit.operations import seal
from handover.moves.invariants import broken
from handover.shifts.absence_models import Absence
from tests.api.clients import signed_in
from tests.stories import fresh, hours, make_accepted, make_action, make_colleague, make_offer, make_shift


@pytest.fixture
def now():
    return timezone.now()


def place_of(person):
    return person.memberships.get().pk


def named(person):
    return {"id": person.pk, "name": person.display_name}


def test_somebody_leaves_and_the_answer_says_where_everything_went(desk, now):
    pooled, passed = make_action(desk.ana, at=now), make_action(desk.ana, at=now)
    waits, watched = make_offer(desk.ben, desk.ana, at=now), make_accepted(desk.ana, desk.ben, at=now)
    body = {"reason": "She moves to Leeds.", "to": [{"action": passed.ref, "to": desk.ben.pk}], "watch_to": desk.ben.pk}
    said = desk.as_lea.do(f"/memberships/{place_of(desk.ana)}/leave/", **body)
    assert (said["team"]["name"], said["colleague"], said["level"]) == ("Front desk", named(desk.ana), "member")
    assert said["ended_at"] is not None
    went = said["went"]
    assert (went["how"], went["returned"]) == ("left", [waits.ref])
    assert {one["action"]: one["to"] for one in went["held"]} == {pooled.ref: None, passed.ref: named(desk.ben)}
    assert went["watched"] == [{"item": watched.ref, "to": named(desk.ben)}]
    assert (fresh(pooled).state, fresh(passed).responsible, fresh(watched).watcher) == ("pool", desk.ben, desk.ben)
    assert broken() == []


def test_what_is_not_named_goes_to_one_colleague(desk, now):
    mine, other = make_action(desk.ana, at=now), make_action(desk.ana, at=now)
    desk.as_lea.do(f"/memberships/{place_of(desk.ana)}/leave/", otherwise=desk.ben.pk, to=[{"action": other.ref, "to": None}])
    assert (fresh(mine).responsible, fresh(other).state) == (desk.ben, "pool")


def test_leaving_twice_is_leaving_once(desk, now):
    make_action(desk.ana, at=now)
    address = f"/memberships/{place_of(desk.ana)}/leave/"
    first, events = desk.as_lea.do(address), Event.objects.count()
    assert desk.as_lea.do(address) == first
    assert Event.objects.count() == events


def test_who_falls_ill_goes_home_by_themselves_and_belongs_to_the_team_still(desk, now):
    late = make_shift(desk.team, "Late", now - hours(1), now + hours(7), desk.ana, desk.ben)
    held = make_action(desk.ana, at=now)
    said = desk.as_ana.do(f"/memberships/{place_of(desk.ana)}/go-home/", reason="Fever.", otherwise=desk.ben.pk)
    assert (said["ended_at"], said["went"]["how"], said["went"]["held"]) == (None, "gone_home", [{"action": held.ref, "to": named(desk.ben)}])
    assert Absence.objects.get().ends_at == late.ends_at
    assert broken() == []


def test_where_the_work_went_is_read_by_whom_it_is_about_and_by_leads(desk, now):
    make_shift(desk.team, "Late", now - hours(1), now + hours(7), desk.ana)
    make_action(desk.ana, at=now)
    address = f"/memberships/{place_of(desk.ana)}/"
    assert desk.as_lea.read(address).json()["went"] is None, "she is still there"
    desk.as_lea.do(f"{address}go-home/")
    seen = [client.read(address).json()["went"] is not None for client in (desk.as_ana, desk.as_lea, desk.as_ben, desk.as_booking)]
    assert seen == [True, True, False, False]


def test_the_list_is_of_who_belongs_now(desk, shop):
    desk.as_lea.do(f"/memberships/{place_of(desk.ben)}/leave/")
    for client in (desk.as_ana, desk.as_booking):
        assert [one["colleague"]["name"] for one in client.read("/memberships/").json()["results"]] == ["Ana", "Lea"]
    assert [one["level"] for one in desk.as_ana.read(f"/memberships/?colleague={desk.lea.pk}").json()["results"]] == ["lead"]
    assert desk.as_ana.read(f"/memberships/?team={shop.team.pk}").json()["results"] == []


@pytest.mark.django_db(transaction=True)  # only what is committed is sealed
def test_a_client_hears_who_has_left_since_it_asked(desk):
    make_colleague("Cem", desk.team)
    seal()
    since = desk.as_ana.read("/memberships/").json()["next_updated_since"]
    assert desk.as_ana.read(f"/memberships/?updated_since={since}").json()["results"] == []
    desk.as_lea.do(f"/memberships/{place_of(desk.ben)}/leave/")
    seal()
    (changed,) = desk.as_ana.read(f"/memberships/?updated_since={since}").json()["results"]
    assert changed["colleague"] == named(desk.ben)
    assert changed["ended_at"] is not None


@pytest.mark.parametrize("door", ["leave", "go-home"])
def test_a_colleague_and_an_integration_are_refused_and_a_stranger_finds_nothing(desk, shop, now, door):
    action = make_action(desk.ana, at=now)
    address = f"/memberships/{place_of(desk.ana)}/{door}/"
    answers = {client: client.send(address, {}).status_code for client in (desk.as_ben, desk.as_booking, shop.as_sam)}
    assert list(answers.values()) == [403, 403, 404]
    assert (fresh(action).responsible, Membership.objects.get(user=desk.ana).ended_at) == (desk.ana, None)


def test_nobody_says_by_oneself_that_one_leaves_for_good(desk):
    assert desk.as_ana.send(f"/memberships/{place_of(desk.ana)}/leave/", {}).status_code == 403


def test_the_only_lead_stays(desk):
    assert desk.as_lea.send(f"/memberships/{place_of(desk.lea)}/leave/", {}).status_code in (409, 422)
    assert desk.lea.memberships.get().ended_at is None


WRONG = {
    "a colleague of another team": lambda d, s, held, other: {"otherwise": s.sam.pk},
    "an action of another team": lambda d, s, held, other: {"to": [{"action": other.ref, "to": None}]},
    "an action twice": lambda d, s, held, other: {"to": [{"action": held.ref, "to": None}, {"action": held.ref, "to": d.ben.pk}]},
    "to nobody said": lambda d, s, held, other: {"to": [{"action": held.ref}]},
    "what is not a list": lambda d, s, held, other: {"to": {held.ref: None}},
    "a field that is not there": lambda d, s, held, other: {"pool": True},
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_named_and_nothing_moves(desk, shop, now, what):
    held, other = make_action(desk.ana, at=now), make_action(shop.sam, at=now)
    before = Event.objects.count()
    answer = desk.as_lea.send(f"/memberships/{place_of(desk.ana)}/leave/", WRONG[what](desk, shop, held, other))
    assert answer.status_code == 400, answer.content
    assert (fresh(held).responsible, Event.objects.count()) == (desk.ana, before)


REFUSED = {
    "what she does not hold": lambda d, held, bens: {"to": [{"action": bens.ref, "to": None}]},
    "to herself": lambda d, held, bens: {"otherwise": d.ana.pk},
    "an administrator of no team": lambda d, held, bens: {"otherwise": d.boss.pk},
    "watched by herself": lambda d, held, bens: {"watch_to": d.ana.pk},
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_may_not_be_is_refused_with_the_field(desk, now, what):
    desk.boss = make_colleague("Boss", is_administrator=True)
    held, bens = make_action(desk.ana, at=now), make_action(desk.ben, at=now)
    answer = signed_in(desk.boss).send(f"/memberships/{place_of(desk.ana)}/leave/", REFUSED[what](desk, held, bens))
    assert answer.status_code in (400, 422), answer.content
    assert (fresh(held).responsible, fresh(bens).responsible) == (desk.ana, desk.ben)
