"""Figures point out services that change hands although nobody marked them, and the other way round: counted, with the rule in words."""

from datetime import timedelta

import pytest

from common.errors import Invalid, NotAllowed
from handover.board.teamwork_queries import FEWEST, LOOKED_AT, changes_hands
from handover.catalog import operations
from handover.catalog.models import Service
from handover.catalog.words import StepWords, SystemWords
from tests.stories import FOUR_PM, fresh, make_accepted, make_action, make_colleague, make_offer, make_team

pytestmark = pytest.mark.django_db
LATER = FOUR_PM + timedelta(days=3)


@pytest.fixture
def desk():
    team = make_team()
    return make_colleague("Lee Lead", team, lead=True), make_colleague("Amara", team), make_colleague("Tom", team)


@pytest.fixture
def service(desk):
    return operations.add_service(team=desk[0].memberships.get().team, by=desk[0], at=FOUR_PM - timedelta(days=90), name="Gift cards", relies_on_teamwork=False)


def pass_on(service, giver, receiver, count, at=FOUR_PM):
    for number in range(count):
        make_accepted(giver, receiver, at=at, action=make_action(giver, at=at, title=f"Card {number}", service=service))


def judged(service, at=LATER):
    return changes_hands([fresh(service)], at=at)[service.pk]


def test_a_service_that_changes_hands_is_pointed_out_from_the_third_action_on(desk, service):
    _, amara, tom = desk
    pass_on(service, amara, tom, FEWEST - 1)
    make_action(amara, service=service)
    make_offer(amara, tom, action=make_action(amara, service=service))  # nobody has accepted it
    assert (judged(service).points_out, judged(service).sentence) == ("", "2 of 4 actions changed hands in the last 28 days.")
    pass_on(service, amara, tom, 1)
    assert judged(service).points_out == "mark"
    assert "At least 3 actions" in judged(service).rule
    assert judged(service, FOUR_PM + LOOKED_AT + timedelta(days=1)).points_out == ""


def test_an_action_that_went_through_three_hands_counts_once(desk, service):
    lead, amara, tom = desk
    item = make_accepted(amara, tom, action=make_action(amara, service=service))
    make_accepted(tom, lead, action=fresh(item.action))
    make_accepted(lead, amara, action=fresh(item.action))
    assert judged(service).handed_over == 1


def test_one_that_is_marked_and_never_handed_over_is_pointed_out_once_it_is_old_enough(desk, service):
    lead, amara, tom = desk
    Service.objects.update(relies_on_teamwork=True)
    young = operations.add_service(team=lead.memberships.get().team, by=lead, at=FOUR_PM, name="Room moves")
    found = changes_hands(Service.objects.all(), at=LATER)
    assert (found[service.pk].points_out, found[young.pk].points_out) == ("unmark", "")
    assert found[service.pk].sentence == "No action in the last 28 days."
    pass_on(service, amara, tom, 1)
    assert judged(service).points_out == ""


def test_marking_is_for_leads_and_a_service_with_points_stays_marked(desk, service):
    lead, amara, _ = desk
    with pytest.raises(NotAllowed):
        operations.mark_teamwork(service=service, by=amara, at=LATER, relies=True)
    operations.mark_teamwork(service=service, by=lead, at=LATER, relies=True)
    assert fresh(service).relies_on_teamwork
    operations.change_service(
        service=service, by=lead, at=LATER, name="Gift cards", relies_on_teamwork=True, description="", steps=[StepWords("Sell", point=True)]
    )
    with pytest.raises(Invalid, match="relies on teamwork"):
        operations.mark_teamwork(service=service, by=lead, at=LATER, relies=False)


def test_the_map_costs_the_same_however_many_services_there_are(desk, service, django_assert_num_queries):
    lead = desk[0]
    for number in range(5):
        operations.add_service(team=service.team, by=lead, at=FOUR_PM, name=f"Service {number}")
    services = list(Service.objects.all())
    with django_assert_num_queries(3):
        assert len(changes_hands(services, at=LATER)) == 6


def test_who_is_involved_is_named_by_steps_and_by_the_service_and_foreign_job_roles_are_refused(desk, service):
    lead = desk[0]
    finance = make_team("Finance")
    officer, host = (make_colleague(name, team, role=role) for name, team, role in (("Helen", finance, "finance officer"), ("Ines", service.team, "host")))
    role_of = {person.pk: person.memberships.get().job_roles.get().pk for person in (officer, host)}
    same = {"service": service, "by": lead, "at": LATER, "name": "Gift cards", "relies_on_teamwork": True, "description": ""}
    with pytest.raises(Invalid, match="not involved"):
        operations.change_service(**same, steps=[StepWords("Refund", role_ids=[role_of[officer.pk]])])
    steps = [StepWords("Sell it", role_ids=[role_of[host.pk]]), StepWords("Refund", team_id=finance.pk, role_ids=[role_of[officer.pk]])]
    systems = [SystemWords("Till", "https://till.example.org/"), SystemWords("Safe")]
    operations.change_service(**same, steps=steps, systems=systems, procedure="Count it twice.")
    assert [list(step.job_roles.values_list("name", flat=True)) for step in service.steps.all()] == [["host"], ["finance officer"]]
    assert [system.name for system in service.systems.all()] == ["Till", "Safe"]
    assert fresh(service).procedure == "Count it twice."


def test_a_link_that_would_run_something_is_refused_with_a_sentence(desk, service, client):
    client.force_login(desk[0])
    sent = {"name": "Gift cards", "system-1-name": "Till", "system-1-address": "javascript:alert(1)"}
    refused = client.post(f"/services/{service.pk}/edit/", sent)
    assert refused.status_code == 422
    assert not service.systems.exists()
    assert client.post(f"/services/{service.pk}/edit/", sent | {"system-1-address": "ftp://till.example.org/"}).status_code == 422
    assert client.post(f"/services/{service.pk}/edit/", sent | {"system-1-address": "till.example.org"}).status_code == 302
    assert service.systems.get().address == "https://till.example.org"
    assert 'href="https://till.example.org"' in client.get(f"/services/?service={service.pk}").content.decode()
