"""A lead looks at how work is shared, and goes from a mark to the handovers behind it (A-P9, A-K9; rows 55 to 58)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reviews.sharing import rollups
from tests.fixtures.pages import axe
from tests.journeys.letting_in import let_in
from tests.stories import hours, make_accepted, make_action, make_agreement, make_colleague, make_shift, make_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def lea():
    """Ana of the late shift gave Ben of the night shift two actions a day for eight days, and holds one since three days."""
    team, now = make_team("Harbour View"), timezone.now()
    ana, ben, lea = make_colleague("Ana Lind", team), make_colleague("Ben Okoro", team), make_colleague("Lea Marsh", team, lead=True)
    service = make_agreement(team, service="Room moves").agreement.point.service
    for day in range(1, 9):
        at = now - timedelta(days=day)
        make_shift(team, "Late", at - hours(7), at + hours(1), ana)
        make_shift(team, "Night", at, at + hours(8), ben)
        for _ in range(2):
            make_accepted(ana, ben, at=at, action=make_action(ana, at=at, service=service))
    make_action(ana, at=now - timedelta(days=3, hours=4), title="Ring Mr Okafor back")
    rollups.refresh(at=now)
    return lea


def test_a_p9_a_lead_sees_how_work_is_shared_and_what_is_behind_each_mark(page, phone, lea, live_server):
    # The figures stand on top; the charts come by themselves, each with its table
    let_in(page, lea, "/sharing/", live_server)
    expect(page.get_by_text("16 handovers. Patterns of work, not scores for people.")).to_be_visible()
    expect(page.locator("[data-chart=pairs] svg")).to_be_visible()
    expect(page.locator("[data-chart=strips] svg")).to_be_visible()
    expect(page.get_by_role("heading", name="What stands out")).to_be_visible()
    expect(page.get_by_role("link", name="Start a review from this")).to_have_attribute("href", "/reviews/start/")
    assert axe(page) == []

    # From a pair to its handovers
    page.locator("section", has=page.get_by_role("heading", name="Who hands to whom?")).get_by_text("As a table").click()
    page.get_by_role("link", name="16 from Late to Night").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("from Late, to Night")
    expect(page.locator("[data-item]")).to_have_count(16)

    # A choice stays in the address, and goes with it to a review
    page.go_back()
    page.get_by_label("Service").select_option("Room moves")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("[data-chart=weeks] svg")).to_be_visible()
    assert "service=" in page.url and "service=" in (page.get_by_role("link", name="Start a review from this").get_attribute("href") or "")

    # On a phone: the oldest that is open, and the list behind it
    let_in(phone, lea, "/sharing/", live_server)
    expect(phone.locator("[data-chart=ages] svg")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth") and axe(phone) == []
    phone.get_by_role("link", name="Oldest still open").click()
    expect(phone.locator("[data-action]", has_text="Ring Mr Okafor back")).to_have_count(1)
