"""A first day: the guided practice, in a browser, from My shift to the lead's list."""

import pytest
from playwright.sync_api import expect

from handover.actions.models import Action
from handover.handovers.models import Item
from handover.practice.models import Practice
from tests.fixtures.pages import axe
from tests.journeys.letting_in import let_in
from tests.stories import make_colleague, make_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


def next_step(page, name, number):
    """Send, and look at the step that follows."""
    page.get_by_role("button", name=name).click()
    page.get_by_text(f"Step {number} of 5").wait_for()
    expect(page.get_by_text("Nothing here is real")).to_be_visible()
    assert axe(page) == []


def test_a_new_colleague_gives_receives_and_answers_without_leaving_a_trace_but_the_date(phone, live_server):
    team = make_team("Harbour Hotel, front desk")
    zoe, lead = make_colleague("Zoe New", team), make_colleague("Lee Lead", team, lead=True)
    let_in(phone, zoe, "/", live_server)
    phone.get_by_role("link", name="Practise a handover").click()
    next_step(phone, "Begin", 1)

    phone.get_by_label("If it goes wrong, do what?").fill("Two heaters from the store")
    phone.get_by_label("How do we reach the customer?").fill("In her room")
    phone.get_by_label("Who else knows?").fill("The night porter")
    count = phone.locator("[data-count]")
    expect(count).to_have_text("7 of 8")
    phone.get_by_role("button", name="Hand over (practice)").click()
    expect(phone.get_by_role("alert").first).to_contain_text("PRACTICE: Next step")
    phone.get_by_label("Next step").fill("Walk her to 308")
    expect(count).to_have_text("8 of 8")
    next_step(phone, "Hand over (practice)", 2)

    phone.get_by_label("Ask Sam something").fill("What is the driver’s number?")
    phone.get_by_role("button", name="Ask").click()
    expect(phone.get_by_text("The driver is Ana.")).to_be_visible()
    phone.get_by_label("In your own words").fill("I ring the driver at 17:45, if it is not there I offer a taxi")
    expect(phone.locator("[data-mention='wrong']")).to_contain_class("ok")
    next_step(phone, "Accept and take it over (practice)", 3)

    phone.get_by_label("Unable to complete").check()
    phone.get_by_label("In words").fill("Nobody answers")
    next_step(phone, "Answer (practice)", 4)
    phone.get_by_role("button", name="Decide (practice)").click()
    expect(phone.get_by_role("alert").first).to_contain_text("Choose what happens next")
    phone.get_by_label("Escalate to a lead").check()
    next_step(phone, "Decide (practice)", 5)

    assert (Action.objects.count(), Item.objects.count(), Practice.objects.get().colleague) == (0, 0, zoe)
    let_in(phone, lead, "/settings/team/", live_server)
    phone.get_by_role("link", name="Who has practised").click()
    expect(phone.get_by_role("listitem").filter(has_text="Zoe New").get_by_text("practised")).to_be_visible()
    assert axe(phone) == []
