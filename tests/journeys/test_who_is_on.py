"""Who is on, who may take what, who stands in and who swaps: walked in a real browser by those whom it concerns."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handover import moves
from handover.shifts.absence_models import Absence
from handover.shifts.feed_models import Feed
from handover.shifts.models import Rostering
from handover.shifts.swap_models import Swap, SwapRule
from tests.fixtures.pages import axe
from tests.journeys.test_in_the_browser import PASSWORD, sign_in
from tests.stories import fresh, hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAY = timedelta(days=1)


class Desk:
    """Amara's Late ends soon; Tom, Grace and Zofia have the Night; Priya leads."""

    def __init__(self):
        self.now = now = timezone.now()
        self.team = team = make_team("Harbour View")
        self.amara = make_colleague("Amara Osei", team, role="host", password=PASSWORD)
        self.tom = make_colleague("Tom Reid", team, role="night receptionist", password=PASSWORD)
        self.grace = make_colleague("Grace Adeyemi", team, role="night receptionist", password=PASSWORD)
        self.zofia = make_colleague("Zofia Nowak", team, role="housekeeper", password=PASSWORD)
        self.priya = make_colleague("Priya Kaur", team, lead=True, role="duty manager", password=PASSWORD)
        self.late = make_shift(team, "Late", now - hours(7), now + minutes(40), self.amara)
        self.night = make_shift(team, "Night", now + minutes(30), now + hours(9), self.tom, self.grace, self.zofia)
        self.tomorrow = make_shift(team, "Late", now + DAY, now + DAY + hours(8), self.amara)
        self.next_night = make_shift(team, "Night", now + 2 * DAY, now + 2 * DAY + hours(8), self.tom)

    def on(self, shift):
        return {line.colleague.display_name for line in Rostering.objects.effective().filter(shift=shift).select_related("colleague")}


@pytest.fixture
def desk():
    return Desk()


def switch(page, person):
    page.context.clear_cookies()
    sign_in(page, person)


def test_a_k3_b_k4_who_may_take_it_with_job_role_load_and_reasons_and_who_is_on_now_and_next(page, desk):
    """A-K3, B-K4: appropriate colleagues and their roles are seen where responsibility is passed, absences respected; row 24."""
    version = make_agreement(desk.team, roles=("night receptionist",), colleague_may_go_past=False)
    service = version.agreement.point.service
    earlier = make_action(desk.amara, at=desk.now - hours(2), customer_reference="214", title="New heater for 214")
    make_accepted(desk.amara, desk.grace, action=earlier, at=desk.now - hours(2), when="end_of_shift")
    make_action(desk.amara, at=desk.now, title="Move Mrs Ellis from 214", customer_reference="214", service=service)
    moves.tell_absence(team=desk.team, colleague=desk.tom, by=desk.tom, at=desk.now, starts_at=desk.now, stand_in=desk.grace)

    sign_in(page, desk.amara)
    page.goto("/handovers/new/")
    who = page.locator("fieldset", has_text="Grace Adeyemi").first
    grace = who.locator("label", has_text="Grace Adeyemi")
    expect(grace).to_contain_text("Knows this customer")
    expect(grace.get_by_role("img", name="Holding 1 action")).to_have_count(1)
    page.get_by_text("cannot", exact=False).first.wait_for(state="attached")
    text = page.locator("main").inner_text() + "".join(page.locator("label").all_text_contents())
    assert "Away until further notice. Grace Adeyemi stands in." in text
    assert "The agreement says night receptionist." in text

    page.goto("/rota/now/")
    now = page.get_by_role("region", name="Late")
    expect(now).to_contain_text("Amara Osei")
    expect(now).to_contain_text("Host")
    expect(now.get_by_role("link", name="E-mail Amara Osei")).to_have_attribute("href", "mailto:amara.osei@example.org")
    following = page.get_by_role("region", name="Night")
    expect(following).to_contain_text("Grace Adeyemi")
    expect(following).to_contain_text("Away")
    expect(page.locator("main")).to_contain_text("Nobody on now is night receptionist")
    assert axe(page) == []


def test_a_swap_is_offered_on_a_phone_accepted_and_approved_and_only_then_changes_the_rota(phone, desk):
    SwapRule.objects.create(team=desk.team, lead_approves=True)
    sign_in(phone, desk.amara)
    phone.goto("/rota/mine/")
    phone.get_by_role("link", name="Swap Late").first.click()
    phone.get_by_label("To whom?").select_option(label="Tom Reid")
    phone.get_by_label("What do you take in return?").select_option(value=f"{desk.tom.pk}-{desk.next_night.pk}")
    phone.get_by_label("A word to them").fill("My sister is over")
    phone.get_by_role("button", name="Offer it").click()
    phone.get_by_text("Offered to Tom Reid").wait_for()
    swap = Swap.objects.get()

    switch(phone, desk.tom)
    phone.goto("/notifications/")
    phone.get_by_text("Amara Osei offers you a swap").first.wait_for()
    phone.goto(swap.get_absolute_url())
    phone.get_by_text("is host any more").wait_for()
    phone.get_by_text("Accept", exact=True).click()
    phone.get_by_role("button", name="Send the answer").click()
    phone.get_by_text("Waits for a lead").first.wait_for()
    assert desk.on(desk.tomorrow) == {"Amara Osei"}

    switch(phone, desk.priya)
    phone.goto("/rota/swaps/")
    phone.get_by_role("link", name="Late", exact=False).first.click()
    phone.get_by_text("Approve", exact=True).click()
    phone.get_by_role("button", name="Decide").click()
    phone.get_by_text("Decided. Both have been told.").wait_for()
    assert (desk.on(desk.tomorrow), desk.on(desk.next_night)) == ({"Tom Reid"}, {"Amara Osei"})
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(phone) == []


def test_an_absence_with_a_stand_in_is_told_shown_and_ended(page, desk):
    waiting = make_offer(desk.amara, desk.tom, at=desk.now, when="end_of_shift")
    sign_in(page, desk.tom)
    page.goto("/rota/absences/new/")
    page.get_by_label("Who stands in?").select_option(label="Priya Kaur")
    page.get_by_label("Why?").fill("A broken ankle")
    assert axe(page) == []
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Tom Reid is away").wait_for()
    absence = Absence.objects.get()
    text = page.locator("main").inner_text()
    assert waiting.action.title in text and "Priya Kaur stands in" in text and "A broken ankle" in text
    assert "Priya Kaur" in desk.on(desk.next_night)
    assert axe(page) == []

    switch(page, desk.amara)
    page.goto("/notifications/")
    page.get_by_text("Tom Reid is away").first.wait_for()
    page.goto(absence.get_absolute_url())
    expect(page.locator("main")).not_to_contain_text("broken ankle")

    switch(page, desk.tom)
    page.goto(absence.get_absolute_url())
    page.locator("summary", has_text="I am back").click()
    page.get_by_role("button", name="I am back").click()
    page.get_by_text("The absence has ended").wait_for()
    assert desk.on(desk.next_night) == {"Tom Reid"}
    assert fresh(waiting).state == "offered"


def test_a_calendar_address_is_made_read_without_a_session_and_revoked(page, desk):
    sign_in(page, desk.amara)
    page.goto("/rota/mine/")
    page.get_by_role("link", name="calendar address").click()
    assert axe(page) == []
    page.get_by_role("button", name="Make it").click()
    address = page.get_by_label("Address").input_value()
    assert axe(page) == []
    secret = address.split("/feeds/")[1]
    page.context.clear_cookies()
    read = page.request.get(f"/feeds/{secret}")
    assert read.status == 200 and "BEGIN:VTIMEZONE" in read.text() and "SUMMARY:Late" in read.text()
    assert page.request.get(f"/feeds/{secret}", headers={"If-None-Match": read.headers["etag"]}).status == 304
    sign_in(page, desk.amara)
    page.goto("/settings/feeds/")
    page.get_by_role("button", name=f"Revoke {Feed.objects.get().hint}").click()
    page.get_by_text("is not found any more").wait_for()
    page.context.clear_cookies()
    assert page.request.get(f"/feeds/{secret}").status == 404
