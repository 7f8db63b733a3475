"""One action through the API from end to end: the same moves as by the pages."""

from datetime import timedelta

from django.utils import timezone

from handover.actions.models import Action
from handover.checks.models import Check
from handover.handovers.models import Item


def later(minutes):
    return (timezone.now() + timedelta(minutes=minutes)).isoformat()


def test_a_promise_travels_from_a_booking_system_through_two_colleagues_and_back(desk):
    # Given that the booking system logs what it promised, for Ana
    made = desk.as_booking.send(
        "/actions/",
        {"title": "Warm room for Mrs Ellis", "promise": "A warm room", "promised_by": later(120), "urgency": "soon", "responsible": desk.ana.pk,
         "customer_reference": "214", "external_ref": "B-77"},
    )  # fmt: skip
    assert (made.status_code, made.json()["responsible"]) == (201, {"id": desk.ana.pk, "name": "Ana"})
    ref = made.json()["ref"]
    assert made["Location"].endswith(f"/api/v1/actions/{ref}/") and made["ETag"] == '"1"'

    # When Ana offers it to Ben, who asks, reads the answer, and accepts
    entry = {"action": ref, "situation": "Radiator cold.", "next_step": "Walk her to 308.", "done_so_far": "308 is warm.", "if_then": "Heaters."}
    offered = desk.as_ana.do("/handovers/", entries=[entry], to=desk.ben.pk, when="in_shift")
    item = offered["items"][0]["ref"]
    desk.as_ben.do(f"/items/{item}/see/")
    assert desk.as_ben.do(f"/items/{item}/query/", text="Which floor?")["state"] == "queried"
    assert desk.as_ana.do(f"/items/{item}/answer-query/", text="The third.")["state"] == "offered"
    accepted = desk.as_ben.do(f"/items/{item}/accept/", read_back="I walk her to 308.")
    assert (accepted["state"], accepted["accepted_by"]["name"]) == ("accepted", "Ben")
    assert desk.as_ana.do(f"/items/{item}/read-back/", right=True)["read_back_right"] is True

    # Then Ben is responsible, and Ana asks him
    assert desk.as_booking.read(f"/actions/{ref}/").json()["responsible"]["name"] == "Ben"
    check = Check.objects.get(item__ref=item).ref
    assert desk.as_ana.do(f"/checks/{check}/ask/", question="Is she warm?")["state"] == "asked"

    # When Ben cannot, Ana takes it back, completes it, and the item has gone from her list
    assert desk.as_ben.do(f"/checks/{check}/answer/", outcome="unable", words="308 is flooded.")["outcome"] == "unable"
    owed = desk.as_ana.read("/follow-ups/?decided=false").json()["results"]
    assert [(one["check"], one["owed_by"]["name"]) for one in owed] == [(check, "Ana")]
    assert desk.as_ana.do(f"/follow-ups/{owed[0]['ref']}/decide/", decision="take_back")["decision"] == "take_back"
    assert desk.as_ana.do(f"/actions/{ref}/complete/", words="Heaters did it.")["state"] == "completed"
    assert Action.objects.get(ref=ref).closing_words == "Heaters did it."
    assert Item.objects.get(ref=item).state == "taken_back"


def test_a_giver_sees_the_outcome_or_objects(desk):
    ref = desk.as_ana.do("/actions/", title="Call back", responsible=desk.ana.pk)["ref"]
    entry = {"action": ref, "situation": "S", "next_step": "N", "missing_reason": "No time"}
    item = desk.as_ana.do("/handovers/", entries=[entry], to=desk.ben.pk, when="in_shift")["items"][0]["ref"]
    desk.as_ben.do(f"/items/{item}/accept/")
    desk.as_ben.do(f"/actions/{ref}/complete/")
    assert desk.as_ben.do(f"/actions/{ref}/undo/")["state"] == "held"
    desk.as_ben.do(f"/actions/{ref}/complete/")
    assert desk.as_ana.do(f"/items/{item}/not-so/", reason="She called again.")["state"] == "accepted"
    desk.as_ben.do(f"/actions/{ref}/close/", reason="She withdrew it.")
    assert desk.as_ana.do(f"/items/{item}/seen/")["seen_through_at"]
    assert desk.as_lea.do(f"/actions/{ref}/reopen/", reason="Not yet.")["state"] == "held"


def test_what_else_happens_to_an_offer(desk):
    ref = desk.as_ana.do("/actions/", title="Call back", responsible=desk.ana.pk)["ref"]
    entry = {"action": ref, "situation": "S", "next_step": "N", "missing_reason": "No time"}

    def offer():
        return desk.as_ana.do("/handovers/", entries=[entry], to=desk.ben.pk, when="in_shift")["items"][0]["ref"]

    item = offer()
    assert desk.as_ben.do(f"/items/{item}/decline/", reason="Full.")["state"] == "declined"
    assert desk.as_ben.do(f"/items/{item}/undo-decline/")["state"] == "offered"
    assert desk.as_ana.do(f"/items/{item}/withdraw/")["state"] == "withdrawn"
    item = offer()
    desk.as_ana.do(f"/items/{item}/remind/", remind_at=later(30))
    desk.as_ben.do(f"/items/{item}/accept/")
    assert desk.as_ana.do(f"/items/{item}/take-back/")["state"] == "taken_back"
    assert desk.as_ana.read(f"/actions/{ref}/").json()["responsible"]["name"] == "Ana"


def test_words_about_an_action(desk):
    made = desk.as_booking.do("/actions/", title="Call back")
    ref = made["ref"]
    assert made["state"] == "pool"
    assert desk.as_ben.do(f"/actions/{ref}/claim/")["responsible"]["name"] == "Ben"
    desk.as_ana.do(f"/actions/{ref}/notes/", text="She prefers mornings.\nNot Mondays.")
    desk.as_ana.do(f"/actions/{ref}/contacts/", channel="telephone", chased=True)
    new = later(60)
    assert desk.as_ben.do(f"/actions/{ref}/promise/", promised_by=new, customer_told=True, promise="By noon")["promise"] == "By noon"
    whole = desk.as_booking.read(f"/actions/{ref}/").json()
    assert [note["text"] for note in whole["notes"]] == ["She prefers mornings.\nNot Mondays."]
    assert [(one["chased"], one["by"]["name"]) for one in whole["contacts"]] == [(True, "Ana")]
    assert desk.as_lea.do(f"/actions/{ref}/reassign/", to=desk.ana.pk, reason="Ben is off.")["responsible"]["name"] == "Ana"
    assert desk.as_lea.do(f"/actions/{ref}/reassign/", to=None, reason="Nobody is on.")["state"] == "pool"


def test_an_integration_never_accepts_and_offers_only_what_it_made(desk):
    theirs = desk.as_ana.do("/actions/", title="Ana's", responsible=desk.ana.pk)["ref"]
    own = desk.as_booking.do("/actions/", title="The system's", responsible=desk.ana.pk)["ref"]

    def entry(ref):
        return {"entries": [{"action": ref, "situation": "S", "next_step": "N", "missing_reason": "M"}], "to": desk.ben.pk, "when": "in_shift"}

    assert desk.as_booking.send("/handovers/", entry(theirs)).status_code == 403
    item = desk.as_booking.do("/handovers/", **entry(own))["items"][0]
    assert (item["giver"]["name"], item["offered_by"]["name"]) == ("Ana", "Booking system")
    refused = desk.as_booking.send(f"/items/{item['ref']}/accept/", {})
    assert (refused.status_code, refused.json()["title"]) == (403, "You may not do this")
    assert desk.as_booking.do(f"/items/{item['ref']}/withdraw/")["state"] == "withdrawn"
