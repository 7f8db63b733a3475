"""The front desk hands a refund over to the finance team, follows it there, and takes it back; nothing else of theirs is seen."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handover.handovers.models import Item
from handover.moves.invariants import broken
from tests.fixtures.pages import axe
from tests.journeys.letting_in import let_in
from tests.stories import fresh, hours, make_action, make_agreement, make_colleague, make_shift, make_team, minutes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def teams(now):
    """Amara's shift at the front desk ends in half an hour; Helen of Finance is in the office then. Refunds go to Finance by agreement."""
    desk, finance = make_team("Front desk"), make_team("Finance")
    amara, tom = make_colleague("Amara Osei", desk, role="host"), make_colleague("Tom Reid", desk)
    helen = make_colleague("Helen Marsh", finance, role="finance officer")
    make_shift(desk, "Late", now - hours(7), now + minutes(30), amara)
    make_shift(desk, "Night", now + minutes(30), now + hours(9), tom)
    make_shift(finance, "Office", now - hours(2), now + hours(4), helen)
    version = make_agreement(desk, service="Refunds", to_team=finance, must=("Which booking, which amount?",))
    version.receiving_roles.set(helen.memberships.get().job_roles.all())
    return desk, finance, amara, helen, version


def hand_to_finance(page, amara, refund, asked, live_server):
    let_in(page, amara, "/handovers/new/", live_server)
    expect(page.get_by_text("By agreement these go to different teams.")).to_be_visible()
    expect(page.get_by_text("goes to Finance").first).to_be_visible()
    page.get_by_role("link", name="1 to Finance").click()
    page.get_by_label(re.compile("Helen Marsh")).check()
    for name, words in {"situation": "Charged twice.", "done_so_far": "Bank rung", "next_step": "Pay it back", "if_then": "Ring him"}.items():
        page.locator(f"[name='{refund.ref}-{name}']").fill(words)
    page.locator(f"[name='{refund.ref}-answer-{asked.pk}']").fill("B-77, £140")
    assert axe(page) == []
    page.get_by_role("button", name=re.compile("Hand over")).click()
    page.wait_for_url(re.compile("/handovers/HO-"))


def accept(phone, helen, item, live_server):
    let_in(phone, helen, f"/receive/{item.ref}/", live_server)
    expect(phone.get_by_text("By agreement Front desk gives this to Finance")).to_be_visible()
    assert axe(phone) == []
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")
    phone.get_by_role("button", name="Accept and take it over").click()
    phone.wait_for_url("**/receive/")


def ask_how_it_went(page, refund):
    page.goto("/watch-list/")
    page.get_by_role("listitem").filter(has_text=refund.title).get_by_role("link").first.click()
    expect(page.get_by_text("It belongs to Finance now").first).to_be_visible()
    page.get_by_role("link", name="Ask Helen how it went").click()
    with page.expect_response(lambda answer: answer.url.endswith("/ask/")):
        page.get_by_role("button", name=re.compile("Ask Helen .*how it went")).click()


def answer_unable(phone, check):
    phone.goto(f"/checks/{check.ref}/")
    phone.get_by_role("radio", name=re.compile("^Unable")).check()
    phone.get_by_label("In words").fill("The card is closed")
    with phone.expect_response(lambda answer: answer.url.endswith("/answer/")):
        phone.get_by_role("button", name="Unable to complete").click()


def take_back(page, check):
    page.goto(f"/checks/{check.ref}/")
    expect(page.get_by_text("The card is closed").first).to_be_visible()
    page.get_by_role("radio", name=re.compile("^Take it back")).check()
    with page.expect_response(lambda answer: answer.url.endswith("/decide/")):
        page.locator("form[action$='/decide/'] button[type=submit]").click()


def test_a_k3_a_refund_goes_to_finance_is_followed_there_and_comes_back(page, phone, teams, now, live_server):
    # Given a refund that Amara holds beside another action, and something that is Finance's alone
    desk, finance, amara, helen, version = teams
    refund = make_action(amara, at=now, title="Refund £140 to Mr Lowe", service=version.agreement.point.service)
    make_action(amara, at=now, title="Tray for 305")
    own = make_action(helen, at=now, title="Month end")

    # When she opens Hand over and chooses the team that the agreement names
    hand_to_finance(page, amara, refund, version.required.get(), live_server)

    # Then it is on offer to Finance and still the desk's
    item = Item.objects.get()
    assert (item.to_team, item.receiver, fresh(refund).team, fresh(refund).responsible) == (finance, helen, desk, amara)

    # When Helen reads it on her phone and accepts it
    accept(phone, helen, item, live_server)
    assert (fresh(refund).team, fresh(refund).responsible) == (finance, helen)

    # Then Amara finds it on her watch list, asks how it went, and finds nothing else of theirs
    ask_how_it_went(page, refund)
    check = item.checks.get()
    assert (check.state, check.giver) == ("asked", amara)
    assert page.goto(f"/actions/{own.ref}/").status == 404
    assert page.goto(f"/actions/{refund.ref}/").status == 200

    # When Helen says that it can't be done
    answer_unable(phone, check)
    assert fresh(check).state == "answered"

    # Then Amara takes it back, and it is the front desk's again
    take_back(page, check)
    assert (fresh(refund).team, fresh(refund).responsible, fresh(refund).state) == (desk, amara, "held")
    assert page.goto(f"/actions/{refund.ref}/").status == 200
    assert phone.goto(f"/actions/{own.ref}/").status == 200
    assert broken() == []
