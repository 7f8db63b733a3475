"""Colleagues agree when, to whom, how and with which information responsibility passes (A-P3, A-P4, A-K2, A-K5; B-P3, B-P4)."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handover.agreements import operations as agreements
from handover.agreements.models import AgreementVersion
from handover.agreements.operations import Asked, Terms
from handover.catalog import operations as catalog
from handover.catalog.words import StepWords
from tests.fixtures.pages import axe
from tests.stories import fresh, hours, make_action, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
PASSWORD = "a long enough password"
QUARTER, HALF = "Any search still open at 17:15", "Any search still open at 17:00"


@pytest.fixture
def shop():
    """Sam leads; Bea at the service desk hands over to Yusuf in the stockroom; version 1 is in force between shifts."""
    now, team = timezone.now(), make_team("Calder & Sons, Leeds")
    people = {
        "sam": make_colleague("Sam Whitfield", team, lead=True, role="service desk lead", password=PASSWORD),
        "bea": make_colleague("Bea Lockwood", team, role="service desk", password=PASSWORD),
        "yusuf": make_colleague("Yusuf Demir", team, role="stockroom lead", password=PASSWORD),
    }
    make_shift(team, "Day", now - hours(7), now + minutes(30), people["bea"])
    make_shift(team, "Evening", now + minutes(15), now + hours(9), people["yusuf"])
    steps = [StepWords("Check the order", "Service desk", point=True, point_name="service desk to stockroom"), StepWords("Search", "Stockroom")]
    service = catalog.add_service(team=team, by=people["sam"], at=now, name="Click and collect problems", steps=steps)
    stockroom = people["yusuf"].memberships.get().job_roles.get()
    terms = Terms(trigger=QUARTER, receiving_roles=[stockroom], required=[Asked("Order number?", "", "must", "must", "must")])
    version = agreements.make(point=service.handover_points.get(), by=people["sam"], at=now - hours(24), applies="between", terms=terms)
    return people, service, version


def sign_in(page, person):
    page.goto("/sign-in/")
    page.fill("input[type=email]", person.email)
    page.fill("input[type=password]", PASSWORD)
    page.click("main button[type=submit], button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def answer(browser_page, person, address, choice, **words):
    browser_page.context.clear_cookies()
    sign_in(browser_page, person)
    browser_page.goto(address)
    browser_page.get_by_label(choice).check()
    for label, text in words.items():
        browser_page.get_by_role("textbox", name=label.replace("_", " ")).fill(text)
    browser_page.locator("[data-cta]").click()
    browser_page.wait_for_load_state()


def test_a_p3_b_p3_colleagues_agree_when_it_is_right_to_pass_responsibility(page, second_page, shop):
    people, service, version = shop
    action = make_action(people["bea"], service=service, at=timezone.now())
    entry = {"missing_reason": "None", "answers": {version.required.get().pk: "A-1177"}}
    running = make_offer(people["bea"], people["yusuf"], action=action, at=timezone.now(), when="end_of_shift", entry=entry)

    sign_in(page, people["yusuf"])
    page.goto("/services/")
    page.get_by_role("link", name="Propose a change").click()
    page.get_by_label("When is it right to hand over?").fill(HALF)
    page.get_by_label("Why?", exact=True).fill("I could not read back before I left.")
    page.get_by_label("Bea Lockwood").check()
    expect(page.get_by_label("Sam Whitfield")).to_be_checked()
    page.get_by_role("button", name="Propose it").click()
    page.get_by_role("heading", name="A change is proposed").wait_for()
    address = page.url
    expect(page.locator("table.changes ins")).to_have_text("17:00")
    assert axe(page) == []

    answer(second_page, people["sam"], address, "I agree")
    expect(second_page.get_by_text("2 of 3", exact=True)).to_be_visible()
    answer(second_page, people["bea"], address, "I want a change first", What_instead="Ten to five: the desk is busy at five")
    expect(second_page.get_by_text("Wants a change", exact=True)).to_be_visible()
    assert fresh(version).state == "in_force"

    page.reload()
    page.get_by_role("link", name="Change the proposal").click()
    page.get_by_label("When is it right to hand over?").fill("Any search still open at 16:50")
    page.get_by_role("button", name="Save, and ask again").click()
    page.get_by_text("1 of 3", exact=True).wait_for()
    answer(second_page, people["sam"], address, "I agree")
    answer(second_page, people["bea"], address, "I agree")
    expect(second_page.get_by_role("heading", name="Agreed, and in force")).to_be_visible()

    new = AgreementVersion.objects.get(number=2)
    assert (new.state, new.trigger, fresh(version).state) == ("in_force", "Any search still open at 16:50", "ended")
    assert fresh(running).agreement_version == version
    second_page.goto(f"/agreements/{version.agreement.ref}/")
    expect(second_page.get_by_text("agreed by 3 of 3")).to_be_visible()


def test_a_p4_b_p4_how_information_is_exchanged_drives_the_form_for_handing_over(page, shop):
    """Also A-K5: the channel that was agreed stands where the handover is made, and where it is received."""
    people, service, version = shop
    sign_in(page, people["sam"])
    page.goto(f"/agreements/{version.agreement.ref}/change/")
    page.get_by_label("Face to face").check()
    page.get_by_label("How, exactly?").fill("at the stockroom hatch")
    page.get_by_label("Question 2").fill("Which van cage?")
    page.locator("[name=asked-2-routine]").select_option("must")
    page.get_by_label("I decide it alone").check()
    page.get_by_label("Why you decide it alone").fill("The hatch opens tomorrow, and both are away today")
    page.get_by_role("button", name="Put it in force").click()
    page.get_by_text("decided it without everybody’s agreement").wait_for()

    action = make_action(people["bea"], service=service, at=timezone.now())
    page.context.clear_cookies()
    sign_in(page, people["bea"])
    page.goto(f"/handovers/new/?action={action.ref}")
    how = "Face to face, with Baton as the record: at the stockroom hatch"
    expect(page.get_by_text(how).first).to_be_visible()
    expect(page.get_by_label("Tell them by")).to_have_value(how)
    expect(page.get_by_label("We also speak about it")).to_be_checked()
    expect(page.get_by_label("Which van cage?")).to_have_count(1)
    expect(page.get_by_label("Which van cage?")).to_have_attribute("data-need", "must")


def test_a_k2_anybody_reads_the_agreement_as_a_procedure_and_compares_its_versions(page, phone, shop):
    people, _, version = shop
    terms = Terms(trigger=HALF, escalation="Ring the duty manager", required=[Asked("Order number?", "", "must", "must", "must")])
    agreements.propose(agreement=version.agreement, by=people["sam"], at=timezone.now(), terms=terms, reason="Tried out")
    for reader in (page, phone):
        sign_in(reader, people["bea"])
        reader.goto("/services/")
        reader.get_by_role("link", name=version.agreement.ref).click()
        for words in (HALF, "Ring the duty manager", "Order number?", "Accept within 5 min, as usual"):
            expect(reader.get_by_text(words, exact=True).first, words).to_be_visible()
        reader.get_by_role("link", name="Compare versions").click()
        expect(reader.get_by_label("Then")).to_have_value("1")
        expect(reader.locator("del").first).to_have_text("17:15")
        expect(reader.locator("ins").first).to_have_text("17:00")
        assert axe(reader) == []
        assert not reader.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_what_was_typed_and_not_sent_is_there_again(page, shop):
    people, _, version = shop
    sign_in(page, people["bea"])
    page.goto(f"/agreements/{version.agreement.ref}/change/")
    with page.expect_response(lambda response: response.url.endswith("/change/draft/")):
        page.get_by_label("Why?", exact=True).fill("The desk is empty at five")
        page.get_by_label("Yusuf Demir").check()
    page.get_by_text("Draft saved").wait_for()
    page.goto(f"/agreements/{version.agreement.ref}/change/")
    expect(page.get_by_text("This is your draft.")).to_be_visible()
    expect(page.get_by_label("Why?", exact=True)).to_have_value("The desk is empty at five")
    expect(page.get_by_label("Yusuf Demir")).to_be_checked()
    expect(page.get_by_label("Sam Whitfield")).to_be_checked()


def test_another_team_receives_and_agrees_as_a_side_without_javascript(without_javascript, shop):
    page, (people, _, version) = without_javascript, shop
    finance = make_team("Finance")
    fay = make_colleague("Fay Finance", finance, role="finance officer", password=PASSWORD)
    sign_in(page, people["bea"])
    page.goto(f"/agreements/{version.agreement.ref}/change/")
    page.get_by_label("Which team receives?").select_option(label="Finance")
    page.get_by_role("button", name="Show its job roles and colleagues").click()
    page.get_by_role("checkbox", name="stockroom lead", exact=True).uncheck()
    page.get_by_role("checkbox", name="finance officer", exact=True).check()
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("Nobody of Finance is named.").first).to_be_visible()
    page.get_by_label("Fay Finance").check()
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("heading", name="A change is proposed")).to_be_visible()
    expect(page.get_by_text("Finance officer, Finance")).to_be_visible()
    answer_plainly(page, fay)


def answer_plainly(page, person):
    address = page.url
    page.context.clear_cookies()
    sign_in(page, person)
    page.goto(address)
    page.get_by_label("Keep version 1").check()
    page.get_by_role("button", name="Send your answer").click()
    expect(page.get_by_text("Say why.").first).to_be_visible()
    page.get_by_label("Why keep it?").fill("Nobody is here after four")
    page.get_by_role("button", name="Send your answer").click()
    expect(page.get_by_text("Would keep it", exact=True)).to_be_visible()
