"""A shift is closed properly: both sides sign, the report is fixed, on paper and off the list (A-P5, A-K4; rows 31, 32, 51, 56, 58)."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from audit.models import Event as Trail
from handover import moves
from handover.events import Event
from handover.reports.models import ShiftReport
from tests import pdf
from tests.fixtures.pages import axe
from tests.journeys.letting_in import let_in
from tests.stories import hours, make_action, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def desk():
    """Late ended five minutes ago, having handed two actions to Tom, of which he has one; Lee leads and is on neither shift."""
    now = timezone.now()
    team = make_team("Harbour View")
    amara, tom, lee = make_colleague("Amara Osei", team), make_colleague("Tom Reid", team), make_colleague("Lee Lead", team, lead=True)
    team.late = make_shift(team, "Late", now - hours(8), now - minutes(5), amara)
    team.night = make_shift(team, "Night", now - minutes(20), now + hours(8), tom)
    ellis = make_action(amara, at=now - hours(3), title="Move Mrs Ellis from 214", customer_name="Mrs Ellis", urgency="urgent", promised_by=now + hours(2))
    taxi = make_action(amara, at=now - hours(3), title="Taxi at the door", customer_name="Mr Okafor", customer_reference="112", promised_by=now + hours(5))
    items = [make_offer(amara, tom, at=now - minutes(15), action=action) for action in (ellis, taxi)]
    moves.accept(item_id=items[0].pk, by=tom, at=now - minutes(12), read_back="I walk her to 308 by half past.")
    team.amara, team.tom, team.lee = amara, tom, lee
    return team


def both_sign(page, desk, live_server):
    page.get_by_role("button", name="Sign for Late").click()
    page.get_by_text("Signed. The report is fixed now.").wait_for()
    let_in(page, desk.tom, "/notifications/", live_server)
    page.get_by_text("A shift report waits for your signature: Late").first.click()
    page.get_by_role("button", name="Sign for Night").click()
    page.get_by_text("Signed. The report is complete.").wait_for()


def test_rows_31_51_56_58_the_report_writes_itself_is_signed_by_both_fixed_added_to_and_printed(page, desk, live_server):
    # The list says that Late is not signed
    let_in(page, desk.amara, "/shifts/", live_server)
    page.get_by_role("heading", name=re.compile("Not signed by both")).wait_for()
    assert axe(page) == []
    page.get_by_role("link", name=re.compile("^Late ")).first.click()
    sheet = page.locator(".sheet-a4")
    for words in ("Must not be missed", "Move Mrs E. from 214", "Handed to Night", "Mr O., 112: Taxi at the door", "Not signed yet."):
        expect(sheet.get_by_text(words).first, words).to_be_visible()
    assert "Ellis" not in page.content() and "Okafor" not in page.content()
    assert axe(page) == []

    # Amara signs, then Tom
    both_sign(page, desk, live_server)
    expect(sheet.get_by_text(re.compile("Received by: Tom Reid, Night"))).to_be_visible()
    assert axe(page) == []

    # What happens later is only added, and what was signed stays
    moves.complete(action_id=ShiftReport.objects.get().shift.team.actions.get(title__startswith="Move").pk, by=desk.tom, at=timezone.now())
    page.get_by_label("Add or correct").fill("She moved at once.")
    page.get_by_role("button", name="Add below the report").click()
    page.get_by_text("Added below the report.").wait_for()
    expect(sheet.get_by_text("She moved at once.")).to_be_visible()
    expect(sheet.get_by_text(re.compile("^Accepted")).first).to_be_visible()

    # On paper it is one page that says the same, and that it was printed is known
    with page.expect_download() as found:
        page.get_by_role("link", name="PDF").click()
    (text,) = pdf.pages(found.value.path().read_bytes())
    for words in ("Move Mrs E. from 214", "Received by: Tom Reid", "Added later: Tom Reid", "The screen is the record; paper may be out of date."):
        assert words in text
    assert "Ellis" not in text
    assert list(Trail.objects.filter(kind=Event.REPORT_PRINTED).values_list("actor_id", "data__how")) == [(desk.tom.pk, "pdf")]

    # Nothing is left unsigned
    page.goto("/shifts/?state=unsigned")
    page.get_by_role("heading", name="None. Good.").wait_for()


def test_row_32_a_lead_signs_on_behalf_of_who_is_absent_and_says_why(page, desk, live_server):
    let_in(page, desk.lee, f"/shifts/{desk.late.ref}/report/", live_server)
    page.get_by_label("On behalf of").select_option("Amara Osei")
    page.get_by_role("button", name="Sign on their behalf").click()
    page.get_by_text("Say why you sign on behalf of somebody else.").first.wait_for()
    assert axe(page) == []
    page.get_by_label("Why?").fill("She went home ill")
    page.get_by_role("button", name="Sign on their behalf").click()
    page.get_by_text("Signed. The report is fixed now.").wait_for()
    expect(page.get_by_text("on behalf of Amara Osei: She went home ill").first).to_be_visible()


def test_row_58_the_page_itself_prints_to_one_a4_and_that_is_known(page, desk, live_server):
    let_in(page, desk.amara, f"/shifts/{desk.late.ref}/report/", live_server)
    with page.expect_response(lambda answer: answer.url.endswith("/report/printed/")):
        made = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1
    assert Trail.objects.get(kind=Event.REPORT_PRINTED).data == {"how": "paper"}


def test_the_rail_leads_to_the_report_of_the_shift_that_runs_on_a_phone_too(phone, desk, live_server):
    let_in(phone, desk.tom, "/shifts/report/", live_server)
    phone.wait_for_url(f"**/shifts/{desk.night.ref}/report/")
    expect(phone.get_by_text("The shift still runs", exact=True)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth") and axe(phone) == []
