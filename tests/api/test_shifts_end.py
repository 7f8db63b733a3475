"""What a shift leaves to the next, by the REST API: notes, and the signed report."""

import pytest
from django.utils import timezone

from audit.operations import seal
from handover.reports import operations as reports
from tests import pdf
from tests.stories import hours, make_action, make_offer, make_shift, minutes


@pytest.fixture
def late(desk):
    """Ana's Late has just ended, Ben's Night runs; Ana handed one action to Ben."""
    now = timezone.now()
    shift = make_shift(desk.team, "Late", now - hours(8), now - minutes(2), desk.ana)
    make_shift(desk.team, "Night", now - minutes(30), now + hours(8), desk.ben)
    make_offer(desk.ana, desk.ben, at=now - minutes(10), action=make_action(desk.ana, at=now - hours(1), title="Move Mrs Ellis", customer_name="Mrs Ellis"))
    return shift


def test_an_integration_leaves_a_note_and_a_colleague_changes_and_resolves_it(desk):
    made = desk.as_booking.do("/shift-notes/", text="The booking system is down", topic="Systems", pinned=True)
    ref = made["ref"]
    assert (made["team"]["id"], made["by"]["name"], made["expires_at"]) == (desk.team.pk, desk.booking.name, None)
    changed = desk.as_ana.send(f"/shift-notes/{ref}/", {"text": "It is up again"}, method="patch", if_match='"1"')
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    whole = desk.as_ben.read(f"/shift-notes/{ref}/").json()
    assert [(old["number"], old["text"]) for old in whole["versions"]] == [(1, "The booking system is down")]
    assert desk.as_booking.send(f"/shift-notes/{ref}/resolve/", {}).status_code == 403
    assert desk.as_ben.do(f"/shift-notes/{ref}/resolve/", reason="Works")["resolved_by"]["name"] == "Ben"
    assert [desk.as_ana.read(f"/shift-notes/?standing={which}").json()["results"] == [] for which in ("true", "false")] == [True, False]


def test_an_older_version_of_a_note_is_refused_with_what_it_says_now(desk):
    ref = desk.as_ana.do("/shift-notes/", team=desk.team.pk, text="Lift 2 is off")["ref"]
    desk.as_ben.send(f"/shift-notes/{ref}/", {"text": "Lift 2 works"}, method="patch", if_match='"1"')
    assert desk.as_ana.send(f"/shift-notes/{ref}/", {"text": "Lift 2 is slow"}, method="patch", if_match='"1"').status_code == 412


@pytest.mark.parametrize(
    "wrong", [{"lasts": "until"}, {"audience": "named"}, {"lasts": "until", "expires_at": "2020-01-01T00:00:00Z"}, {"audience": "named", "shift_name": "Dawn"}]
)
def test_a_note_that_makes_no_sense_is_refused_by_field(desk, wrong):
    refused = desk.as_ana.send("/shift-notes/", {"team": desk.team.pk, "text": "Lift 2 is off", **wrong})
    assert refused.status_code == 422


def test_row_31_a_report_is_read_signed_by_both_added_to_and_found(desk, late):
    # Given a report that follows the shift
    address = f"/shift-reports/{late.ref}/"
    whole = desk.as_ana.read(address).json()
    assert (whole["fixed_at"], whole["content"]["figures"][0]["value"], whole["signatures"]) == (None, 1, [])
    assert [one["ref"] for one in desk.as_booking.read("/shift-reports/?signed=false").json()["results"]] == [late.ref]

    # When both sides sign, the incoming one not first
    assert desk.as_ben.send(f"{address}sign/", {"side": "incoming"}).status_code == 409
    assert desk.as_ana.do(f"{address}sign/", side="outgoing")["digest"]
    desk.as_ben.do(f"{address}sign/", side="incoming")
    desk.as_ben.do(f"{address}add/", text="The taxi came")

    # Then it says who signed, and what was added
    whole = desk.as_booking.read(address).json()
    assert [(one["side"], one["by"]["name"]) for one in whole["signatures"]] == [("outgoing", "Ana"), ("incoming", "Ben")]
    assert [one["text"] for one in whole["addenda"]] == ["The taxi came"] and "Ellis" not in str(whole["content"])
    assert [one["ref"] for one in desk.as_ana.read("/shift-reports/?signed=true").json()["results"]] == [late.ref]
    assert desk.as_ana.read("/shift-reports/?signed=false").json()["results"] == []


def test_row_32_signing_on_behalf_needs_a_reason_and_a_colleague_of_that_shift(desk, late):
    address = f"/shift-reports/{late.ref}/sign/"
    assert desk.as_lea.send(address, {"side": "outgoing"}).status_code == 403
    assert desk.as_lea.send(address, {"side": "outgoing", "on_behalf_of": desk.ana.pk}).status_code == 422
    assert desk.as_lea.send(address, {"side": "outgoing", "on_behalf_of": desk.ben.pk, "reason": "Ill"}).status_code == 422
    desk.as_lea.do(address, side="outgoing", on_behalf_of=desk.ana.pk, reason="She went home ill")
    assert desk.as_booking.send(address, {"side": "incoming"}).status_code == 403


@pytest.mark.django_db(transaction=True)  # only what is committed is sealed
def test_reports_that_changed_after_a_position_are_found(desk, late):
    reports.sign(shift_id=late.pk, by=desk.ana, side="outgoing", at=timezone.now())
    seal()
    first = desk.as_ana.read("/shift-reports/?updated_since=0").json()
    assert [one["ref"] for one in first["results"]] == [late.ref]
    assert desk.as_ana.read(f"/shift-reports/?updated_since={first['next_updated_since']}").json()["results"] == []


def test_another_team_sees_neither_notes_nor_reports(desk, shop, late):
    ref = desk.as_ana.do("/shift-notes/", team=desk.team.pk, text="Lift 2 is off")["ref"]
    for address in (f"/shift-notes/{ref}/", f"/shift-reports/{late.ref}/"):
        assert shop.as_sam.read(address).status_code == 404
    assert shop.as_sam.read("/shift-notes/").json()["results"] == []
    assert shop.as_sam.send("/shift-notes/", {"team": desk.team.pk, "text": "Hello"}).status_code == 400


def test_the_address_of_the_pdf_is_in_the_answer_and_works_for_who_is_signed_in(desk, late):
    answer = desk.as_ana.get(desk.as_ana.read(f"/shift-reports/{late.ref}/").json()["pdf"])
    (page,) = pdf.pages(answer.content)
    assert answer["Content-Type"] == "application/pdf" and "Not signed yet." in page
