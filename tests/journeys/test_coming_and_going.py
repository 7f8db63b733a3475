"""In the browser: whoever comes on sees what changed; whoever goes hands over first; the wall shows the board until its link is revoked."""

import re
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handover import moves
from handover.board.wall_operations import make_link
from handover.moves.invariants import broken
from tests.fixtures.pages import axe
from tests.fixtures.processes import free_port, start_web, stop
from tests.stories import fresh, hours, make_accepted, make_action, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SLOW = 20_000
PASSWORD = "correct horse battery"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def desk(now):
    """Amara is on until later, Tom comes on for the night, Priya leads."""
    team = make_team("Harbour View")
    amara, tom = make_colleague("Amara Osei", team, password=PASSWORD), make_colleague("Tom Reid", team, password=PASSWORD)
    priya = make_colleague("Priya Kaur", team, lead=True, password=PASSWORD)
    make_shift(team, "Night", now - hours(24), now - hours(16), tom)
    make_shift(team, "Late", now - hours(7), now + hours(2), amara, priya)
    make_shift(team, "Night", now + minutes(20), now + hours(9), tom)
    return amara, tom, priya


def sign_in(page, person, address="/"):
    page.goto(f"/sign-in/?next={address}")
    page.fill("input[type=email]", person.email)
    page.fill("input[type=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


@pytest.mark.parametrize("device", ["page", "phone"])
def test_field_52_53_who_comes_on_reads_the_brief_sees_what_changed_and_accepts(request, device, desk, now):
    # Given what happened while Tom was off: a customer chased, a promise moved, an action was given to him, and Amara offers one
    amara, tom, priya = desk
    chased, moved, given = (make_action(tom, at=now - hours(20), title=title) for title in ("Invoice", "Quiet room", "Newspapers"))
    moves.contact(action_id=chased.pk, by=amara, text="Where is it?", chased=True, at=now - hours(2))
    moves.promise(action_id=moved.pk, by=priya, promised_by=now + hours(3), customer_told=True, at=now - hours(2))
    moves.reassign(action_id=given.pk, by=priya, to=amara, reason="She is here", at=now - hours(3))
    offer = make_offer(amara, tom, at=now, when="end_of_shift", action=make_action(amara, at=now, title="Taxi for seven"))

    # When he signs in and follows the link of his shift to the brief
    page = request.getfixturevalue(device)
    sign_in(page, tom)
    page.get_by_role("link", name="Your brief: what changed").click()

    # Then it says since when, what changed in which words, and who is on
    expect(page.get_by_text("when your Night ended")).to_be_visible()
    changed = page.get_by_role("region", name="What changed")
    for words in ("The customer chased", "Where is it?", "Another time promised", "Taken back"):
        expect(changed.get_by_text(words).first).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("Promised until")).get_by_text("Quiet room")).to_be_visible()
    expect(page.get_by_text("Amara Osei, Priya Kaur", exact=True)).to_be_visible()
    assert axe(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")

    # And he opens what waits, and accepts it
    page.get_by_role("region", name=re.compile("Waiting for you")).get_by_role("link", name="Read and answer").click()
    page.get_by_role("button", name="Accept").last.click()
    page.wait_for_url(lambda address: "/receive/IT" not in address)
    assert fresh(offer.action).responsible == tom


def test_a_lead_ends_a_place_and_every_action_has_a_holder_or_the_pool(page, desk, now):
    amara, tom, priya = desk
    held, named = make_action(amara, at=now, title="Taxi for seven"), make_action(amara, at=now, title="Refund")
    waits = make_offer(priya, amara, at=now, action=make_action(priya, at=now, title="Allergen list"))
    watched = make_accepted(amara, priya, at=now, action=make_action(amara, at=now, title="Lost umbrella"))
    sign_in(page, priya, "/settings/team/")
    page.get_by_role("link", name="Change Amara Osei").click()
    page.get_by_role("link", name="Leaves the team").click()
    for title in ("Taxi for seven", "Refund", "Allergen list", "Lost umbrella"):
        expect(page.get_by_role("link", name=title)).to_be_visible()
    assert axe(page) == []
    row = page.get_by_role("listitem").filter(has_text="Refund")
    row.get_by_text("To somebody else").click()
    row.get_by_role("combobox").select_option(label="Tom Reid")
    page.get_by_label("Who sees through what Amara passed on").select_option(label="Tom Reid")
    page.get_by_label("Why").fill("She moves to Leeds.")
    page.get_by_role("button", name="Hand over and end the place").click()
    expect(page.get_by_role("heading", name="Where Amara’s work went")).to_be_visible()
    expect(page.get_by_text("To the team pool")).to_be_visible()
    assert axe(page) == []
    assert fresh(held).state == "pool" and fresh(named).responsible == tom
    assert fresh(waits).state == "declined" and fresh(watched).watcher == tom
    page.goto("/notifications/")
    expect(page.get_by_text("Amara Osei declined: Allergen list. You still hold it").first).to_be_visible()
    assert broken() == []


def test_somebody_falls_ill_in_mid_shift_and_goes_on_the_phone(phone, desk, now):
    amara, tom, priya = desk
    held, given = make_action(amara, at=now, title="Taxi for seven"), make_offer(amara, priya, at=now)
    sign_in(phone, amara, "/leaving/now/")
    expect(phone.get_by_role("heading", name="I have to go now")).to_be_visible()
    assert axe(phone) == []
    phone.get_by_label("What you hold goes to").select_option(label="Priya Kaur")
    phone.get_by_label("Why").fill("Fever.")
    phone.get_by_role("button", name="Hand over and go").click()
    expect(phone.get_by_text("Everything has found its place.")).to_be_visible()
    assert {fresh(held).responsible, fresh(given.action).responsible} == {priya}
    assert fresh(given).state == "withdrawn"
    assert priya.notifications.filter(kind="left_team").exists()
    assert broken() == []


def test_the_wall_shows_the_board_grows_grey_comes_back_and_says_that_it_was_revoked(page, second_page, desk, now):
    # Given a lead who makes a link and opens it on a screen where nobody is signed in
    amara, tom, priya = desk
    make_action(amara, at=now, title="Ring Mrs Ellis back", customer_name="Mrs Ellis")
    sign_in(page, priya, "/settings/walls/")
    page.get_by_label("Name of the screen").fill("Behind the desk")
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("Link", exact=True).input_value()
    path = address[address.index("/wall/") :]
    second_page.clock.install()
    second_page.goto(path)

    # Then it shows the board with names shortened, and nothing to press
    expect(second_page.get_by_text("Ring Mrs E. back")).to_be_visible()
    expect(second_page.get_by_text("Amara O.")).to_be_visible()
    assert "Ellis" not in second_page.content() and "Osei" not in second_page.content()
    expect(second_page.locator("a, button, form")).to_have_count(0)
    assert axe(second_page) == []

    # When nothing answers for a minute, then it is grey and says since when
    second_page.context.set_offline(True)
    second_page.clock.run_for(70_000)
    expect(second_page.locator("body")).to_have_class(re.compile("stale"))
    expect(second_page.get_by_text(re.compile(r"Last updated \d\d:\d\d"))).to_be_visible()

    # When it can ask again, then it shows what is new
    moves.create(team=fresh(amara).memberships.get().team, by=amara, responsible=amara, at=timezone.now(), title="Reset the boiler")
    second_page.context.set_offline(False)
    second_page.clock.run_for(21_000)
    expect(second_page.get_by_text("Reset the boiler")).to_be_visible(timeout=SLOW)
    expect(second_page.locator("body")).not_to_have_class(re.compile("stale"))

    # When the lead revokes the link, then the screen says so and shows nothing
    page.goto("/settings/walls/")
    page.get_by_role("button", name="Revoke Behind the desk").click()
    second_page.clock.run_for(21_000)
    expect(second_page.get_by_text("This link was revoked.")).to_be_visible(timeout=SLOW)
    assert "Reset the boiler" not in second_page.content()


@pytest.fixture
def web():
    """Starts and stops the server of its own that a wall asks."""
    port, running = free_port(), []
    yield SimpleNamespace(address=f"http://127.0.0.1:{port}", start=lambda: running.append(start_web(port)), stop=lambda: stop(running.pop()))
    while running:
        stop(running.pop())


def test_the_wall_grows_grey_when_the_server_itself_stops_and_comes_back_with_it(page, web, desk, now):
    # Given a wall that shows the board
    amara, _, priya = desk
    team = priya.memberships.get().team
    make_action(amara, at=now, title="Taxi for seven")
    _, path = make_link(team=team, name="Behind the desk", by=priya, at=now)
    web.start()
    page.clock.install()
    page.goto(f"{web.address}{path}")
    expect(page.get_by_text("Taxi for seven")).to_be_visible()
    page.clock.run_for(45_000)
    expect(page.locator("body")).not_to_have_class(re.compile("stale"))

    # When the server's processes are gone for a minute, then it is grey, says since when, and keeps what it showed
    web.stop()
    page.clock.run_for(70_000)
    expect(page.locator("body")).to_have_class(re.compile("stale"))
    expect(page.get_by_text(re.compile(r"Last updated \d\d:\d\d"))).to_be_visible()
    expect(page.get_by_text("Taxi for seven")).to_be_visible()

    # When the server runs again, then the wall shows what is new by itself
    make_action(amara, at=now, title="Reset the boiler")
    web.start()
    page.clock.run_for(21_000)
    expect(page.get_by_text("Reset the boiler")).to_be_visible(timeout=SLOW)
    expect(page.locator("body")).not_to_have_class(re.compile("stale"))
