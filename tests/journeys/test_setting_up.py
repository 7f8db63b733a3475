"""A lead sets the team up on plain pages: the rota, a service, what is agreed. Everybody can read it, in any light, on any width."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handover.agreements import operations as agreements
from handover.agreements.operations import Asked, Terms
from handover.catalog import operations as catalog
from handover.catalog.words import StepWords
from handover.shifts import operations as shifts
from tests.fixtures.pages import axe
from tests.stories import make_colleague, make_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
PASSWORD = "a long enough password"
EVERY_DAY = range(1, 8)


@pytest.fixture
def desk():
    return make_team("Harbour Hotel, front desk")


@pytest.fixture
def lead(desk):
    return make_colleague("Leila Haddad", desk, lead=True, role="duty manager", password=PASSWORD)


@pytest.fixture
def planned(desk, lead):
    """Three patterns, a service with two handover points, and agreements for the first, during and between shifts."""
    now = timezone.now()
    amara, tom = make_colleague("Amara Osei", desk, role="host", password=PASSWORD), make_colleague("Tom Reid", desk, role="night receptionist")
    clock = desk.local(now).replace(minute=0, second=0, microsecond=0)
    turns = [((clock + timedelta(hours=8 * n - 3)).time(), (clock + timedelta(hours=8 * n + 5)).time()) for n in range(3)]
    for name, (starts, ends), crew in zip(("Late", "Night", "Early"), turns, ([amara], [tom], []), strict=True):
        shifts.add_pattern(team=desk, by=lead, at=now, name=name, starts=starts, ends=ends, weekdays=EVERY_DAY, crew=crew)
    steps = [
        StepWords("Take the request and promise a time", "Front desk"),
        StepWords("Find a room", "Front desk", point=True, point_name="Front desk to night reception"),
        StepWords("Move the guest", "Night", point=True, point_name="Night to housekeeping"),
        StepWords("Clean the old room", "Housekeeping"),
    ]
    service = catalog.add_service(team=desk, by=lead, at=now, name="Room moves", description="A guest changes rooms.", steps=steps)
    catalog.add_service(team=desk, by=lead, at=now, name="Gift cards", relies_on_teamwork=False)
    terms = {
        "trigger": "The guest is not in the new room when the shift ends",
        "required": [Asked("Which room is ready?"), Asked("Who else knows?", urgent="should")],
    }
    point = service.handover_points.get(letter="A")
    agreements.make(point=point, by=lead, at=now, applies="during", terms=Terms(channel="by radio", accept_within={"urgent": 4}, **terms))
    between = Terms(channel="in Baton, then face to face", read_back=["urgent"], receiving_roles=[tom.memberships.get().job_roles.get()], **terms)
    return service, agreements.make(point=point, by=lead, at=now, applies="between", terms=between).agreement, amara


def sign_in(page, person) -> None:
    page.goto("/sign-in/")
    page.fill("input[type=email]", person.email)
    page.fill("input[type=password]", PASSWORD)
    page.click("main button[type=submit], button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def addresses(planned, desk):
    service, agreement, _ = planned
    pattern, free = desk.shift_patterns.first(), service.handover_points.get(letter="B")
    rota = ["/rota/", "/rota/patterns/new/", f"/rota/patterns/{pattern.pk}/", f"/rota/shifts/{pattern.shifts.first().ref}/"]
    services = [
        "/services/",
        f"/services/{service.pk}/edit/",
        f"/agreements/{agreement.ref}/",
        f"/agreements/{agreement.ref}/change/",
        f"/agreements/new/{free.pk}/",
    ]
    return rota + services


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_fit_for_everybody(page, lead, desk, planned, scheme, width):
    sign_in(page, lead)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    wrong = []
    for address in addresses(planned, desk):
        page.goto(address)
        wrong += [f"{address} {each}" for each in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append(f"{address} is wider than the window")
    assert wrong == []


def test_a_team_without_anything_is_told_what_will_be_here(phone, lead):
    sign_in(phone, lead)
    for address, words in (("/rota/", "No rota yet"), ("/services/", "No services yet")):
        phone.goto(address)
        expect(phone.get_by_role("heading", name=words)).to_be_visible()
        assert axe(phone) == []


def test_a_lead_sets_the_team_up_without_javascript(without_javascript, lead, desk):
    page = without_javascript
    make_colleague("Tom Reid", desk, role="night receptionist")
    sign_in(page, lead)

    page.goto("/rota/")
    page.get_by_role("link", name="Add a shift pattern").click()
    page.get_by_label("Name of the shift").fill("Night")
    page.get_by_label("Starts", exact=True).fill("23:00")
    page.get_by_label("Ends", exact=True).fill("07:00")
    page.get_by_role("group", name="Who is usually on it?").get_by_label("Tom Reid").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("table").get_by_role("link", name="Tom Reid").first.click()
    page.get_by_label("Leila Haddad").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("table").get_by_text("Leila Haddad, Tom Reid")).to_have_count(1)

    page.goto("/services/")
    page.get_by_role("link", name="Add a service").click()
    page.get_by_label("Name of the service").fill("Room moves")
    page.get_by_label("Step 1").fill("Take the request")
    page.get_by_label("Information changes hands after it").first.check()
    page.get_by_label("Step 2").fill("Move the guest")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Agree how at A of Room moves").click()
    page.get_by_role("checkbox", name="night receptionist", exact=True).check()
    page.get_by_label("Question 1").fill("Which room is ready?")
    page.get_by_label("Urgent: accept within (minutes)").fill("4")
    page.get_by_role("button", name="Send it").click()
    for words in ("Which room is ready?", "Night receptionist", "Accept within 4 min"):
        expect(page.get_by_text(words, exact=True).first).to_be_visible()


def test_a_member_reads_it_all_and_is_offered_no_change(page, desk, planned):
    _, agreement, amara = planned
    sign_in(page, amara)
    change = re.compile("^(Add|Change|Agree how|Agree it|Save|End)")
    for address in ("/rota/", "/services/", f"/agreements/{agreement.ref}/", f"/rota/shifts/{desk.shifts.first().ref}/"):
        page.goto(address)
        for role in ("link", "button"):
            expect(page.locator("main").get_by_role(role, name=change), address).to_have_count(0)
