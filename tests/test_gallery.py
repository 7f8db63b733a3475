"""Every part of a page at once, in a real browser: readable by everybody, in every mode, on every width, in both directions."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from accounts.models import User
from tests.fixtures.pages import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def amara():
    return User.objects.create_user("amara@example.org", "Amara Osei", "a long enough password")


def sign_in(page, live_server, user):
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": live_server.url}])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", ["page", "phone"])
def test_every_part_is_accessible(device, scheme, amara, live_server, request):
    page = request.getfixturevalue(device)
    sign_in(page, live_server, amara)
    page.emulate_media(color_scheme=scheme)
    page.goto("/gallery/")

    assert page.title() == "Error: States and components · Baton"  # the sample form that is wrong says so
    assert axe(page) == []
    assert not page.evaluate(TOO_WIDE)


def test_it_reflows_at_320_pixels_and_reads_right_to_left(page, amara, live_server):
    sign_in(page, live_server, amara)
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/gallery/")
    page.evaluate("document.documentElement.dir = 'rtl'")

    assert not page.evaluate(TOO_WIDE)


def test_the_colours_of_this_device_are_drawn_by_the_server_next_time(page, amara, live_server):
    sign_in(page, live_server, amara)
    page.emulate_media(color_scheme="light")
    page.goto("/gallery/")
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile(".*"))

    page.locator(".top [data-theme-toggle]").click()
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_everything_of_the_frame_is_there_without_script(without_javascript, amara, live_server):
    page = without_javascript
    sign_in(page, live_server, amara)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/gallery/")
    page.locator(".more > summary").click()

    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page.locator("[data-theme-toggle]").first).to_be_hidden()


def test_single_keys_walk_the_list_and_never_fire_while_somebody_types(page, amara, live_server):
    sign_in(page, live_server, amara)
    page.goto("/gallery/")

    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Taxi for Mr Okafor"

    page.keyboard.press("/")
    page.keyboard.type("hjk?")
    expect(page.locator("#q")).to_have_value("hjk?")
    expect(page.locator("#keys")).to_be_hidden()

    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_without_a_connection_what_sends_waits(page, amara, live_server):
    sign_in(page, live_server, amara)
    page.goto("/gallery/")
    page.wait_for_load_state("networkidle")
    button = page.locator(".bar-sticky [data-send]")

    page.context.set_offline(True)
    page.locator("[data-offline-notice]").wait_for()
    expect(button).to_be_disabled()
    expect(button).to_have_text("Waiting for connection")

    page.context.set_offline(False)
    page.locator("[data-offline-notice]").wait_for(state="hidden")
    expect(button).to_be_enabled()
    expect(button).to_have_text("Hand 3 actions to Tom")


def test_the_meter_counts_while_somebody_types(page, amara, live_server):
    sign_in(page, live_server, amara)
    page.goto("/gallery/")
    expect(page.locator("[data-count]")).to_have_text("1 of 2")

    page.locator("#id_situation").fill("Room 214, radiator cold since 21:00")
    expect(page.locator("[data-count]")).to_have_text("2 of 2")

    page.locator("#id_title").fill("")
    expect(page.locator("[data-count]")).to_have_text("1 of 2")
    expect(page.locator("label[for=id_title]")).to_contain_text("missing")
