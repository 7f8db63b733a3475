"""A note for the next shift: written by one, read on the phone by the next, resolved, gone (A-K4, B-K5; rows 18, 19)."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handover.notes.models import ShiftNote
from tests.fixtures.pages import axe
from tests.journeys.letting_in import let_in
from tests.stories import hours, make_colleague, make_shift, make_team, minutes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def desk():
    """Amara is on Late, which ends soon; Tom comes on for the night."""
    now = timezone.now()
    team = make_team("Harbour View")
    amara, tom = make_colleague("Amara Osei", team), make_colleague("Tom Reid", team)
    make_shift(team, "Late", now - hours(7), now + minutes(36), amara)
    make_shift(team, "Night", now + minutes(20), now + hours(9), tom)
    return amara, tom


def test_a_k4_a_note_is_written_seen_by_the_next_shift_changed_resolved_and_gone(page, phone, desk, live_server):
    amara, tom = desk

    # Amara leaves a note, and asks that the night be told now
    let_in(page, amara, "/notes/", live_server)
    page.get_by_role("link", name="Leave a note").click()
    page.get_by_label("What should the next shift know?").fill("Lift 2 is off until Monday.\nLuggage goes by the service lift.")
    page.get_by_label("Topic").fill("Rooms and building")
    page.get_by_label("Tell the next shift now").check()
    expect(page.get_by_label("Until", exact=True)).to_be_hidden()
    assert axe(page) == []
    page.get_by_role("button", name="Leave the note").click()
    page.get_by_text("Left for the next shift.").wait_for()

    # Tom reads it on his phone: from the notice, and on the page of notes, which remembers that he saw it
    let_in(phone, tom, "/notifications/", live_server)
    phone.get_by_text("Amara Osei left a note for your shift: Rooms and building").click()
    phone.get_by_text("Luggage goes by the service lift.").wait_for()
    with phone.expect_response(lambda answer: "/notes/seen/" in answer.url):
        phone.goto("/notes/")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth") and axe(phone) == []
    assert [seen.colleague for seen in ShiftNote.objects.get().seen_by.all()] == [tom]

    # He puts it right: what it said before stays readable
    phone.get_by_role("link", name="Lift 2 is off").click()
    phone.get_by_role("link", name="Change", exact=True).click()
    phone.get_by_label("What should the next shift know?").fill("Lift 2 works again, slowly.")
    phone.get_by_role("button", name="Save").click()
    phone.get_by_role("heading", name="What it said before").wait_for()
    expect(phone.get_by_text("Lift 2 is off until Monday.")).to_be_visible()
    assert axe(phone) == []

    # In the morning it is resolved, and does not come back
    phone.get_by_label("Why, if it helps").fill("Repaired")
    phone.get_by_role("button", name="Resolve").click()
    phone.get_by_text("Resolved. It does not come back.").wait_for()
    expect(phone.get_by_role("heading", name="Nothing to know")).to_be_visible()
    expect(phone.get_by_text("Resolved by Tom Reid")).to_be_visible()


def test_a_note_that_is_something_to_do_becomes_an_action(page, desk, live_server):
    amara, _ = desk
    ShiftNote.objects.create(team=amara.memberships.get().team, text="Ring the lift engineer\nHe promised Monday", by=amara, at=timezone.now())
    let_in(page, amara, "/notes/", live_server)
    page.get_by_role("link", name="Ring the lift engineer").click()
    page.get_by_role("link", name="Make it an action").click()
    expect(page.get_by_label("What is to be done?")).to_have_value("Ring the lift engineer")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved as HV-").wait_for()


def test_nothing_typed_is_lost_without_script_where_the_time_is_missing(without_javascript, desk, live_server):
    page, (amara, _) = without_javascript, desk
    let_in(page, amara, "/notes/new/", live_server)
    page.get_by_label("What should the next shift know?").fill("Pool closes early")
    page.get_by_label("Until a time").check()
    page.get_by_role("button", name="Leave the note").click()
    page.get_by_text("Say until when the note stands.").first.wait_for()
    expect(page.get_by_label("What should the next shift know?")).to_have_value("Pool closes early")
