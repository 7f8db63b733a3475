"""The list of notices in a real browser: it can be used by everybody, without a mouse, on a phone, in the dark."""

import pytest
from playwright.sync_api import expect

from tests.fixtures.pages import axe
from tests.stories import FOUR_PM, make_action, make_colleague, make_offer, make_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
PASSWORD = "a long enough password"


@pytest.fixture
def waiting():
    """Ana handed two things to Ben."""
    desk = make_team()
    ana, ben = make_colleague("Ana Osei", desk), make_colleague("Ben Byrne", desk, password=PASSWORD)
    for title in ("Iron for room 118", "Cot for 221"):
        make_offer(ana, ben, action=make_action(ana, title=title, at=FOUR_PM))
    return ben


def sign_in(page, person) -> None:
    page.goto("/sign-in/")
    page.fill("input[type=email]", person.email)
    page.fill("input[type=password]", PASSWORD)
    page.click("main button[type=submit], button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/notifications/", "/settings/reminders/"])
def test_both_pages_are_accessible(page, waiting, address, scheme):
    sign_in(page, waiting)
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    assert axe(page) == []


def test_a_notice_is_put_off_and_another_marked_as_read_on_a_phone(phone, waiting):
    sign_in(phone, waiting)
    phone.goto("/notifications/")
    expect(phone.get_by_role("heading", name="Needs you 2")).to_be_visible()
    phone.get_by_text("Later: Ana Osei handed you: Cot for 221").click()
    phone.get_by_role("button", name="In 1 h").locator("visible=true").click()
    expect(phone.get_by_text("Put off. It comes back in 1 h.")).to_be_visible()
    expect(phone.get_by_role("heading", name="Needs you 1")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
