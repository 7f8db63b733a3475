"""Lists: pages, filters, what changed since, and 304 while nothing has."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit import operations as audit
from handover import moves
from handover.actions.models import Action
from tests.api.clients import signed_in
from tests.stories import make_action, make_agreement, make_colleague, make_offer, make_team


def refs(response):
    assert response.status_code == 200, response.content
    return [row["ref"] for row in response.json()["results"]]


def test_pages_follow_each_other_and_nothing_comes_twice(desk):
    made = [make_action(desk.ana, title=f"Action {n}", promised_by=timezone.now() + timedelta(hours=n)).ref for n in range(5)]
    found, address = [], "/actions/?limit=2"
    while address:
        body = desk.as_ana.read(address).json()
        found += [row["ref"] for row in body["results"]]
        address = body["next"]
    assert found == made[::-1]


def test_filters_narrow_a_list(desk):
    now = timezone.now()
    service = make_agreement(desk.team).agreement.point.service
    late = make_action(desk.ana, at=now - timedelta(hours=3), promised_by=now - timedelta(hours=1), urgency="urgent", external_ref="B-1")
    pool = make_action(desk.ana, pool=True, promised_by=None, service=service)
    done = make_action(desk.ben, promised_by=now + timedelta(hours=1))
    moves.complete(action_id=done.pk, by=desk.ben, at=now)
    for query, expected in {
        "state=pool": [pool], "state=open": [late, pool], "state=completed": [done], "urgency=urgent": [late], "late=true": [late],
        f"responsible={desk.ben.pk}": [done], f"service={service.pk}": [pool], "external_ref=B-1": [late], f"team={desk.team.pk}&late=false": [pool, done],
        "external_ref=B-2": [], "responsible=99999999": [],
    }.items():  # fmt: skip
        assert set(refs(desk.as_ana.read(f"/actions/?{query}"))) == {action.ref for action in expected}, query


@pytest.mark.parametrize(
    "query",
    ["state=odd", "late=yes", "late=1", "team=x", "team=0", "team=99999999999999999999", "responsible=%00", "external_ref=%00", "updated_since=-1",
     "updated_since=x", "updated_since=99999999999999999999", "ordering=pg_sleep(9)", "team__name=Shop", "limit=0", "cursor=AAAA", "team=1%20OR%201=1"],
)  # fmt: skip
def test_a_filter_that_cannot_be_is_400_and_names_itself(desk, query):
    response = desk.as_ana.read(f"/actions/?{query}")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [query.split("=")[0]]


def test_nothing_new_is_304_until_something_happens_in_the_team(desk, shop):
    make_action(desk.ana)
    etag = desk.as_booking.read("/actions/")["ETag"]
    make_action(shop.sam)  # elsewhere
    assert desk.as_booking.read("/actions/", If_None_Match=etag).status_code == 304
    assert desk.as_booking.read("/actions/?state=pool", If_None_Match=etag).status_code == 200  # another list
    assert desk.as_ana.read("/actions/", If_None_Match=etag).status_code == 200  # somebody else
    make_action(desk.ana)
    assert desk.as_booking.read("/actions/", If_None_Match=etag).status_code == 200


def test_other_rights_are_another_answer(desk):
    make_action(desk.ana)
    etag = desk.as_ana.read("/items/")["ETag"]
    desk.ana.memberships.update(level="lead")
    assert desk.as_ana.read("/items/", If_None_Match=etag).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_what_changed_since_comes_once_and_misses_nothing(desk):
    old, quiet = make_action(desk.ana), make_action(desk.ana)
    audit.seal()
    first = desk.as_booking.read("/actions/?updated_since=0").json()
    assert {row["ref"] for row in first["results"]} == {old.ref, quiet.ref}
    position = first["next_updated_since"]
    assert refs(desk.as_booking.read(f"/actions/?updated_since={position}")) == []

    # An event of an item, and one of a check, count for their action; what is not sealed yet comes next time
    item = make_offer(desk.ana, desk.ben, action=old)
    unsealed = desk.as_booking.read(f"/actions/?updated_since={position}").json()
    assert unsealed["next_updated_since"] == position
    audit.seal()
    again = desk.as_booking.read(f"/actions/?updated_since={position}").json()
    assert [row["ref"] for row in again["results"]] == [old.ref]
    assert refs(desk.as_booking.read(f"/items/?updated_since={position}")) == [item.ref]
    assert refs(desk.as_booking.read(f"/handovers/?updated_since={position}")) == [item.handover.ref]
    moves.accept(item_id=item.pk, by=desk.ben, at=timezone.now())
    audit.seal()
    position = again["next_updated_since"]
    assert refs(desk.as_booking.read(f"/checks/?updated_since={position}")) == [item.checks.get().ref]
    assert refs(desk.as_booking.read(f"/actions/?updated_since={position}")) == [old.ref]


def test_what_was_given_to_another_team_stays_in_sight(desk):
    other = make_team("Maintenance")
    mo = make_colleague("Mo", other)
    version = make_agreement(desk.team, service="Repairs", to_team=other)
    action = make_action(desk.ana, service=version.agreement.point.service, at=timezone.now())
    item = make_offer(desk.ana, mo, action=action, at=timezone.now())
    moves.accept(item_id=item.pk, by=mo, at=timezone.now())
    assert Action.objects.get(pk=action.pk).team == other
    assert refs(desk.as_ana.read("/actions/")) == []
    assert refs(desk.as_ana.read("/actions/?given=true")) == [action.ref]
    assert desk.as_ana.read(f"/actions/{action.ref}/").status_code == 200


def test_other_lists_have_their_filters(desk):
    item = make_offer(desk.ana, desk.ben)
    late = make_offer(desk.ana, desk.ben, at=timezone.now())
    accepted = moves.accept(item_id=late.pk, by=desk.ben, at=timezone.now())
    check = accepted.checks.get()
    assert refs(desk.as_ben.read(f"/items/?state=on_offer&receiver={desk.ben.pk}")) == [item.ref]
    assert refs(desk.as_ben.read("/items/?late=true")) == [item.ref]
    assert refs(desk.as_ben.read(f"/items/?action={late.action.ref}&late=false")) == [late.ref]
    assert refs(desk.as_ben.read(f"/items/?handover={item.handover.ref}")) == [item.ref]
    assert refs(desk.as_ben.read(f"/handovers/?giver={desk.ana.pk}&team={desk.team.pk}")) == [late.handover.ref, item.handover.ref]
    assert refs(desk.as_ben.read(f"/checks/?state=open&item={late.ref}")) == [check.ref]
    assert refs(desk.as_ben.read("/checks/?state=answered")) == []
    assert refs(desk.as_ben.read(f"/follow-ups/?decided=false&owed_by={desk.ana.pk}&action={late.action.ref}")) == []


def test_who_asks_and_who_is_there(desk, shop):
    me = desk.as_booking.read("/me/").json()
    assert (me["kind"], me["team"]["name"], me["scopes"]) == ("integration", "Front desk", ["read", "write", "offer"])
    ana = desk.as_ana.read("/me/").json()
    assert (ana["name"], ana["teams"], ana["scopes"]) == ("Ana", [{"id": desk.team.pk, "name": "Front desk", "level": "member"}], None)
    assert [team["name"] for team in desk.as_ana.read("/teams/").json()["results"]] == ["Front desk"]
    people = desk.as_booking.read(f"/teams/{desk.team.pk}/colleagues/").json()["results"]
    assert [(one["name"], one["level"]) for one in people] == [("Lea", "lead"), ("Ana", "member"), ("Ben", "member")]
    assert desk.as_booking.read(f"/teams/{shop.team.pk}/colleagues/").status_code == 404
    boss = make_colleague("Boss", is_administrator=True)
    client = type(desk.as_ana)()
    client.force_login(boss)
    assert [team["name"] for team in client.read("/teams/").json()["results"]] == ["Front desk", "Shop"]


def test_the_kept_statement_of_a_first_page_shows_each_what_they_see(desk, shop):
    here, there = make_action(desk.ana), make_action(shop.sam)
    both = signed_in(make_colleague("Both", desk.team, shop.team))
    boss = signed_in(make_colleague("Boss", is_administrator=True))
    nobody = signed_in(make_colleague("Nobody"))
    for client, expected in (
        (desk.as_ana, {here.ref}),
        (shop.as_sam, {there.ref}),
        (both, {here.ref, there.ref}),
        (boss, {here.ref, there.ref}),
        (nobody, set()),
    ):
        for query in ("", "?limit=50", "?limit=49"):
            assert set(refs(client.read(f"/actions/{query}"))) == expected
    many = [make_action(desk.ana, title=f"Action {n}").ref for n in range(55)]
    first = desk.as_ana.read("/actions/").json()
    rest = desk.as_ana.read(first["next"]).json()
    assert [row["ref"] for row in first["results"] + rest["results"]] == [*many[::-1], here.ref] and rest["next"] is None
