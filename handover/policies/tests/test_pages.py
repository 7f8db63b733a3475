"""Policies on the pages where they matter, and by the REST API."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from handover.policies import operations
from handover.policies.comparing import Piece, compared
from handover.policies.models import Policy
from handover.policies.operations import About, Wording
from tests.stories import fresh, make_agreement, make_colleague, make_team

pytestmark = pytest.mark.django_db
SENTENCE = "Say what the guest needs."


@pytest.fixture
def desk():
    return make_team()


@pytest.fixture
def admin():
    return make_colleague("Ada", is_administrator=True)


@pytest.fixture
def ana(desk):
    return make_colleague("Ana", desk)


@pytest.fixture
def version(desk):
    return make_agreement(desk, service="Room moves")


@pytest.fixture
def policy(admin, ana, version):
    return publish(admin, version.agreement.point.service)


def publish(admin, *services, title="Access needs", **hints):
    at = timezone.now()
    about = About(
        kind="code", title=title, kept_by="Priya", services=[one.pk for one in services], hints=hints or {"situation": SENTENCE, "promise": "By when?"}
    )
    made = operations.add(by=admin, at=at, about=about, wording=Wording(body="Ask first.", in_force_from=at.date()))
    operations.publish(policy=made, by=admin, at=at)
    return made


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_rules_that_apply_are_named_on_the_map_and_on_the_agreement(ana, version, policy):
    client = signed_in(ana)
    for address in ("/services/", version.agreement.get_absolute_url()):
        text = client.get(address).content.decode()
        assert "Rules that apply" in text and f'href="{policy.get_absolute_url()}"' in text


def test_the_receiving_team_is_not_led_to_a_policy_that_it_cannot_open(ana, desk, admin, policy):
    zoe = make_colleague("Zoe", make_team("Finance"))
    theirs = make_agreement(desk, service="Bills", to_team=zoe.memberships.get().team)
    publish(admin, theirs.agreement.point.service, title="Only the desk")
    publish(admin, title="For everybody")
    text = signed_in(zoe).get(theirs.agreement.get_absolute_url()).content.decode()
    assert "For everybody" in text and "Only the desk" not in text


def test_the_form_for_an_action_shows_what_a_policy_says_beside_the_field_with_the_service_that_it_is_for(ana, policy):
    text = signed_in(ana).get("/actions/new/").content.decode()
    assert "<b>Room moves:</b> By when?" in text
    assert SENTENCE not in text, "there is no such field on this form"


def test_the_list_costs_the_same_however_many_policies_there_are(ana, admin, version, policy, django_assert_num_queries, django_assert_max_num_queries):
    client = signed_in(ana)
    client.get("/policies/")
    with django_assert_max_num_queries(12) as few:
        assert "Waits for you" in client.get("/policies/").content.decode()
    for number in range(5):
        publish(admin, version.agreement.point.service, title=f"Policy {number}")
    with django_assert_num_queries(len(few.captured_queries)):
        client.get("/policies/")


def test_pages_of_the_list_continue_by_title(ana, admin, policy, monkeypatch):
    monkeypatch.setattr("handover.policies.views.A_PAGE", 1)
    publish(admin, title="Before all others: a rule")
    client = signed_in(ana)
    first = client.get("/policies/")
    assert [row.policy.title for row in first.context["rows"]] == ["Access needs"]
    second = client.get("/policies/", {"cursor": first.context["next_cursor"]})
    assert [row.policy.title for row in second.context["rows"]] == ["Before all others: a rule"]
    assert client.get("/policies/", {"cursor": "nonsense"}).status_code == 422


def test_an_older_number_is_refused_with_the_reason_and_the_page_stays(ana, admin, policy):
    operations.draft(policy=policy, by=admin, at=timezone.now(), wording=Wording("Ask twice.", timezone.now().date(), "Twice."))
    operations.publish(policy=policy, by=admin, at=timezone.now())
    answer = signed_in(ana).post(f"{policy.get_absolute_url()}acknowledge/", {"number": "1"})
    assert answer.status_code == 422 and "Read version 2" in answer.content.decode()
    for wrong in ("", "x", "-1", "99999999999"):
        assert signed_in(ana).post(f"{policy.get_absolute_url()}acknowledge/", {"number": wrong}).status_code == 422


def test_a_lead_sees_on_the_page_who_of_their_own_team_has_not_read_it_and_a_member_sees_nobody(ana, desk, admin, policy):
    zoe = make_colleague("Zoe", make_team("Shop"))
    everybodys = publish(admin, title="For everybody")
    lead = make_colleague("Leila", desk, lead=True)
    text = signed_in(lead).get(everybodys.get_absolute_url()).content.decode()
    assert "Who has not read version 1" in text and "Ana" in text and "Zoe" not in text
    assert "Zoe" in signed_in(admin).get(everybodys.get_absolute_url()).content.decode()
    for member in (ana, zoe):
        assert "Who has not read" not in signed_in(member).get(everybodys.get_absolute_url()).content.decode()


def test_a_version_that_is_not_there_is_not_found_and_a_draft_is_nobodys_but_the_writers(ana, admin, policy):
    operations.draft(policy=policy, by=admin, at=timezone.now(), wording=Wording("Secret draft.", timezone.now().date(), "All."))
    client = signed_in(ana)
    for query in ("?version=2", "?version=9", "?version=1&with=2", "?version=x"):
        assert client.get(policy.get_absolute_url() + query).status_code == 404
    assert "Secret draft." in signed_in(admin).get(f"{policy.get_absolute_url()}?version=2").content.decode()


def test_an_administrator_changes_where_it_applies_and_ends_it(ana, admin, policy, version):
    client = signed_in(admin)
    sent = {"title": "Access needs", "kind": "law", "kept_by": "Legal", "source": "example.org/law", "hint-contact": "As they asked."}
    assert client.post(f"{policy.get_absolute_url()}edit/", sent).status_code == 302
    changed = fresh(policy)
    assert (changed.kind, changed.source, list(changed.links.all())) == ("law", "https://example.org/law", [])
    assert [(hint.place, hint.sentence) for hint in changed.hints.all()] == [("contact", "As they asked.")]
    wrong = client.post(f"{policy.get_absolute_url()}edit/", {**sent, "source": "javascript:alert(1)", "services": ["999999"]})
    assert wrong.status_code == 422 and "Legal" in wrong.content.decode()
    assert client.post(f"{policy.get_absolute_url()}end/").status_code == 302
    assert "Does not apply any more" in signed_in(ana).get(policy.get_absolute_url()).content.decode()


def test_by_api_policies_are_read_and_acknowledged(ana, admin, policy, version):
    client = signed_in(ana)
    waiting = client.get("/api/v1/policies/?to_acknowledge=true").json()
    assert [(one["ref"], one["version"]) for one in waiting["results"]] == [(policy.ref, 1)]
    whole = client.get(f"/api/v1/policies/{policy.ref}/").json()
    assert (whole["body"], whole["services"][0]["name"], {one["place"] for one in whole["hints"]}) == ("Ask first.", "Room moves", {"situation", "promise"})
    address = f"/api/v1/policies/{policy.ref}/acknowledge/"
    assert client.post(address, {"read": 7}, content_type="application/json").status_code == 412
    said = client.post(address, {"read": 1}, content_type="application/json")
    assert said.status_code == 200 and said.json()["policy"] == policy.ref
    assert client.get("/api/v1/policies/?to_acknowledge=true").json()["results"] == []
    publish(admin, make_agreement(make_team("Shop"), service="Returns").agreement.point.service, title="Theirs")
    service = version.agreement.point.service_id
    assert [one["title"] for one in client.get(f"/api/v1/policies/?service={service}").json()["results"]] == ["Access needs"]
    assert Policy.objects.count() == 2 and len(client.get("/api/v1/policies/").json()["results"]) == 1


def test_wordings_are_compared_word_by_word():
    pieces = compared("Ask each guest.\n\nNever guess.", "Ask every guest twice.\n\nNever guess.")
    assert "".join(one.text for one in pieces if one.what != "in") == "Ask each guest.\n\nNever guess."
    assert "".join(one.text for one in pieces if one.what != "out") == "Ask every guest twice.\n\nNever guess."
    assert Piece("out", "each") in pieces and Piece("in", "every") in pieces


def test_a_policy_published_for_later_says_so_and_the_one_before_holds(ana, admin, policy):
    ahead = timezone.now().date() + timedelta(days=9)
    operations.draft(policy=policy, by=admin, at=timezone.now(), wording=Wording("Ask twice.", ahead, "Twice."))
    operations.publish(policy=policy, by=admin, at=timezone.now())
    text = signed_in(ana).get(policy.get_absolute_url()).content.decode()
    assert "Not in force yet." in text and "To come" in text
