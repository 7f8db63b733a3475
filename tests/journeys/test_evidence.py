"""A colleague shows an assessor that they work to the standard: their own records, picked by themselves, by a link that they revoke
(the row “all” of both standards)."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handover import moves
from handover.policies import operations as policies
from reviews.evidence import operations as evidence
from tests import pdf
from tests.fixtures.pages import axe
from tests.journeys.letting_in import let_in
from tests.stories import make_accepted, make_action, make_agreement, make_colleague, make_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
CUSTOMER = "Ellis"


@pytest.fixture
def desk():
    return make_team("Harbour Hotel, front desk")


@pytest.fixture
def amara(desk):
    """She handed an action over, which was read back; asked how it went; read a policy."""
    amara, tom = make_colleague("Amara Osei", desk, role="host"), make_colleague("Tom Reid", desk, role="night porter")
    now = timezone.now() - timedelta(minutes=40)
    service = make_agreement(desk, read_back=True).agreement.point.service
    action = make_action(amara, at=now, title=f"Move Mrs {CUSTOMER} from 214", customer_name=f"Mrs {CUSTOMER}", service=service)
    item = make_accepted(amara, tom, at=now, action=action)
    moves.answer_read_back(item_id=item.pk, by=amara, right=True, words="", at=now + timedelta(minutes=3))
    moves.ask_now(check_id=item.checks.get().pk, by=amara, at=now + timedelta(minutes=20))
    about = policies.About(kind="code", title="Guests with access needs", kept_by="Priya", services=[], hints={})
    alex = make_colleague("Alex", is_administrator=True)
    policy = policies.add(by=alex, at=now, about=about, wording=policies.Wording("Ask each guest.", now.date()))
    policies.publish(policy=policy, by=alex, at=now)
    policies.acknowledge(policy=policy, by=amara, at=now + timedelta(minutes=25), number=1)
    return amara


def test_all_a_colleague_turns_evidence_on_picks_and_drops_exports_and_gives_an_assessor_a_link_until_it_is_revoked(
    page, second_page, amara, live_server, settings
):
    settings.BATON_URL = live_server.url
    # Given that Amara turns her evidence on, from her settings
    let_in(page, amara, "/settings/", live_server)
    page.get_by_role("link", name="My evidence, for an assessor").click()
    expect(page.get_by_text("It is off until you turn it on.")).to_be_visible()
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_text("Your evidence is on. Only you see it.")).to_be_visible()
    expect(page.get_by_text("0 of 22")).to_be_visible()

    # When she picks, drops and writes for one line of the standard
    page.get_by_role("link", name="Check that the required information is given").click()
    pick_drop_and_write(page)

    # Then the overview tells how far she is, and the rest is picked in one press
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="My evidence").click()
    expect(page.get_by_text("1 of 22")).to_be_visible()
    page.get_by_role("button", name="Pick the newest for the others").click()
    expect(page.get_by_text("records picked. Drop what does not fit.")).to_be_visible()
    assert axe(page) == []

    # And she takes it out without a customer in it, and an assessor reads it without signing in, until she revokes the link
    take_out(page)
    show_an_assessor(page, second_page)


def pick_drop_and_write(page):
    """She says what a record shows, though not who the customer is; drops another; and writes about the line itself."""
    suggested = page.get_by_role("region", name="Records that show it")
    expect(suggested.get_by_role("listitem")).to_have_count(2)
    given = suggested.get_by_role("listitem").filter(has_text="Handed over an action")
    expect(given.get_by_text("Room moves, A. Request to room")).to_be_visible()
    given.get_by_text("Say what it shows").click()
    given.get_by_label("What does it show?").fill(f"{CUSTOMER} needed a warm room")
    given.get_by_role("button", name="Pick").click()
    expect(page.get_by_role("alert").get_by_text(f"“{CUSTOMER}” could tell who the customer is.")).to_be_visible()
    words = given.get_by_label("What does it show?")
    expect(words).to_have_value(f"{CUSTOMER} needed a warm room")
    words.fill("The customer needed a warm room tonight; the room and the plan B were in it.")
    page.get_by_role("button", name="Pick Handed over an action").click()
    expect(page.get_by_role("region", name="Picked").locator("blockquote")).to_contain_text("The customer needed a warm room tonight")
    suggested.get_by_role("button", name="Drop Answered a colleague’s read-back").click()
    page.locator("summary", has_text="Dropped").click()
    expect(page.get_by_role("button", name="Pick it after all")).to_be_visible()
    expect(suggested.get_by_role("listitem")).to_have_count(0)
    page.get_by_label("In my own words").fill("I read my brief as the porter will.")
    page.get_by_role("region", name="My own words").get_by_role("button", name="Save my words").click()
    expect(page.get_by_text("Your words are saved.")).to_be_visible()
    assert axe(page) == []


def take_out(page):
    with page.expect_download() as found:
        page.get_by_role("link", name="PDF").click()
    text = " ".join(" ".join(pdf.pages(found.value.path().read_bytes())).split())
    for said in ("Amara Osei", "Host, Harbour Hotel, front desk", "The customer needed a warm room tonight", "Guests with access needs. Version 1."):
        assert said in text
    with page.expect_download() as found:
        page.get_by_role("link", name="JSON").click()
    content = json.loads(found.value.path().read_text())
    assert content["standard"] == "A"
    assert CUSTOMER not in text + str(content)
    assert "Tom" not in text + str(content)


def show_an_assessor(page, second_page):
    page.get_by_role("link", name="Link for an assessor").click()
    page.get_by_label("Who is it for?").fill("Ms Ford, assessor")
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("Link").input_value()
    second_page.goto(address)
    expect(second_page.get_by_role("heading", name="Evidence of Amara Osei")).to_be_visible()
    expect(second_page.get_by_text("The customer needed a warm room tonight")).to_be_visible()
    expect(second_page.get_by_text(CUSTOMER)).to_have_count(0)
    assert axe(second_page) == []
    page.get_by_role("link", name="I have copied it").click()
    page.get_by_role("button", name="Revoke the link for Ms Ford, assessor").click()
    expect(page.get_by_text("The link for Ms Ford, assessor shows nothing any more.")).to_be_visible()
    assert second_page.goto(address).status == 404


def test_the_pages_work_without_javascript_and_fit_a_phone_light_and_dark(without_javascript, phone, amara, desk, live_server):
    page = without_javascript
    let_in(page, amara, "/evidence/", live_server)
    page.get_by_role("button", name="Turn it on").click()
    page.get_by_role("link", name="Ask your colleagues about their completion").click()
    page.get_by_role("button", name="Pick Asked a colleague").click()
    expect(page.get_by_role("region", name="Picked").locator("b.t")).to_have_text("Asked a colleague whether it was completed")
    _, path = evidence.make_link(by=amara, at=timezone.now(), zone=desk.tz, name="Ms Ford", days=7)
    amara.memberships.update(level="lead")
    let_in(phone, amara, "/evidence/", live_server)
    for scheme in ("light", "dark"):
        phone.emulate_media(color_scheme=scheme)
        for address in ("/evidence/", "/evidence/A-P7/", "/evidence/links/", "/evidence/team/", path):
            phone.goto(address)
            assert axe(phone) == [], address
            assert not phone.evaluate("document.documentElement.scrollWidth > window.innerWidth"), address
    phone.goto("/evidence/")
    phone.get_by_text("Turn it off", exact=True).click()
    phone.get_by_label("Also forget what I picked and wrote").check()
    phone.get_by_role("button", name="Turn it off now").click()
    expect(phone.get_by_text(re.compile("Links for assessors show nothing any more"))).to_be_visible()
    assert phone.goto(path).status == 404
