"""What looking back gives to take away: a review's minutes on paper, and the week by e-mail (A-P9, A-K9; rows 54, 59)."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handover.notifications.models import Delivery, Kind
from handover.notifications.preparing import prepare
from reviews.reviewing import opening_operations as opening
from reviews.reviewing import operations as reviewing
from reviews.reviewing.opening_operations import About
from reviews.reviewing.operations import View
from reviews.sharing import weekly
from tests.fixtures.pages import axe
from tests.journeys.letting_in import let_in
from tests.pdf import pages
from tests.stories import hours, make_accepted, make_colleague, make_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def people():
    team = make_team("Harbour View")
    return make_colleague("Amara Osei", team), make_colleague("Tom Reid", team), make_colleague("Leila Haddad", team, lead=True)


def test_a_p9_the_minutes_of_a_review_are_downloaded_by_who_has_given_a_view(page, people, live_server):
    amara, _, leila = people
    now = timezone.now()
    opened = opening.start(team=amara.memberships.get().team, by=leila, at=now, about=About(now.date() - timedelta(days=28), now.date()))

    # Before Amara has given her view there is nothing to take away
    let_in(page, amara, opened.get_absolute_url(), live_server)
    expect(page.get_by_role("button", name="Give my view")).to_be_visible()
    expect(page.get_by_role("link", name="Minutes")).to_have_count(0)

    # Afterwards there is: what was said, without a name beside it
    view = {opened.questions.first().pk: View("Sometimes", "The form has one box for two readings")}
    reviewing.give(review_id=opened.pk, by=amara, at=now, views=view)
    page.reload()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Minutes").click()
    text = " ".join(pages(Path(taken.value.path()).read_bytes()))
    assert taken.value.suggested_filename == f"review-{opened.ref}.pdf"
    assert "– The form has one box for two readings" in text and "1 of 3 gave a view." in text


def test_row_59_a_lead_turns_the_weekly_e_mail_on_and_its_link_shows_that_week(page, people, live_server):
    amara, tom, leila = people
    team = amara.memberships.get().team
    today = team.local(timezone.now()).date()
    monday = timezone.now() + timedelta(days=7 - today.weekday(), hours=12)
    for number in range(6):
        make_accepted(amara, tom, at=timezone.now() - hours(number) / 3600)  # seconds, so that no Monday comes between

    # Leila wants it
    let_in(page, leila, "/settings/reminders/", live_server)
    page.get_by_label("How my team shared its work last week").check()
    assert axe(page) == []
    page.get_by_role("button", name="Save my reminders").click()
    expect(page.get_by_label("How my team shared its work last week")).to_be_checked()

    # On Monday it comes, in figures, and says plainly that nothing stands out
    assert weekly.send_due(at=monday) == 1
    prepare()
    body = Delivery.objects.get(notification__kind=Kind.SHARING_WEEK).body
    assert "In figures: 6 handovers. Nothing stands out" in body and "Ellis" not in body
    link = next(line for line in body.splitlines() if "/sharing/?" in line)
    page.goto(f"/sharing/{link.partition('/sharing/')[2]}")
    expect(page.get_by_text("6 handovers.").first).to_be_visible()
