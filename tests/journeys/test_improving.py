"""Colleagues agree an improvement, carry it out, see what it did, and say whether it worked (A-P10, A-K10)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handover.notifications.models import Kind, Notification
from reviews.improvements.models import Improvement
from reviews.improvements.states import State
from reviews.sharing import rollups
from tests.fixtures.pages import axe
from tests.stories import make_colleague, make_offer, make_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
PASSWORD = "a long enough password"
DAY = timedelta(days=1)
CHANGE = "Ask “and if not?” before you offer"


@pytest.fixture
def desk():
    """Leila leads; until four days ago every handover lacked what happens if it cannot be done, since then none does."""
    team, now = make_team("Harbour Hotel, front desk"), timezone.now()
    amara, tom = (make_colleague(name, team, password=PASSWORD) for name in ("Amara Osei", "Tom Reid"))
    leila = make_colleague("Leila Haddad", team, lead=True, password=PASSWORD)
    for days, words in ((6, {"if_then": "", "missing_reason": "No time"}), (2, {})):
        for _ in range(8):
            make_offer(amara, tom, at=now - days * DAY, entry=words)
    rollups.refresh(at=now)
    return amara, tom, leila


def sign_in(page, person):
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.fill("input[type=email]", person.email)
    page.fill("input[type=password]", PASSWORD)
    page.click("main button[type=submit], button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def test_a_p10_a_k10_an_improvement_is_agreed_carried_out_its_effect_shown_and_judged(page, second_page, desk):
    amara, tom, leila = desk
    today = timezone.localdate()

    # Given that Amara proposes a change, with an owner, a day, and the figure that it should move
    address = propose(page, amara, today)

    # When Tom wants something else first, and then agrees as Leila does, it is agreed
    answer(second_page, tom, leila, address)

    # And when Amara says that it held from four days ago on, the effect is shown with its range and a warning
    page.goto(address)
    page.get_by_label("The first day on which it held").fill((today - 4 * DAY).isoformat())
    page.get_by_role("button", name="It is done").click()
    see_the_effect(page)

    # Then a lead says that it stays, and everybody concerned hears it
    second_page.goto(address)
    second_page.get_by_text("Yes, keep it", exact=True).click()
    second_page.get_by_label("What you make of it").fill("It costs nothing")
    second_page.get_by_role("button", name="Record the verdict").click()
    expect(second_page.get_by_text("It worked, kept").first).to_be_visible()
    expect(second_page.get_by_text("It costs nothing")).to_be_visible()
    assert Improvement.objects.get().state == State.JUDGED
    assert Notification.objects.filter(kind=Kind.IMPROVEMENT_OVER, recipient=tom).count() == 1
    assert axe(second_page) == []


def propose(page, amara, today) -> str:
    """First without the figure; what was typed stays. The address of its page."""
    sign_in(page, amara)
    page.goto("/improvements/")
    page.get_by_role("link", name="Propose one").first.click()
    page.get_by_label("What will you change?").fill(CHANGE)
    page.get_by_label("By", exact=True).fill((today + 5 * DAY).isoformat())
    page.get_by_label("Target").fill("10")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("alert")).to_contain_text("The figure that it should move")
    expect(page.get_by_label("What will you change?")).to_have_value(CHANGE)
    page.get_by_label("The figure that it should move").select_option("missing")
    expect(page.get_by_label("The figure that it should move")).to_contain_text("Given with a detail missing: now 50%, less is better")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("heading", name=CHANGE)).to_be_visible()
    expect(page.get_by_text("1 of 3", exact=True)).to_be_visible()
    assert axe(page) == []
    return str(page.url)


def answer(page, tom, leila, address) -> None:
    sign_in(page, tom)
    page.goto(address)
    page.get_by_label("Not yet, because").check()
    page.get_by_role("button", name="Say why not yet").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why not yet.")
    page.get_by_label("Why not yet?").fill("Say where it is written")
    page.get_by_role("button", name="Say why not yet").click()
    expect(page.get_by_text("Say where it is written").first).to_be_visible()
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="I agree").click()
    expect(page.get_by_text("2 of 3", exact=True)).to_be_visible()
    sign_in(page, leila)
    page.goto(address)
    page.get_by_role("button", name="I agree").click()
    expect(page.get_by_text("Everybody concerned has agreed.")).to_be_visible()


def see_the_effect(page) -> None:
    expect(page.get_by_text("Looks like it worked")).to_be_visible()
    expect(page.get_by_text("100% of 8 handovers, 1 week")).to_be_visible()
    expect(page.get_by_text("0% of 8 handovers, 5 days", exact=False).last).to_be_visible()
    expect(page.get_by_text("100 points down, likely between 54 and 100")).to_be_visible()
    expect(page.get_by_text("A difference does not show why")).to_be_visible()
    expect(page.locator("[data-chart=effect] svg")).to_be_visible()
    page.get_by_label("What else changed?").fill("Two hosts joined")
    page.get_by_role("button", name="Note it beside the figures").click()
    expect(page.get_by_text("Two hosts joined")).to_be_visible()
    expect(page.get_by_role("button", name="Record the verdict")).to_have_count(0)
    assert axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_p10_it_can_be_read_and_answered_on_a_phone(phone, desk, scheme):
    amara, _, leila = desk
    phone.emulate_media(color_scheme=scheme)
    sign_in(phone, amara)
    for address in ("/improvements/", "/improvements/new/?figure=missing"):
        phone.goto(address)
        assert axe(phone) == []
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    phone.get_by_label("What will you change?").fill(CHANGE)
    phone.get_by_label("Target").fill("10")
    phone.get_by_label("Tom Reid").uncheck()
    phone.get_by_role("button", name="Propose it").click()
    expect(phone.get_by_role("heading", name=CHANGE)).to_be_visible()
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= 390")
    sign_in(phone, leila)
    phone.goto(Improvement.objects.get().get_absolute_url())
    phone.get_by_role("button", name="I agree").click()
    expect(phone.get_by_role("heading", name="Is it done?")).to_be_visible()
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= 390")
