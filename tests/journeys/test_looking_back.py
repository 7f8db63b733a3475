"""A whole cycle: a suggestion, a review that opens by itself, three views, a conclusion, and an improvement that is seen to have worked
(A-P9, A-P10, A-K9, A-K10, B-P10, B-K7; rows 54, 55, 60, 61)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reviews.improvements.models import Improvement
from reviews.reviewing import due_operations, tasks
from reviews.reviewing.models import Review, ReviewCycle
from reviews.sharing import rollups
from tests.fixtures.pages import axe
from tests.journeys.letting_in import let_in
from tests.stories import hours, make_accepted, make_colleague, make_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAYS = timedelta(days=1)
IDEA = "Ask what was done before anything else."


@pytest.fixture
def people():
    """Three weeks ago details were missing, since yesterday none is; today the team's review is due."""
    team = make_team("Harbour Hotel, front desk")
    amara, tom = make_colleague("Amara Osei", team), make_colleague("Tom Reid", team)
    leila = make_colleague("Leila Haddad", team, lead=True)
    now = timezone.now()
    for number in range(6):
        make_accepted(amara, tom, at=now - 20 * DAYS - number * hours(1), entry={"done_so_far": "", "missing_reason": "No time"})
        make_accepted(amara, tom, at=now - hours(20) - number * hours(1) / 2)
    rollups.rebuild(at=now)
    due_operations.begin(team, at=now - 30 * DAYS)
    ReviewCycle.objects.update(opens_at=now - hours(1))
    return amara, tom, leila


def test_a_whole_cycle_from_a_suggestion_to_an_improvement_that_worked(page, people, live_server):
    amara, tom, leila = people
    suggest_and_take_in(page, amara, leila, live_server)
    give_views(page, people, live_server)
    improvement = conclude_and_improve(page, people, live_server)
    carry_out_and_judge(page, tom, leila, improvement, live_server)

    # The next one who opens the review sees what became of it
    let_in(page, amara, improvement.review.get_absolute_url(), live_server)
    expect(page.get_by_text("We ask for it first from now on.")).to_be_visible()
    expect(page.get_by_role("heading", name="Did the last change work?")).to_be_visible()
    expect(page.get_by_text("It worked, kept").first).to_be_visible()


def suggest_and_take_in(page, amara, leila, live_server):
    # Amara sees on the dashboard what she knows already, and says so; her lead takes it into the next review
    let_in(page, amara, "/sharing/", live_server)
    page.get_by_role("link", name="Suggest something better").click()
    expect(page.get_by_text("Sharing patterns").first).to_be_visible()
    page.get_by_label("What could be better?").fill(IDEA)
    page.get_by_role("button", name="Suggest it").click()
    page.get_by_text("The leads of your team see it").wait_for()

    let_in(page, leila, "/notifications/", live_server)
    page.get_by_text("Amara Osei suggests something better").first.click()
    page.get_by_role("radio", name=re.compile("^Taken into the next review")).check()
    page.get_by_role("button", name="Answer").click()
    page.get_by_text("Amara is told.").wait_for()


def give_views(page, people, live_server):
    # The review opens by itself, with its evidence, and asks everybody; who has not given a view does not read the others'
    assert tasks.look() == 1
    for person, choice, words in zip(
        people, ("Sometimes", "Mostly", "Mostly"), ("Nobody writes what was done.", "I ring to ask.", "At night it is worse."), strict=True
    ):
        let_in(page, person, "/notifications/", live_server)
        page.get_by_text("A review is open, and wants your view").first.click()
        expect(page.get_by_role("heading", name=re.compile("^How do we share"))).to_be_visible()
        expect(page.get_by_text("had a detail missing").first).to_be_visible()
        expect(page.get_by_text("Look at the evidence first.")).to_be_visible()
        expect(page.get_by_text("Nobody writes what was done.")).to_have_count(0)
        page.get_by_role("group", name=re.compile("^1. Is the required information given")).get_by_text(choice, exact=True).click()
        page.get_by_label("Your view on question 1").fill(words)
        page.get_by_role("button", name="Give my view").click()
        page.get_by_text("Your view is given").wait_for()
    assert axe(page) == []
    expect(page.get_by_text("I ring to ask.").first).to_be_visible()
    expect(page.get_by_text("3 of 3 have given a view")).to_be_visible()


def conclude_and_improve(page, people, live_server):
    # The lead adds an improvement with its owner, day and figure, and concludes; those concerned agree
    amara, tom, leila = people
    page.get_by_role("link", name="Add one").click()
    page.get_by_label("What will you change?").fill("Ask what was done so far first")
    page.get_by_label("Owner").select_option("Tom Reid")
    page.get_by_label("The figure that it should move").select_option("missing")
    page.get_by_label("Target").fill("10")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("Given with a detail missing: 10% or less").first).to_be_visible()
    assert axe(page) == []
    improvement = Improvement.objects.get()

    let_in(page, leila, Review.objects.get().get_absolute_url(), live_server)
    expect(page.get_by_role("table", name="Improvements").get_by_text("1 of 3")).to_be_visible()
    page.get_by_role("radio", name=re.compile("^We will do it")).check()
    page.get_by_label("What do we make of it?").fill("We ask for it first from now on.")
    page.get_by_role("button", name="Conclude the review").click()
    page.get_by_text("Concluded. Everybody who was asked is told.").wait_for()

    for person in (tom, amara):
        let_in(page, person, "/notifications/", live_server)
        page.get_by_text("Leila Haddad proposes an improvement").first.click()
        page.get_by_role("radio", name="I agree").check()
        page.get_by_role("region", name="Your answer").get_by_role("button").click()
    page.get_by_text("Everybody concerned has agreed.").wait_for()
    return improvement


def carry_out_and_judge(page, tom, leila, improvement, live_server):
    # Its owner says that it holds since the day before yesterday; the figures before and after stand beside the lead's verdict
    since = improvement.team.local(timezone.now()).date() - 2 * DAYS
    let_in(page, tom, improvement.get_absolute_url(), live_server)
    page.get_by_label("The first day on which it held").fill(since.isoformat())
    page.get_by_role("button", name="It is done").click()
    page.get_by_text("Done. In four weeks the leads are asked whether it worked.").wait_for()

    let_in(page, leila, improvement.get_absolute_url(), live_server)
    effect = page.get_by_role("region", name="Did it work?")
    expect(effect).to_contain_text("100%")
    expect(effect).to_contain_text("0%")
    expect(effect).to_contain_text("95")
    expect(effect).to_contain_text("A difference does not show why")
    effect.get_by_text("Yes, keep it", exact=True).click()
    page.get_by_role("button", name="Record the verdict").click()
    page.get_by_text("Recorded. Everybody concerned is told.").wait_for()
    expect(page.get_by_text("It worked, kept").first).to_be_visible()
    assert axe(page) == []
