"""What was agreed and planned, by the REST API: services, agreements in force, shifts."""

from datetime import time, timedelta

import pytest
from django.core.management import call_command

from audit.operations import seal
from handover.agreements import operations as agreements
from handover.agreements.operations import Asked, Terms
from handover.catalog import operations as catalog
from handover.catalog.words import StepWords
from handover.shifts import operations as shifts
from tests.stories import FOUR_PM, make_shift


@pytest.fixture
def moves_of_rooms(desk):
    steps = [StepWords("Take the request", "Front desk", point=True), StepWords("Move the guest", "Night")]
    return catalog.add_service(team=desk.team, by=desk.lea, at=FOUR_PM, name="Room moves", steps=steps)


@pytest.fixture
def agreed(desk, moves_of_rooms):
    terms = Terms(trigger="Not moved yet", accept_within={"urgent": 4}, read_back=["urgent"], required=[Asked("Which room?")])
    return agreements.make(point=moves_of_rooms.handover_points.get(), by=desk.lea, at=FOUR_PM, terms=terms)


def test_a_service_comes_with_its_steps_and_handover_points(desk, moves_of_rooms):
    (found,) = desk.as_booking.read(f"/services/?team={desk.team.pk}&relies_on_teamwork=true").json()["results"]
    assert (found["name"], "steps" in found) == ("Room moves", False)
    whole = desk.as_booking.read(f"/services/{found['id']}/").json()
    assert [step["name"] for step in whole["steps"]] == ["Take the request", "Move the guest"]
    assert [(point["letter"], point["after_step"]) for point in whole["handover_points"]] == [("A", 1)]


def test_an_agreement_in_force_comes_with_what_a_form_needs(desk, agreed):
    ref = agreed.agreement.ref
    terms = Terms(read_back=["soon"], required=[Asked("Which room?", soon="must")])
    agreements.propose(agreement=agreed.agreement, by=desk.lea, at=FOUR_PM, terms=terms, reason="Tried out")
    (found,) = desk.as_ana.read(f"/agreements/?service={agreed.agreement.point.service_id}").json()["results"]
    assert (found["ref"], found["version"], found["service"]["name"], found["handover_point"]) == (ref, 2, "Room moves", "A")
    whole = desk.as_ana.read(f"/agreements/{ref}/").json()
    assert [(asked["question"], asked["soon"]) for asked in whole["required"]] == [("Which room?", "must")]
    assert {limit["urgency"]: limit["read_back"] for limit in whole["limits"]} == {"routine": False, "soon": True, "urgent": False}


def test_shifts_are_found_by_when_they_run_and_who_is_on(desk):
    late = make_shift(desk.team, "Late", FOUR_PM - timedelta(hours=1), FOUR_PM + timedelta(hours=7), desk.ana)
    night = make_shift(desk.team, "Night", FOUR_PM + timedelta(hours=7), FOUR_PM + timedelta(hours=15), desk.ben)

    def refs(query: str) -> list[str]:
        return [shift["ref"] for shift in desk.as_ana.read(f"/shifts/?{query}").json()["results"]]

    assert refs("") == [late.ref, night.ref]
    assert refs("running_at=2026-03-02T23:00:00Z") == refs("since=2026-03-02T23:00:00Z") == refs(f"colleague={desk.ben.pk}") == [night.ref]
    assert refs("until=2026-03-02T23:00:00Z") == [late.ref]
    assert desk.as_ana.read(f"/shifts/{late.ref}/").json()["colleagues"] == [{"id": desk.ana.pk, "name": "Ana"}]


@pytest.mark.django_db(transaction=True)  # only what is committed is sealed
def test_a_client_asks_only_for_what_changed(desk, agreed):
    seal()
    lists = {name: desk.as_ana.read(f"/{name}/").json() for name in ("services", "agreements", "shifts")}
    position = lists["services"]["next_updated_since"]
    assert [len(lists[name]["results"]) for name in lists] == [1, 1, 0]
    for name in lists:
        assert desk.as_ana.read(f"/{name}/?updated_since={position}").json()["results"] == []
    shifts.add_pattern(team=desk.team, by=desk.lea, at=FOUR_PM, name="Late", starts=time(15), ends=time(23), weekdays=[1, 2], crew=[desk.ana])
    agreements.propose(agreement=agreed.agreement, by=desk.lea, at=FOUR_PM, terms=Terms(), reason="Tried out")
    seal()
    assert desk.as_ana.read(f"/agreements/?updated_since={position}").json()["results"][0]["version"] == 2
    assert len(desk.as_ana.read(f"/shifts/?updated_since={position}").json()["results"]) >= 4
    assert desk.as_ana.read(f"/services/?updated_since={position}").json()["results"] == []


def test_foreign_ones_are_not_found_and_nobody_writes(desk, shop, agreed):
    shift = make_shift(desk.team, "Late", FOUR_PM, FOUR_PM + timedelta(hours=7))
    places = [f"/services/{agreed.agreement.point.service_id}/", f"/agreements/{agreed.agreement.ref}/", f"/shifts/{shift.ref}/"]
    for place in places:
        assert desk.as_ben.read(place).status_code == 200
        assert shop.as_sam.read(place).status_code == 404
        assert desk.as_lea.send(place, {}).status_code == 405
    for name in ("services", "agreements", "shifts"):
        assert shop.as_sam.read(f"/{name}/?team={desk.team.pk}").json()["results"] == []


def test_the_document_knows_them(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
