"""A first day: give, receive, answer, decide, with the real refusals; nothing is kept but the date."""

import pytest
from django.apps import apps

from audit.models import Event as TrailEvent
from handover.practice.models import Practice
from tests.stories import fresh, make_agreement, make_colleague, make_team

pytestmark = pytest.mark.django_db
GIVEN = {"situation": "Cold.", "promise": "Tonight", "done_so_far": "Blankets", "next_step": "Walk her to 308", "if_then": "Heaters"}
NOT_THE_DOMAINS = {"sessions.Session", "usersessions.UserSession"}


@pytest.fixture
def zoe(client):
    person = make_colleague("Zoe New", make_team())
    client.force_login(person)
    return person


def rows():
    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if model._meta.label not in NOT_THE_DOMAINS}


def answers(page):
    return {name: "Yes" for name in page.context["form"].fields if name.startswith("answer-")}


def go_through(client):
    """Step by step, with a refusal at each."""
    assert client.post("/practice/").status_code == 302
    page = client.get("/practice/")
    short = client.post("/practice/", GIVEN | answers(page) | {"next_step": ""})
    assert short.status_code == 422
    assert "Required details are missing. PRACTICE: Next step." in short.content.decode()
    assert client.post("/practice/", GIVEN | answers(page)).status_code == 302
    assert client.post("/practice/", {"ask": "1", "text": "Who is the driver?"}).status_code == 302
    assert "The driver is Ana" in client.get("/practice/").content.decode()
    unread = client.post("/practice/", {"read_back": " "})
    assert (unread.status_code, "Say in your own words what you will do" in unread.content.decode()) == (422, True)
    assert client.post("/practice/", {"read_back": "I ring the driver at 17:45, else I offer a taxi."}).status_code == 302
    assert "In this story it could not be done." in client.post("/practice/", {"outcome": "completed"}).content.decode()
    assert "Say why it could not be completed." in client.post("/practice/", {"outcome": "unable"}).content.decode()
    assert client.post("/practice/", {"outcome": "unable", "words": "Nobody answers"}).status_code == 302
    assert "Choose what happens next" in client.post("/practice/", {"words": "?"}).content.decode()
    assert client.post("/practice/", {"decision": "new_time"}).status_code == 302


def test_it_leaves_one_row_that_says_when_and_nothing_else(client, zoe):
    before = rows()
    go_through(client)
    after = rows()
    assert {label: after[label] - before[label] for label in after if after[label] != before[label]} == {"handover.Practice": 1, "audit.Event": 1}
    done = Practice.objects.get()
    assert (done.colleague, done.team) == (zoe, zoe.memberships.get().team)
    assert TrailEvent.objects.get(kind="practice.done").data == {}
    page = client.get("/practice/").content.decode()
    assert "That is a handover" in page
    assert "You tried to hand over with a detail missing" in page

    # Once more: another date in the same row
    client.post("/practice/", {"again": "1"})
    client.get("/practice/")
    client.post("/practice/", GIVEN | answers(client.get("/practice/")))
    assert (Practice.objects.count(), fresh(done).done_at) == (1, done.done_at)


def test_what_ones_own_team_agreed_is_asked_and_its_must_is_a_must(client, zoe):
    make_agreement(zoe.memberships.get().team, must=("Which room is ready?",))
    client.post("/practice/")
    page = client.get("/practice/")
    assert "What your team agreed for Room moves is asked here." in page.content.decode()
    refused = client.post("/practice/", GIVEN)
    assert "Required details are missing. PRACTICE: Which room is ready." in refused.content.decode()
    assert client.post("/practice/", GIVEN | answers(page)).status_code == 302


def test_a_missing_should_goes_with_a_reason_as_in_a_real_one(client, zoe):
    client.post("/practice/")
    sent = GIVEN | answers(client.get("/practice/")) | {"done_so_far": ""}
    assert client.post("/practice/", sent).status_code == 422
    assert client.post("/practice/", sent | {"missing_reason": "I came just now"}).status_code == 302


@pytest.mark.parametrize("step", ["start", "give", "receive", "check", "decide", "done"])
def test_every_step_says_that_it_is_practice(step, client, zoe):
    session = client.session
    session["practice"] = {"step": step}
    session.save()
    page = client.get("/practice/").content.decode()
    assert "Nothing here is real" in page
    for odd in ({}, {"outcome": "nonsense", "decision": "nonsense", "read_back": "\0", "next_step": "\0"}):
        assert client.post("/practice/", odd).status_code in (302, 422, 200)


def test_leads_see_who_has_practised_and_members_do_not(client, zoe):
    go_through(client)
    team = zoe.memberships.get().team
    assert client.get("/practice/colleagues/").status_code == 403
    make_colleague("Amara", team)
    client.force_login(make_colleague("Lee Lead", team, lead=True))
    found = client.get("/practice/colleagues/").context["people"]
    assert [(one.colleague.display_name, one.done_at is not None) for one in found] == [("Amara", False), ("Lee Lead", False), ("Zoe New", True)]
