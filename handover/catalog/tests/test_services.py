"""Leads say what the team delivers, step by step; points with an agreement keep their step whatever is moved."""

import pytest

from common.errors import Invalid, NotAllowed
from handover.agreements import operations as agreements
from handover.agreements.operations import Terms
from handover.catalog import operations
from handover.catalog.models import Service
from handover.catalog.queries import services_of
from handover.catalog.words import StepWords
from tests.stories import FOUR_PM, make_colleague, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make_colleague("Lee Lead", make_team(), lead=True)


@pytest.fixture
def service(lead):
    steps = [StepWords("Take the request", "Desk"), StepWords("Find a room", "Desk", point=True, point_name="Desk to night"), StepWords("Move the guest")]
    return operations.add_service(team=lead.memberships.get().team, by=lead, at=FOUR_PM, name="Room moves", steps=steps)


def names(service):
    return [step.name for step in service.steps.order_by("position")]


def form_of(service):
    """What the page would send, unchanged."""
    sent = {"name": service.name, "relies_on_teamwork": "on"}
    for number, step in enumerate(service.steps.order_by("position"), start=1):
        point = step.handover_points.first()
        sent |= {f"step-{number}-id": step.pk, f"step-{number}-place": number, f"step-{number}-name": step.name, f"step-{number}-done_by": step.done_by}
        sent |= {f"step-{number}-point": "on", f"step-{number}-point_name": point.name} if point else {}
    return sent


def test_steps_are_moved_renamed_added_and_removed_and_an_agreed_point_goes_with_its_step(lead, service, client):
    point = service.handover_points.get()
    agreements.make(point=point, by=lead, at=FOUR_PM, terms=Terms())
    client.force_login(lead)
    sent = form_of(service) | {"step-1-name": "", "step-3-place": "1", "step-2-name": "Find a warm room", "step-2-point_name": "Desk to the night porter"}
    sent |= {"step-4-name": "Tell the guest", "step-4-point": "on"}
    assert client.post(f"/services/{service.pk}/edit/", sent).status_code == 302
    assert names(service) == ["Move the guest", "Find a warm room", "Tell the guest"]
    point.refresh_from_db()
    assert (point.after_step.name, point.letter, point.name) == ("Find a warm room", "A", "Desk to the night porter")
    assert [one.letter for one in service.handover_points.all()] == ["A", "B"]


def test_a_row_that_is_moved_down_goes_after_the_one_that_is_there(lead, service, client):
    client.force_login(lead)
    assert client.post(f"/services/{service.pk}/edit/", form_of(service) | {"step-1-place": "3"}).status_code == 302
    assert names(service) == ["Find a room", "Move the guest", "Take the request"]


def test_a_step_before_an_agreed_point_is_not_removed_and_what_was_typed_stays(lead, service, client):
    agreements.make(point=service.handover_points.get(), by=lead, at=FOUR_PM, terms=Terms())
    client.force_login(lead)
    refused = client.post(f"/services/{service.pk}/edit/", form_of(service) | {"step-2-name": "", "step-4-name": "Tell the guest"})
    assert refused.status_code == 422
    assert "has an agreement after it" in refused.content.decode()
    assert "Tell the guest" in refused.content.decode()
    assert names(service) == ["Take the request", "Find a room", "Move the guest"]


def test_a_step_of_another_service_cannot_be_slipped_in(lead, service):
    other = operations.add_service(team=service.team, by=lead, at=FOUR_PM, name="Lost property", steps=[StepWords("Write it down")])
    foreign = StepWords("Mine now", id=other.steps.get().pk)
    with pytest.raises(Invalid, match="not there any more"):
        operations.change_service(service=service, by=lead, at=FOUR_PM, name="Room moves", relies_on_teamwork=True, description="", steps=[foreign])
    assert names(other) == ["Write it down"]


def test_nonsense_is_refused_with_a_sentence(lead, service):
    team = service.team
    with pytest.raises(Invalid, match="of this name"):
        operations.add_service(team=team, by=lead, at=FOUR_PM, name="room MOVES")
    with pytest.raises(Invalid, match="relies on teamwork"):
        operations.add_service(team=team, by=lead, at=FOUR_PM, name="Gift cards", relies_on_teamwork=False, steps=[StepWords("Sell it", point=True)])


def test_members_read_leads_decide_and_strangers_find_nothing(lead, service, client):
    member = make_colleague("Amara", service.team)
    with pytest.raises(NotAllowed):
        operations.add_service(team=service.team, by=member, at=FOUR_PM, name="Gift cards")
    client.force_login(member)
    assert "Find a room" in client.get("/services/").content.decode()
    assert client.get(f"/services/{service.pk}/edit/").status_code == client.get("/services/new/").status_code == 403
    client.force_login(make_colleague("Sam", make_team("Elsewhere"), lead=True))
    assert "Find a room" not in client.get("/services/").content.decode()
    for address in (f"/services/{service.pk}/edit/", f"/services/?service={service.pk}", "/services/?service=nonsense"):
        assert client.get(address).status_code == 404


def test_the_map_costs_the_same_however_much_there_is(lead, service, client, django_assert_max_num_queries):
    for number in range(8):
        operations.add_service(team=service.team, by=lead, at=FOUR_PM, name=f"Service {number}", steps=[StepWords("Begin", point=True), StepWords("End")])
    assert {(one.step_count, one.point_count, one.open_count) for one in services_of(service.team)} == {(3, 1, 1), (2, 1, 1)}
    client.force_login(lead)
    with django_assert_max_num_queries(23):
        client.get("/services/")
    assert Service.objects.count() == 9
