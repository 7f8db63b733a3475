"""The main job, page by page, as a browser without script would do it."""

import pytest
from django.utils import timezone

from handover import moves
from handover.actions.models import Action
from handover.checks.models import Check
from handover.handovers.models import Item
from tests.stories import brief, fresh, hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    now = timezone.now()
    team = make_team()
    amara = make_colleague("Amara Osei", team, role="host")
    tom = make_colleague("Tom Reid", team, role="night receptionist")
    make_colleague("Lee Lead", team, lead=True)
    make_shift(team, "Late", now - hours(7), now + minutes(36), amara)
    make_shift(team, "Night", now + minutes(20), now + hours(9), tom)
    return amara, tom


@pytest.fixture
def signed_in(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def test_a_promise_is_logged_handed_over_read_back_checked_and_decided(desk, signed_in):
    amara, tom = desk
    action = log_a_promise(signed_in(amara))
    item, page = hand_over(signed_in(amara), action, tom)
    assert fresh(action).responsible == amara

    ask_and_accept(signed_in, item, amara, tom)
    assert fresh(action).responsible == tom

    client = signed_in(amara)
    assert "I walk her to 308." in client.get(page).content.decode()
    assert client.post(f"/items/{item.ref}/read-back/", {"right": "yes"}).status_code == 302
    check_and_decide(signed_in, amara, tom)
    assert fresh(action).responsible == amara
    assert client.get(f"/actions/{action.ref}/").status_code == 200
    assert client.post(f"/actions/{action.ref}/complete/", {}).status_code == 302
    for address in (f"/actions/{action.ref}/", "/", "/watch-list/", "/board/", "/search/", "/notifications/", "/actions/new/"):
        assert client.get(address).status_code == 200, address


def log_a_promise(client):
    made = client.post("/actions/new/", {"title": "Move Mrs Ellis from 214", "promise": "A warm room", "urgency": "routine", "holder": "me"})
    assert made.status_code == 302
    return Action.objects.get()


def hand_over(client, action, to):
    """First with a *must* missing, which is refused with the field's name; then with everything."""
    assert "Move Mrs Ellis" in client.get("/handovers/new/").content.decode()
    sent = {"actions": [action.ref], "receiver": f"user-{to.pk}", "when": "end_of_shift", "check_rule": "rule"}
    sent |= {f"{action.ref}-situation": "Cold.", f"{action.ref}-promise": "A warm room"}
    short = client.post("/handovers/new/", sent)
    assert short.status_code == 422
    assert "Next step" in short.content.decode()
    words = {"next_step": "Walk her to 308", "done_so_far": "308 is warm", "if_then": "Heaters"}
    full = sent | {f"{action.ref}-{name}": text for name, text in words.items()} | {"missing_reason": "No time was promised"}
    handed = client.post("/handovers/new/", full)
    assert handed.status_code == 302
    assert client.get(handed.url).status_code == 200
    return Item.objects.get(), handed.url


def ask_and_accept(signed_in, item, giver, receiver):
    client = signed_in(receiver)
    assert "Move Mrs Ellis" in client.get("/receive/").content.decode()
    assert client.get(f"/receive/{item.ref}/").status_code == 200
    assert client.post(f"/receive/{item.ref}/seen/").status_code == 204
    assert client.post(f"/receive/{item.ref}/ask/", {"text": "Which lift?"}).status_code == 302
    assert signed_in(giver).post(f"/items/{item.ref}/answer/", {"text": "The left one."}).status_code == 302
    assert signed_in(receiver).post(f"/receive/{item.ref}/", {"answer": "accept", "read_back": "I walk her to 308."}).status_code == 302


def check_and_decide(signed_in, giver, holder):
    check = Check.objects.get()
    client = signed_in(giver)
    assert client.get(f"/checks/{check.ref}/").status_code == 200
    assert client.post(f"/checks/{check.ref}/ask/", {"question": "How did it go?"}).status_code == 302
    client = signed_in(holder)
    assert "asks: was it completed?" in client.get("/").content.decode()
    assert client.post(f"/checks/{check.ref}/answer/", {"outcome": "unable"}).status_code == 422
    assert client.post(f"/checks/{check.ref}/answer/", {"outcome": "unable", "words": "No key"}).status_code == 302
    client = signed_in(giver)
    assert "Decide what happens next" in client.get("/").content.decode()
    assert client.get(f"/checks/{check.ref}/").status_code == 200
    assert client.post(f"/checks/{check.ref}/decide/", {"decision": "take_back"}).status_code == 302


def test_several_offered_in_one_press_are_accepted_or_declined_in_one_press(desk, signed_in):
    amara, tom = desk
    actions = [make_action(amara, at=timezone.now(), title=title) for title in ("Taxi", "Tray", "Suitcase")]
    made = moves.offer(entries=[brief(action) for action in actions], by=amara, to=tom, at=timezone.now(), when="end_of_shift")
    client = signed_in(tom)
    assert "Accept all 3" in client.get("/receive/").content.decode()
    declined = client.post(f"/handovers/{made.ref}/answer/", {"answer": "decline", "reason": ""}, follow=True)
    assert "Say why you decline." in declined.content.decode()
    client.post(f"/handovers/{made.ref}/answer/", {"answer": "accept"})
    assert {fresh(action).responsible for action in actions} == {tom}


def test_ones_own_list_is_a_file_in_which_no_cell_runs(desk, signed_in):
    amara, _ = desk
    make_action(amara, at=timezone.now(), title="=1+1")
    text = signed_in(amara).get("/actions/mine.csv").content.decode()
    assert "'=1+1" in text


QUERIES = {"/": 12, "/receive/": 6, "/watch-list/": 6, "/board/": 9, "/handovers/new/": 20}
"""Statements of each list page, the session and the frame included."""


@pytest.mark.parametrize("address", QUERIES)
def test_the_number_of_statements_does_not_depend_on_the_rows(address, desk, signed_in, django_assert_num_queries, django_assert_max_num_queries):
    amara, tom = desk
    client = signed_in(amara)
    version = make_agreement(amara.memberships.get().team, should=("Who else knows?",))
    service = version.agreement.point.service

    def fill(count):
        at = timezone.now()
        for number in range(count):
            make_action(amara, at=at, title=f"Held {number}", service=service)
            make_action(amara, at=at, title=f"Pool {number}", pool=True)
            make_offer(amara, tom, at=at, when="end_of_shift")
            make_offer(tom, amara, at=at)
            make_accepted(amara, tom, at=at, when="end_of_shift")

    fill(1)
    client.get(address)
    with django_assert_max_num_queries(QUERIES[address]) as few:
        assert client.get(address).status_code == 200
    fill(4)
    with django_assert_num_queries(len(few.captured_queries)):
        assert client.get(address).status_code == 200
