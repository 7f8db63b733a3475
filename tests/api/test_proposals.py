"""Agreements as living documents, by the REST API: propose, answer, decide, withdraw, comment, review."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handover.agreements.models import AgreementVersion
from tests.stories import make_agreement, make_colleague, make_team


@pytest.fixture
def agreed(desk):
    return make_agreement(desk.team, trigger="At half past six", must=("Which room?",))


@pytest.fixture
def address(agreed):
    return f"/agreements/{agreed.agreement.ref}/"


def test_a_change_is_proposed_discussed_changed_and_agreed(desk, address):
    made = desk.as_ana.do(f"{address}propose/", trigger="At six", named=[desk.lea.pk, desk.ben.pk], why="The kitchen closes", read=1)
    (proposal,) = made["proposal"]
    assert (made["version"], made["trigger"], proposal["version"], proposal["trigger"]) == (1, "At half past six", 2, "At six")
    assert [one["question"] for one in proposal["required"]] == ["Which room?"]  # what is left out stays
    assert {one["colleague"]["name"]: one["answer"] for one in proposal["answers"]} == {"Ana": "agree", "Ben": "", "Lea": ""}
    (owed,) = desk.as_ben.read("/agreements/?owed_by_me=true").json()["results"]
    assert (owed["ref"], owed["version"], owed["state"]) == (made["ref"], 2, "proposed")
    desk.as_ben.do(f"{address}comment/", words="Which kitchen?")
    desk.as_ben.do(f"{address}answer/", answer="change", words="Quarter past", line="When it is right to hand over")
    desk.as_ana.do(f"{address}revise/", trigger="At a quarter past six", read=1)
    late = desk.as_ben.send(f"{address}answer/", {"answer": "agree", "read": 1})
    assert late.status_code == 412
    assert desk.as_lea.do(f"{address}answer/", answer="agree", read=2)["version"] == 1
    done = desk.as_ben.do(f"{address}answer/", answer="agree", read=2)
    assert (done["version"], done["trigger"], done["state"], done["proposal"]) == (2, "At a quarter past six", "in_force", [])
    assert [(one["version"], one["state"]) for one in done["versions"]] == [(2, "in_force"), (1, "ended")]
    assert desk.as_ana.read("/agreements/?owed_by_me=true").json()["results"] == []


def test_no_token_agrees_for_a_person(desk, address):
    answer = desk.as_booking.send(f"{address}propose/", {"trigger": "At six", "named": [desk.lea.pk]})
    assert answer.status_code == 403
    desk.as_ana.do(f"{address}propose/", trigger="At six", named=[desk.lea.pk])
    for verb, body in (("answer", {"answer": "agree"}), ("decide", {"in_force": True, "reason": "x"}), ("comment", {"words": "x"}), ("withdraw", {})):
        assert desk.as_booking.send(f"{address}{verb}/", body).status_code == 403, verb
    assert desk.as_booking.read(address).json()["proposal"][0]["trigger"] == "At six"


def test_a_lead_decides_after_the_deadline_and_sets_the_next_review(desk, address):
    desk.as_ana.do(f"{address}propose/", trigger="At six", named=[desk.lea.pk])
    early = desk.as_lea.send(f"{address}decide/", {"in_force": True, "reason": "It is late"})
    assert (early.status_code, "still have time" in early.json()["detail"]) == (409, True)
    AgreementVersion.objects.proposed().update(answer_by=timezone.now() - timedelta(minutes=1))
    done = desk.as_lea.do(f"{address}decide/", in_force=True, reason="It is late")
    assert (done["version"], done["versions"][0]["decided_by"]["name"], done["versions"][0]["decided_why"]) == (2, "Lea", "It is late")
    ahead = (timezone.now() + timedelta(days=60)).date().isoformat()
    assert desk.as_lea.do(f"{address}review/", review_on=ahead)["review_on"] == ahead
    assert desk.as_lea.send(f"{address}review/", {"review_on": "2001-01-01"}).status_code == 422
    assert desk.as_ana.send(f"{address}review/", {"review_on": ahead}).status_code == 403


def test_a_first_agreement_and_the_refusals_of_its_terms(desk, agreed):
    point = agreed.agreement.point_id
    body = {"point": point, "applies": "during", "channel": "Radio 2", "means": "phone", "named": [desk.lea.pk]}
    made = desk.as_ana.send("/agreements/", body)
    assert (made.status_code, made.json()["state"], made.json()["means"]) == (201, "proposed", "phone")
    assert desk.as_ana.read(made["Location"]).json()["warm"] is True
    again = desk.as_ana.send("/agreements/", body)
    assert (again.status_code, "already" in again.json()["detail"]) == (422, True)
    stranger = make_colleague("Nia", make_team("Night"))
    for wrong in ({"named": []}, {"named": [stranger.pk]}, {"receiving_roles": [999]}, {"to_team": 999}, {"check_rule": "after"}, {"answer": 1}):
        sent = desk.as_ana.send("/agreements/", {**body, "applies": "between", **wrong})
        assert sent.status_code in (400, 422), wrong
    assert AgreementVersion.objects.count() == 2


def test_the_receiving_team_sees_it_and_answers(desk, address):
    night = make_team("Night")
    nia = make_colleague("Nia", night)
    desk.as_ana.do(f"{address}propose/", to_team=night.pk, named=[desk.lea.pk, nia.pk])
    as_nia = type(desk.as_ana)()
    as_nia.force_login(nia)
    assert as_nia.read("/agreements/?proposed=true").json()["results"][0]["to_team"]["name"] == "Night"
    as_nia.do(f"{address}answer/", answer="agree")
    assert desk.as_lea.do(f"{address}answer/", answer="agree")["to_team"]["name"] == "Night"
