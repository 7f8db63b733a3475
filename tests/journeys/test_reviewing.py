"""A review in a real browser: from what a lead saw, over everybody's view beside the evidence, to its conclusion."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reviews.reviewing import opening_operations as opening
from reviews.reviewing import operations as reviewing
from reviews.reviewing.models import Answer, Participant, Review
from reviews.suggestions import operations as suggestions
from tests.fixtures.pages import axe
from tests.journeys.letting_in import let_in
from tests.stories import hours, make_accepted, make_colleague, make_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
WORDS = "The phone form has a box for one reading only"


class Desk:
    """Amara gave Tom six handovers; Leila leads, and promised the next review a look at Amara's idea."""

    def __init__(self):
        self.now = timezone.now()
        self.team = make_team("Harbour View")
        self.amara, self.tom = make_colleague("Amara Osei", self.team), make_colleague("Tom Reid", self.team)
        self.leila = make_colleague("Leila Haddad", self.team, lead=True)
        for _ in range(6):
            make_accepted(self.amara, self.tom, at=self.now - hours(2))
        made = suggestions.suggest(team=self.team, by=self.amara, at=self.now - hours(2), words="Ask for both readings")
        suggestions.answer(suggestion_id=made.pk, by=self.leila, at=self.now - hours(2), decision="in_review")

    def review(self) -> Review:
        today = self.team.local(self.now).date()
        about = opening.About(today - timedelta(days=27), today + timedelta(days=1))
        return opening.start(team=self.team, by=self.leila, at=self.now - hours(1), about=about)


@pytest.fixture
def desk():
    return Desk()


def question(page, number):
    return page.locator(f"#q{number}")


def test_a_p9_a_lead_starts_a_review_and_everybody_gives_a_view_beside_the_evidence(page, second_page, desk, live_server):
    """A-P9, B-P10: review with colleagues how actions are shared."""
    let_in(page, desk.leila, "/reviews/", live_server)
    page.get_by_role("link", name="Start a review").click()
    page.get_by_label("What is the question?").fill("How do we share meter readings?")
    page.get_by_role("button", name="Open the review").click()
    expect(page.get_by_role("heading", name="How do we share meter readings?")).to_be_visible()
    review = Review.objects.get()

    # Amara finds it on her bell; the evidence and the guide stand beside the questions; what she types is kept
    let_in(second_page, desk.amara, "/notifications/", live_server)
    second_page.get_by_role("link", name=re.compile("A review is open, and wants your view")).first.click()
    expect(question(second_page, 1).get_by_text(re.compile("of 6"))).to_be_visible()
    expect(second_page.get_by_text("About the work, never about people.")).to_be_visible()
    expect(second_page.get_by_text("You gave 6")).to_be_visible()
    assert axe(second_page) == []
    question(second_page, 1).get_by_text("Sometimes", exact=True).click()
    with second_page.expect_response(lambda answer: "one+reading+only" in (answer.request.post_data or "")):
        question(second_page, 1).get_by_label("Your view").fill(WORDS)
    expect(second_page.get_by_text(re.compile(r"Draft saved \d\d:\d\d"))).to_be_visible()
    second_page.reload()
    expect(question(second_page, 1).get_by_label("Your view")).to_have_value(WORDS)
    second_page.get_by_role("button", name="Give my view").click()
    expect(second_page.get_by_text("Thank you. Your view is given")).to_be_visible()
    assert Answer.objects.get().words == WORDS

    # The lead reads it only after her own view
    page.goto(review.get_absolute_url())
    expect(page.get_by_text(WORDS)).to_have_count(0)
    question(page, 2).get_by_text("Mostly", exact=True).click()
    page.get_by_role("button", name="Give my view").click()
    expect(question(page, 1).get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text("2 of 3 have given a view")).to_be_visible()
    assert axe(page) == []


def test_b_k7_a_review_answers_what_was_suggested_and_is_concluded_on_a_phone(phone, desk, live_server):
    """A-K9, B-K7: contributing to review; the conclusion reaches everybody who was asked."""
    review = desk.review()
    first = review.questions.first()
    reviewing.give(review_id=review.pk, by=desk.amara, at=desk.now, views={first.pk: reviewing.View("Sometimes", WORDS)})
    reviewing.remark(review_id=review.pk, by=desk.amara, at=desk.now, words="The lift was out")
    let_in(phone, desk.leila, review.get_absolute_url(), live_server)
    conclusion = phone.get_by_label("What do we make of it?")
    conclusion.fill("We ask for both readings")
    phone.get_by_role("button", name="Conclude the review").click()
    expect(phone.get_by_role("alert").first).to_contain_text("Say what becomes of")
    expect(conclusion).to_have_value("We ask for both readings")
    phone.get_by_label("We will do it").check()
    phone.get_by_role("button", name="Conclude the review").click()
    expect(phone.get_by_role("alert").first).to_contain_text("Amara says something about their own figures")
    assert axe(phone) == []
    phone.get_by_label("Your answer").fill("True, we know")
    phone.get_by_role("button", name="Answer Amara Osei").click()
    expect(phone.get_by_text("True, we know")).to_be_visible()
    phone.get_by_label("We will do it").check()
    conclusion.fill("We ask for both readings")
    phone.get_by_role("button", name="Conclude the review").click()
    expect(phone.get_by_text("Concluded. Everybody who was asked is told.")).to_be_visible()
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    let_in(phone, desk.tom, "/notifications/", live_server)
    phone.get_by_role("link", name=re.compile("Leila Haddad concluded a review")).first.click()
    expect(phone.get_by_text("We ask for both readings")).to_be_visible()
    expect(phone.get_by_text(WORDS)).to_be_visible()
    assert Participant.objects.get(person=desk.tom).given_at is None


def test_a_k9_a_lead_chooses_when_reviews_open_and_what_they_ask(page, desk, live_server):
    """A-K9: how to review. Questions, and the figures beside them, are the team's own."""
    let_in(page, desk.leila, "/reviews/cycles/", live_server)
    page.get_by_role("button", name="Set it up now").click()
    page.get_by_role("link", name="All that we hand over").click()
    page.get_by_label("Every how many weeks").fill("2")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Every 2 weeks")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Five questions").click()
    page.get_by_label("Question", exact=True).first.fill("Do we read what we are given?")
    page.get_by_text("How it is answered, and what stands beside it").first.click()
    page.get_by_label("Questions per handover").first.check()
    assert axe(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Do we read what we are given?")).to_be_visible()
