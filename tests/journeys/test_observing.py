"""Chance picks a handover, a lead says what they saw in it, and whoever gave it comments (A-P9, A-K9; rows 54, 62)."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reviews.observing import operations as observing
from reviews.observing.halves import Half
from reviews.observing.models import Observation
from tests.fixtures.pages import axe
from tests.journeys.letting_in import let_in
from tests.stories import hours, make_accepted, make_colleague, make_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def desk():
    """Amara gave a handover to Tom yesterday, and it was drawn for Leila to look at."""
    team, now = make_team("Harbour View"), timezone.now()
    amara, tom, leila = make_colleague("Amara Osei", team), make_colleague("Tom Reid", team), make_colleague("Leila Haddad", team, lead=True)
    yesterday = now - hours(24)
    make_accepted(amara, tom, at=yesterday)
    month = team.local(yesterday).date().replace(day=1)
    assert observing.draw(team_id=team.pk, halves=[Half(month, (team.local(now) + hours(24)).date())], at=now) == 1
    return amara, leila


def test_a_p9_a_handover_that_chance_picked_is_observed_and_commented_on(page, phone, desk, live_server):
    amara, leila = desk

    # Leila finds it through her notice, with what the record says beside each point
    let_in(page, leila, "/notifications/", live_server)
    page.get_by_role("link", name="Handovers to observe: 1 of your colleagues’, picked by chance", exact=True).click()
    page.get_by_role("link", name="Move Mrs Ellis from 214").click()
    expect(page.get_by_text("Nothing was left empty.")).to_be_visible()
    assert axe(page) == []

    # What she leaves out is asked for, and what she said stays
    for question in ("required information", "right moment", "was understood"):
        page.get_by_role("group", name=question).get_by_label("Yes").check()
    page.get_by_role("group", name="Was completion asked").get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Say what was seen").click()
    expect(page.get_by_role("alert").get_by_role("link", name="Say what was missing")).to_be_visible()
    expect(page.get_by_role("group", name="right moment").get_by_label("Yes")).to_be_checked()
    page.get_by_label("What you saw").fill("The check was due at seven, and nobody answered it.")
    page.get_by_role("button", name="Say what was seen").click()
    expect(page.get_by_text("Amara is told, and can comment.")).to_be_visible()

    # Amara reads it on her phone, and comments
    let_in(phone, amara, "/notifications/", live_server)
    phone.get_by_role("link", name="Leila Haddad observed a handover of yours").first.click()
    expect(phone.get_by_text("nobody answered it")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth") and axe(phone) == []
    phone.get_by_label("What do you think of it?").fill("I asked at the desk, and it was done.")
    phone.get_by_role("button", name="Say it").click()
    expect(phone.get_by_text("It stands beside what was seen.")).to_be_visible()

    # And Leila sees that
    page.goto(Observation.objects.get().get_absolute_url())
    expect(page.get_by_text("I asked at the desk, and it was done.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_is_accessible_and_counts_nothing_of_persons(page, desk, live_server, scheme):
    _, leila = desk
    page.emulate_media(color_scheme=scheme)
    let_in(page, leila, "/observations/", live_server)
    expect(page.get_by_role("heading", name="Wait for you to look at them")).to_be_visible()
    expect(page.get_by_text("Not observed yet")).to_have_count(4)
    assert axe(page) == []
