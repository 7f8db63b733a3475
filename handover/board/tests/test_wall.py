"""The wall screen: a link that shows the board without a session, with names shortened, until it is revoked."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from audit.models import Event
from common.errors import NotAllowed
from handover.board import wall_operations
from handover.board.models import WallLink
from handover.board.wall_views import MOST
from tests.stories import hours, make_accepted, make_action, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db
SHOWN = 7
"""Statements: the link, its use, the trail, the shifts, who is on next, what is held, what is on offer."""


@pytest.fixture
def desk():
    cache.clear()
    return make_team("Harbour View")


@pytest.fixture
def people(desk):
    return make_colleague("Amara Osei", desk), make_colleague("Tom Reid", desk), make_colleague("Priya Kaur", desk, lead=True)


@pytest.fixture
def address(desk, people):
    return wall_operations.make_link(team=desk, name="Behind the desk", by=people[2], at=timezone.now())[1]


def fill(people, count=1):
    amara, tom, _ = people
    now = timezone.now()
    customer = {"customer_name": "Mrs Ellis", "customer_contact": "07700 900123", "customer_reference": "214"}
    for number in range(count):
        make_action(amara, at=now, title=f"Ring Mrs Ellis on 07700 900123, {number}", **customer)
        make_offer(amara, tom, at=now, action=make_action(amara, at=now, title="Taxi for Grace", customer_name="Grace Ellis"))
        make_accepted(amara, tom, at=now, when="end_of_shift")


def test_whoever_has_the_link_sees_the_board_with_names_shortened(people, address):
    fill(people)
    page = Client().get(address)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Ring Mrs E. on …, 0" in text and "Taxi for G." in text
    assert "Amara O." in text
    for secret in ("Ellis", "Osei", "Reid", "07700", "<form", "<a ", "csrf"):
        assert secret not in text, secret
    assert page["Cache-Control"] == "no-store" and "noindex" in page["X-Robots-Tag"]
    assert not page.cookies


def test_only_a_digest_is_kept_and_when_it_was_shown_last(people, address):
    secret = address.strip("/").split("/")[-1]
    link = WallLink.objects.get()
    assert secret not in str(link.__dict__) and len(link.digest) == 64
    assert link.last_used_at is None
    Client().get(address)
    used = WallLink.objects.get().last_used_at
    Client().get(address)
    assert used and WallLink.objects.get().last_used_at == used


def test_a_revoked_link_and_an_unknown_one_are_not_found(people, address):
    wall_operations.revoke_link(link_id=WallLink.objects.get().pk, by=people[2], at=timezone.now())
    wall_operations.revoke_link(link_id=WallLink.objects.get().pk, by=people[2], at=timezone.now())
    assert Client().get(address).status_code == Client().get("/wall/x/").status_code == Client().get("/wall/%00/").status_code == 404
    assert list(Event.objects.filter(kind__startswith="wall.").order_by("pk").values_list("kind", flat=True)) == ["wall.link_made", "wall.link_revoked"]


def test_only_leads_make_and_revoke(people, address):
    with pytest.raises(NotAllowed):
        wall_operations.make_link(team=people[0].memberships.get().team, name="Mine", by=people[0], at=timezone.now())
    with pytest.raises(NotAllowed):
        wall_operations.revoke_link(link_id=WallLink.objects.get().pk, by=people[0], at=timezone.now())


def test_nothing_new_is_answered_with_304_and_the_part_alone_is_asked_for(people, address):
    client = Client()
    first = client.get(address)
    same = client.get(address, headers={"If-None-Match": first["ETag"], "X-Baton-Poll": "1"})
    assert same.status_code in (304, 200)  # 200 where the minute has just ended
    fill(people)
    part = client.get(address, headers={"If-None-Match": first["ETag"], "X-Baton-Poll": "1"})
    assert part.status_code == 200 and part.content.decode().lstrip().startswith('<div id="wall"')


def test_too_many_requests_from_one_address_are_refused(address):
    codes = {Client().get(address, REMOTE_ADDR="10.0.0.9").status_code for _ in range(MOST + 2)}
    assert 429 in codes


def test_the_theme_may_be_asked_for(address):
    assert 'data-theme="dark"' in Client().get(f"{address}?theme=dark").content.decode()
    assert "data-theme" not in Client().get(f"{address}?theme=<b>").content.decode()


def test_the_number_of_statements_does_not_depend_on_the_rows(desk, people, address, django_assert_num_queries):
    now = timezone.now()
    make_shift(desk, "Late", now - hours(2), now + minutes(40), people[0], people[1])
    make_shift(desk, "Night", now + minutes(30), now + hours(9), people[1])
    client = Client()
    for count in (1, 9):
        fill(people, count)
        with django_assert_num_queries(SHOWN) as asked:
            shown = client.get(address)
        WallLink.objects.update(last_used_at=None)
        assert asked
    assert "and " in shown.content.decode() and "more" in shown.content.decode()


def test_the_settings_page_shows_the_link_once(client, people):
    client.force_login(people[2])
    made = client.post("/settings/walls/", {"name": "Behind the desk"})
    assert made["Cache-Control"] == "no-store" and "/wall/" in made.content.decode()
    later = client.get("/settings/walls/").content.decode()
    assert "/wall/" not in later.replace("/settings/walls/", "") and "Behind the desk" in later and "never shown" in later
    assert client.post("/settings/walls/", {"name": ""}).status_code == 422
    assert client.post(f"/settings/walls/{WallLink.objects.get().pk}/revoke/").status_code == 302
    assert "No wall screens yet" in client.get("/settings/walls/").content.decode()
