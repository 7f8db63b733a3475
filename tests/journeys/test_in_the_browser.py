"""The story of the main job in a real browser: on a desktop and on a phone, with axe on every page, light and dark."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handover.actions.models import Action
from handover.checks.models import Check
from handover.handovers.brief import HandoverDraft
from handover.handovers.models import Item
from tests.fixtures.pages import axe
from tests.stories import fresh, hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
PASSWORD = "a long enough password"
TITLES = ("Move Mrs Ellis from 214", "Taxi for Mr Okafor", "Gluten-free tray for 305")


@pytest.fixture
def desk():
    """Amara is at the end of the late shift and holds three actions; Tom comes on for the night."""
    now = timezone.now()
    team = make_team("Harbour View")
    amara = make_colleague("Amara Osei", team, role="host", password=PASSWORD)
    tom = make_colleague("Tom Reid", team, role="night receptionist", password=PASSWORD)
    make_colleague("Priya Kaur", team, lead=True, role="duty manager")
    make_shift(team, "Late", now - hours(7), now + minutes(36), amara)
    make_shift(team, "Night", now + minutes(20), now + hours(9), tom)
    version = make_agreement(team, read_back=True, should=("Who else knows?",), roles=("night receptionist",))
    for title in TITLES:
        make_action(amara, at=now - hours(1), title=title, service=version.agreement.point.service)
    return amara, tom


def sign_in(page, person):
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.fill("input[type=email]", person.email)
    page.fill("input[type=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def write_briefs(page):
    for action in Action.objects.order_by("pk"):
        tab = page.locator(f'[data-brief-tab="{action.ref}"]')
        if tab.is_visible():
            tab.click()
        for name, words in (("done_so_far", "308 is warm."), ("next_step", "Walk her to 308."), ("if_then", "Two heaters.")):
            page.fill(f'[name="{action.ref}-{name}"]', words)
        page.fill(f'[name^="{action.ref}-answer-"]', "Zofia knows.")


@pytest.mark.parametrize("device", ["page", "phone"])
def test_three_actions_are_handed_over_read_back_checked_and_decided(device, request, desk):
    amara, tom = desk
    page = request.getfixturevalue(device)
    hand_over_three(page, amara, tom)
    assert Item.objects.on_offer().count() == 3

    read_back_and_accept(page, tom)
    action = Action.objects.get(title=TITLES[0])
    assert action.responsible == tom

    ask_and_answer_unable(page, amara, tom)
    sign_in(page, amara)
    page.get_by_role("link", name="Decide what happens next").first.click()
    page.get_by_role("radio", name="Take it back").check()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("Decided: take it back.").wait_for()
    assert fresh(action).responsible == amara


def hand_over_three(page, amara, tom):
    """Amara hands three actions to Tom at the end of her shift."""
    sign_in(page, amara)
    page.get_by_role("link", name="Start handover").click()
    for box in page.locator("[data-brief-pick]").all():
        box.check()
    write_briefs(page)
    page.locator(f'[name="receiver"][value="user-{tom.pk}"]').check()
    page.get_by_role("button", name="Hand over 3 actions").click()
    page.get_by_text("Handed 3 actions to Tom.").wait_for()


def read_back_and_accept(page, tom):
    """Tom reads one; without a read-back it is refused; he reads it back in his own words and accepts."""
    sign_in(page, tom)
    page.goto("/receive/")
    page.get_by_role("link", name=TITLES[0]).click()
    page.get_by_role("button", name="Accept and take it over").click()
    page.get_by_text("Say in your own words").first.wait_for()
    page.fill("textarea[data-read-back]", "I will walk her to 308 by 23:00, and if she says no: two heaters.")
    page.get_by_role("button", name="Accept and take it over").click()
    page.get_by_text("You hold it now.").wait_for()


def ask_and_answer_unable(page, amara, tom):
    """Amara sees it on her watch list and asks; Tom is unable, and says why."""
    sign_in(page, amara)
    page.goto("/watch-list/")
    expect(page.get_by_text("Read back: is it right?")).to_be_visible()
    page.goto(f"/checks/{Check.objects.get().ref}/")
    page.get_by_role("button", name="Ask Tom how it went").click()
    page.get_by_text("Asked.").wait_for()
    sign_in(page, tom)
    page.goto("/")
    page.get_by_role("link", name="Answer", exact=True).click()
    page.get_by_role("radio", name="Unable").check()
    page.fill("[name=words]", "The lift is out, and she cannot take the stairs.")
    page.get_by_role("button", name="Unable to complete").click()
    page.get_by_text("Saved.").wait_for()


def test_what_is_typed_survives_a_closed_tab_and_a_sign_out(page, desk):
    amara, _ = desk
    sign_in(page, amara)
    page.goto("/handovers/new/")
    action = Action.objects.get(title=TITLES[0])
    page.locator(f'[data-brief-tab="{action.ref}"]').click()
    page.fill(f'[name="{action.ref}-next_step"]', "Call 214 first")
    page.get_by_text("Draft saved").wait_for()
    sign_in(page, amara)
    page.goto("/handovers/new/")
    expect(page.locator(f'[name="{action.ref}-next_step"]')).to_have_value("Call 214 first")
    assert HandoverDraft.objects.count() == 1


def test_a_missing_detail_is_one_click_away_even_in_a_hidden_brief(page, desk):
    amara, tom = desk
    sign_in(page, amara)
    page.goto("/handovers/new/")
    for box in page.locator("[data-brief-pick]").all():
        box.check()
    write_briefs(page)
    last = Action.objects.order_by("pk").last()
    page.fill(f'[name="{last.ref}-next_step"]', "")
    page.locator(f'[name="receiver"][value="user-{tom.pk}"]').check()
    page.get_by_role("button", name="Hand over 3 actions").click()
    page.get_by_role("link", name=f"Next step: is needed before {last.ref} can be handed over.").click()
    field = page.locator(f'[name="{last.ref}-next_step"]')
    field.wait_for(state="visible")
    page.wait_for_function("name => document.activeElement.name === name", arg=f"{last.ref}-next_step")
    expect(page.locator("[data-brief-pick]:checked")).to_have_count(3)
    expect(page.locator(f'[name="receiver"][value="user-{tom.pk}"]')).to_be_checked()


def test_two_tabs_do_not_overwrite_each_other(page, desk):
    amara, _ = desk
    sign_in(page, amara)
    page.goto("/handovers/new/")
    other = page.context.new_page()
    other.goto("/handovers/new/")
    field = f'[name="{Action.objects.get(title=TITLES[0]).ref}-next_step"]'
    page.fill(field, "Typed here")
    page.get_by_text("Draft saved").wait_for()
    other.fill(field, "Typed there")
    other.get_by_text("Both texts are kept").wait_for()
    expect(other.get_by_text("Typed here", exact=True)).to_be_visible()
    expect(other.locator(field)).to_have_value("Typed there")


def test_the_story_works_without_script(without_javascript, desk):
    amara, tom = desk
    page = without_javascript
    sign_in(page, amara)
    page.goto("/handovers/new/")
    write_briefs(page)
    for box in page.locator("[data-brief-pick]").all():
        box.check()
    page.locator(f'[name="receiver"][value="user-{tom.pk}"]').check()
    with page.expect_navigation():
        page.locator("main form button.pri[type=submit]").click()
    assert Item.objects.on_offer().count() == 3


ADDRESSES = (
    "/",
    "/receive/",
    "/watch-list/",
    "/board/",
    "/handovers/new/",
    "/actions/new/",
    "/services/",
    "/rota/",
    "/search/",
    "/settings/",
    "item",
    "handover",
    "check",
    "action",
    "agreement",
)


@pytest.mark.parametrize("device", ["page", "phone"])
def test_every_page_is_accessible_and_fits_light_and_dark(device, request, desk):
    amara, tom = desk
    at = timezone.now() - timedelta(hours=1)
    offered = make_offer(tom, amara, at=at, when="in_shift", override_reason="")
    passed_on = make_accepted(amara, tom, at=at, when="end_of_shift")
    special = {
        "item": offered.get_absolute_url(),
        "handover": passed_on.handover.get_absolute_url(),
        "check": passed_on.checks.get().get_absolute_url(),
        "action": passed_on.action.get_absolute_url(),
        "agreement": f"/agreements/{amara.memberships.get().team.agreements.get().ref}/",
    }
    page = request.getfixturevalue(device)
    sign_in(page, amara)
    wrong = {}
    for address in ADDRESSES:
        page.goto(special.get(address, address))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if found := axe(page):
                wrong[address, scheme] = found
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong[address, "width"] = ["scrolls sideways"]
    assert wrong == {}
