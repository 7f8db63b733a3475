"""What else is told by the API: shifts, and what a form for handing over needs to know."""

from datetime import timedelta

from django.utils import timezone

from handover.handovers.brief import NothingToHandOver
from tests.stories import make_agreement, make_shift


def test_there_is_nothing_to_hand_over(desk):
    now = timezone.now()
    shift = make_shift(desk.team, "Late", now - timedelta(hours=7), now + timedelta(hours=1), desk.ana)
    assert desk.as_ana.do(f"/shifts/{shift.ref}/nothing-to-hand-over/")["ref"] == shift.ref
    assert NothingToHandOver.objects.get().colleague == desk.ana
    assert desk.as_ben.send(f"/shifts/{shift.ref}/nothing-to-hand-over/", {}).status_code == 403


def test_a_program_finds_out_what_must_travel_and_offers_with_it(desk):
    # Given an agreement with a question that must be answered
    version = make_agreement(desk.team, must=("Which room?",), read_back=True)
    service = desk.as_booking.read("/services/").json()["results"][0]
    agreed = desk.as_booking.read(f"/agreements/?service={service['id']}").json()["results"][0]["ref"]
    asked = desk.as_booking.read(f"/agreements/{agreed}/").json()["required"]
    assert [one["question"] for one in asked] == ["Which room?"] and asked[0]["id"] == version.required.get().pk

    # When it offers without the answer, it is told which is missing; with it, the offer stands and asks for a read-back
    ref = desk.as_booking.do("/actions/", title="Move Mrs Ellis", service=service["id"], responsible=desk.ana.pk)["ref"]
    entry = {"action": ref, "situation": "Cold.", "next_step": "Walk her over.", "missing_reason": "Busy"}
    body = {"entries": [entry], "to": desk.ben.pk, "when": "in_shift"}
    refused = desk.as_booking.send("/handovers/", body)
    assert refused.status_code == 422
    assert [item["label"] for item in refused.json()["items"]] == ["Which room"]
    entry["answers"] = [{"required": asked[0]["id"], "text": "214"}]
    item = desk.as_booking.do("/handovers/", **body)["items"][0]
    assert item["read_back_needed"] is True
    brief = desk.as_ben.read(f"/items/{item['ref']}/").json()["brief"]
    assert [(one["question"], one["text"]) for one in brief["answers"]] == [("Which room?", "214")]
    assert desk.as_ben.send(f"/items/{item['ref']}/accept/", {}).json()["errors"].keys() == {"read_back"}
    assert desk.as_ben.do(f"/items/{item['ref']}/accept/", read_back="I walk her over.")["state"] == "accepted"


def test_an_offer_to_a_shift_is_taken_by_whoever_is_faster(desk):
    now = timezone.now()
    shift = make_shift(desk.team, "Night", now - timedelta(minutes=5), now + timedelta(hours=8), desk.ben, desk.lea)
    ref = desk.as_ana.do("/actions/", title="Call back", responsible=desk.ana.pk)["ref"]
    entry = {"action": ref, "situation": "S", "next_step": "N", "missing_reason": "M"}
    item = desk.as_ana.do("/handovers/", entries=[entry], to_shift=shift.ref)["items"][0]
    assert (item["receiver"], item["receiving_shift"]["ref"]) == (None, shift.ref)
    desk.as_ben.do(f"/items/{item['ref']}/accept/")
    second = desk.as_lea.send(f"/items/{item['ref']}/accept/", {})
    assert (second.status_code, second.json()["type"], second.json()["holder"]) == (409, "/api/docs/#problem-taken-by-another", desk.ben.pk)


def test_a_refused_offer_names_the_fields_of_the_body(desk):
    now = timezone.now()
    make_shift(desk.team, "Late", now - timedelta(hours=1), now + timedelta(hours=7), desk.ana, desk.lea)
    ref = desk.as_ana.do("/actions/", title="Call back", responsible=desk.ana.pk)["ref"]
    entry = {"action": ref, "situation": "S", "next_step": "N", "missing_reason": "M"}
    refused = desk.as_ana.send("/handovers/", {"entries": [entry], "to": desk.ben.pk, "when": "in_shift"})
    assert (refused.status_code, list(refused.json()["errors"])) == (403, ["to"])
    assert "Not on Late." in refused.json()["detail"] and refused.json()["possible"]
    desk.as_ana.do("/handovers/", entries=[entry], to=desk.lea.pk, when="in_shift")
    again = desk.as_ana.send("/handovers/", {"entries": [entry], "to": desk.ben.pk, "when": "in_shift"})
    assert (again.status_code, list(again.json()["errors"])) == (409, ["entries"])
