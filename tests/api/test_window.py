"""The end of a shift by the REST API: what falls due, what is put off, decided and left, and the whole handover."""

import pytest
from django.utils import timezone

from handover.actions.models import Action
from handover.shifts.ends import owe_ends
from tests.stories import hours, make_action, make_offer, make_shift, minutes


@pytest.fixture
def late(desk):
    now = timezone.now()
    shift = make_shift(desk.team, "Late", now - hours(7), now + minutes(20), desk.ana)
    make_shift(desk.team, "Night", now, now + hours(9), desk.ben)
    owe_ends([shift], at=now - hours(1))
    return shift


def test_what_falls_due_is_told_before_it_does(desk, late):
    action = make_action(desk.ana, at=timezone.now())
    coming = desk.as_booking.read(f"/actions/{action.ref}/due/").json()
    assert [(one["rule"], one["step"]) for one in coming] == [("shift_ended", 2), ("promise", 1), ("promise", 2)]
    assert coming[0]["sentence"].startswith("If it is still held")
    make_offer(desk.ana, desk.ben, action=action, at=timezone.now(), when="end_of_shift")
    rules = {one["rule"] for one in desk.as_ben.read(f"/actions/{action.ref}/due/").json()}
    assert rules == {"not_accepted", "offer_lapses", "promise"}  # own reminders are the giver's alone


def test_an_action_is_put_off_and_brought_back(desk):
    action = make_action(desk.ana, promised_by=None)
    until = (timezone.now() + hours(30)).isoformat()
    assert desk.as_ben.send(f"/actions/{action.ref}/put-off/", {"until": until, "reason": "Later."}).status_code == 403
    put_off = desk.as_ana.do(f"/actions/{action.ref}/put-off/", until=until, reason="The part comes then.")
    assert (put_off["put_off_reason"], put_off["responsible"]["name"]) == ("The part comes then.", "Ana")
    assert desk.as_ana.do(f"/actions/{action.ref}/bring-back/")["put_off_until"] is None


def test_what_was_carried_too_far_is_decided(desk):
    action = make_action(desk.ana)
    answer = desk.as_ana.send(f"/actions/{action.ref}/decide-carried/", {"decision": "escalate", "reason": "Help."})
    assert answer.status_code == 409
    Action.objects.update(carried=4)
    refused = desk.as_ana.send(f"/actions/{action.ref}/decide-carried/", {"decision": "escalate"})
    assert refused.status_code == 422
    assert desk.as_ana.do(f"/actions/{action.ref}/decide-carried/", decision="escalate", reason="Help.")["carried"] == 4


def test_the_whole_handover_of_a_shift_and_who_leaves_it(desk, late):
    held = make_action(desk.ana, urgency="urgent")
    offered = make_offer(desk.ana, desk.ben, at=timezone.now(), when="end_of_shift")
    (part,) = desk.as_booking.read(f"/shifts/{late.ref}/handover/").json()
    assert (part["colleague"]["name"], [one["ref"] for one in part["held"]], part["held"][0]["missing"]) == (
        "Ana",
        [held.ref],
        ["Done so far", "Next step", "Plan if it goes wrong"],
    )
    assert [(one["item"], one["by_rule"]) for one in part["on_offer"]] == [(offered.ref, False)]
    assert desk.as_lea.send(f"/shifts/{late.ref}/remind/", {"colleague": desk.ana.pk}).status_code == 200
    assert desk.as_ana.send(f"/shifts/{late.ref}/leave/", {}).status_code == 422
    desk.as_ana.do(f"/shifts/{late.ref}/leave/", reason="My train goes.")
    (part,) = desk.as_lea.read(f"/shifts/{late.ref}/handover/").json()
    assert part["left_because"] == "My train goes."
