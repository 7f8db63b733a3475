"""Which services rely on teamwork and where information changes hands: found, marked, written out, or adopted from a set."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handover.catalog import operations as catalog
from handover.catalog.models import HandoverPoint, Service
from tests.fixtures.pages import axe
from tests.journeys.letting_in import let_in
from tests.stories import fresh, make_accepted, make_action, make_colleague, make_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def desk():
    return make_team("Harbour Hotel, front desk")


@pytest.fixture
def lead(desk):
    return make_colleague("Leila Haddad", desk, lead=True, role="duty manager")


def test_a_p1_b_p1_figures_point_out_a_service_that_relies_on_teamwork_and_a_lead_marks_it(page, lead, desk, live_server):
    now = timezone.now()
    amara, tom = make_colleague("Amara Osei", desk, role="host"), make_colleague("Tom Reid", desk, role="night receptionist")
    cards = catalog.add_service(team=desk, by=lead, at=now - timedelta(days=60), name="Gift cards", relies_on_teamwork=False)
    for number in range(3):
        make_accepted(amara, tom, at=now - timedelta(days=2), action=make_action(amara, at=now - timedelta(days=2), title=f"Card {number}", service=cards))
    let_in(page, amara, "/services/", live_server)
    expect(page.get_by_text("One person, no handover").first).to_be_visible()
    expect(page.get_by_text("3 of 3 actions changed hands in the last 28 days.")).to_be_visible()
    expect(page.get_by_text("At least 3 actions of a service were accepted by a colleague")).to_be_visible()
    expect(page.get_by_role("button", name="Mark it")).to_have_count(0)

    let_in(page, lead, "/services/", live_server)
    expect(page.get_by_text("changes hands", exact=True)).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Mark it: relies on teamwork").click()
    expect(page.get_by_text("Marked: Gift cards relies on teamwork.")).to_be_visible()
    expect(page.get_by_text("It changes hands, and is not marked.")).to_have_count(0)
    assert fresh(cards).relies_on_teamwork


def test_a_p2_b_p2_a_lead_writes_down_steps_with_who_does_them_and_where_information_changes_hands(page, lead, desk, live_server):
    make_colleague("Amara Osei", desk, role="host")
    make_team("Harbour Hotel, finance")
    let_in(page, lead, "/services/new/", live_server)
    page.get_by_label("Name of the service").fill("Refunds over £100")
    page.get_by_label("The procedure: how it is delivered").fill("Look at the bill together.\nPromise an answer by a time.")
    page.get_by_label("System 1").fill("Booking system")
    page.get_by_label("Link").first.fill("https://bookings.example.org/")
    page.get_by_label("Harbour Hotel, finance").check()
    first, second = page.get_by_role("group", name="Row 1", exact=True), page.get_by_role("group", name="Row 2", exact=True)
    first.get_by_label("Step 1").fill("Promise an answer")
    first.get_by_text("Job roles that do it").first.click()
    first.get_by_label("host").check()
    first.get_by_label("Information changes hands after it").check()
    first.get_by_label("From whom to whom").fill("front desk to finance")
    first.get_by_label("What changes hands").fill("Booking, amount, what was promised")
    second.get_by_label("Step 2").fill("Pay it back")
    second.get_by_label("Which team does it").select_option(label="Harbour Hotel, finance")
    assert axe(page) == []
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Relies on teamwork: host, Harbour Hotel, finance")).to_be_visible()
    flow = page.get_by_role("group", name="Steps and handover points")
    expect(flow.get_by_text("Promise an answer")).to_be_visible()
    expect(flow.get_by_role("link", name="Handover point A")).to_be_visible()
    expect(page.get_by_text("What changes hands: Booking, amount, what was promised")).to_be_visible()
    expect(page.get_by_text("Look at the bill together.")).to_be_visible()
    expect(page.get_by_role("link", name="Booking system")).to_have_attribute("href", "https://bookings.example.org/")
    assert HandoverPoint.objects.get().after_step.name == "Promise an answer"


def test_an_empty_team_begins_with_parts_of_a_starter_set_and_changes_them(phone, lead, desk, live_server):
    type(desk).objects.update(kind="front_desk")
    let_in(phone, lead, "/services/", live_server)
    phone.get_by_role("link", name="Begin with a starter set").click()
    expect(phone.get_by_text("for a team like yours")).to_be_visible()
    phone.get_by_role("link", name="Look at it Front desk").click()
    expect(phone.get_by_text("Which room is ready, and is the key cut?").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe(phone) == []
    phone.get_by_role("checkbox", name="Complaints").uncheck()
    phone.get_by_role("checkbox", name="Lost property").uncheck()
    phone.get_by_role("button", name="Adopt what is ticked").click()
    expect(phone.get_by_text("Adopted 3 services.")).to_be_visible()
    assert set(Service.objects.values_list("name", flat=True)) == {"Room moves", "Room faults", "Early departures and transport"}
    expect(phone.get_by_text("Agreed", exact=True).first).to_be_visible()

    # Once more: only what is left can be ticked, and what is there is changed as anything else
    phone.goto("/starter-sets/front-desk/")
    expect(phone.get_by_text("You have it already")).to_have_count(3)
    phone.goto("/services/")
    phone.get_by_role("link", name="Change Room moves").click()
    phone.get_by_label("Name of the service").fill("Changing rooms")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("heading", name="Changing rooms")).to_be_visible()
