"""Services with who is involved and what changes hands, and starter sets, by the REST API."""

import pytest

from handover.catalog import operations as catalog
from handover.catalog.models import Service
from handover.catalog.words import StepWords, SystemWords
from tests.stories import FOUR_PM, fresh, make_colleague, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea(client):
    lead = make_colleague("Lea", make_team("Desk"), lead=True, role="host")
    client.force_login(lead)
    return lead


def post(client, address, body):
    return client.post(f"/api/v1/{address}", body, content_type="application/json")


def test_a_service_says_who_does_what_with_which_system_and_whether_it_changes_hands(lea, client):
    team, finance = lea.memberships.get().team, make_team("Finance")
    role = lea.memberships.get().job_roles.get()
    steps = [StepWords("Promise", point=True, information="The amount", role_ids=[role.pk]), StepWords("Pay", team_id=finance.pk)]
    systems = [SystemWords("Till", "https://till.example.org/")]
    made = catalog.add_service(team=team, by=lea, at=FOUR_PM, name="Refunds", procedure="Look first.", steps=steps, systems=systems)
    found = client.get(f"/api/v1/services/{made.pk}/").json()
    assert (found["procedure"], found["teams"], found["job_roles"]) == ("Look first.", ["Finance"], ["host"])
    assert [(step["job_roles"], step["team"]) for step in found["steps"]] == [(["host"], None), ([], {"id": finance.pk, "name": "Finance"})]
    assert found["systems"] == [{"name": "Till", "address": "https://till.example.org/"}]
    assert found["handover_points"][0]["information"] == "The amount"
    assert (found["changes_hands"]["worked_on"], found["changes_hands"]["handed_over"]) == (0, 0)


def test_a_lead_marks_a_service_and_a_member_does_not(lea, client):
    made = catalog.add_service(team=lea.memberships.get().team, by=lea, at=FOUR_PM, name="Gift cards", relies_on_teamwork=False)
    assert post(client, f"services/{made.pk}/mark/", {"relies": True}).json()["relies_on_teamwork"] is True
    assert post(client, f"services/{made.pk}/mark/", {}).status_code == 400
    client.force_login(make_colleague("Mo", made.team))
    assert post(client, f"services/{made.pk}/mark/", {"relies": False}).status_code == 403
    assert fresh(made).relies_on_teamwork


def test_a_starter_set_is_looked_at_and_adopted_once(lea, client):
    sets = {one["key"]: one for one in client.get("/api/v1/starter-sets/").json()["results"]}
    assert set(sets) == {"front-desk", "shop", "contact-centre"}
    assert client.get("/api/v1/starter-sets/shop/").json() == sets["shop"]
    first = post(client, "starter-sets/shop/adopt/", {"services": ["returns", "repairs"]})
    assert (first.status_code, len(first.json()["made"]), first.json()["had"]) == (200, 2, [])
    again = post(client, "starter-sets/shop/adopt/", {"services": ["returns", "gift-cards"]})
    assert (len(again.json()["made"]), again.json()["had"]) == (1, ["Returns and refunds"])
    assert Service.objects.count() == 3
    assert client.get("/api/v1/starter-sets/bakery/").status_code == post(client, "starter-sets/bakery/adopt/", {}).status_code == 404
    assert post(client, "starter-sets/shop/adopt/", {"services": ["room-moves"]}).status_code == 422
    assert post(client, "starter-sets/shop/adopt/", {"services": []}).status_code == 400
    client.force_login(make_colleague("Mo", lea.memberships.get().team))
    assert post(client, "starter-sets/shop/adopt/", {}).status_code == 403
