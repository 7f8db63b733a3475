"""The minutes of a review on paper: what was said, counted and concluded, without anybody's name beside what they said."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from reviews.reviewing import opening_operations as opening
from reviews.reviewing import operations as reviewing
from reviews.reviewing.minutes import Asked, Minutes, evidence_words, pdf_of
from reviews.reviewing.models import Review
from reviews.reviewing.opening_operations import About
from reviews.reviewing.operations import View
from reviews.reviewing.showing import Block
from tests.pdf import pages
from tests.stories import make_action, make_colleague, make_team

pytestmark = pytest.mark.django_db
WHOLE = {
    "ref": "RV-3",
    "team": "Harbour Hotel, front desk",
    "title": "How do we share our work?",
    "looked_at": "26 Oct to 22 Nov, 65 handovers.",
    "state": "Concluded Mon 23 Nov 2026, 09:00 GMT",
    "took_part": "4 of 6 gave a view.",
    "printed": "Printed Mon 23 Nov 2026, 09:05 GMT by Leila Haddad.",
    "is_open": False,
}


@pytest.fixture
def review():
    """Amara and Leila have given their view; Tom has not."""
    team = make_team("Harbour Hotel, front desk")
    amara, tom, leila = make_colleague("Amara Osei", team), make_colleague("Tom Reid", team), make_colleague("Leila Haddad", team, lead=True)
    at = timezone.now()
    make_action(amara, at=at, title="Ring Mrs Ellis about the bill")
    about = About(at.date() - timedelta(days=28), at.date())
    opened = opening.start(team=team, by=leila, at=at, about=about, title="How do we share our work?")
    first, *_ = opened.questions.all()
    for person, choice, words in ((amara, "Sometimes", "The form has one box for two readings"), (leila, "Mostly", "")):
        reviewing.give(review_id=opened.pk, by=person, at=at, views={first.pk: View(choice, words)})
    return opened, amara, tom, leila


def text_of(answer) -> str:
    return " ".join(" ".join(pages(answer.content)).split())


def test_a_p9_the_minutes_hold_what_was_said_counted_and_concluded(review, client):
    opened, amara, _, leila = review
    reviewing.conclude(review_id=opened.pk, by=leila, at=timezone.now(), words="We add a second box.\nLeila asks the printers.", answers={})
    client.force_login(amara)
    answer = client.get(f"/reviews/{opened.ref}/minutes.pdf")
    text = text_of(answer)
    for words in (
        "Review minutes",
        opened.ref,
        "How do we share our work?",
        "2 of 3 gave a view.",
        "We add a second box. Leila asks the printers.",
        "1. Is the required information given when we hand over?",
        "Never 0 · Sometimes 1 · Mostly 1 · Always 0",
        "– The form has one box for two readings",
        "by Amara Osei.",
    ):
        assert words in text, words
    assert answer["Content-Disposition"] == f'attachment; filename="review-{opened.ref}.pdf"'
    assert Event.objects.filter(kind="review.minutes_taken", subject_ref=opened.ref).count() == 1


def test_paper_names_neither_who_said_it_nor_a_customer(review, client):
    opened, amara, _, leila = review
    client.force_login(leila)
    text = text_of(client.get(f"/reviews/{opened.ref}/minutes.pdf"))
    assert "one box for two readings" in text and "Amara" not in text
    assert "Mrs Ellis" not in text and "Open longest when this review opened: HV-" in text
    assert "Not concluded yet" in text


def test_who_has_not_given_a_view_gets_no_minutes_before_the_end(review, client):
    opened, _, tom, leila = review
    client.force_login(tom)
    refused = client.get(f"/reviews/{opened.ref}/minutes.pdf")
    assert refused.status_code == 403 and "Give your own view first" in refused.content.decode()
    assert not Event.objects.filter(kind="review.minutes_taken").exists()
    Review.objects.update(conclusion="Nothing", concluded_at=timezone.now(), concluded_by=leila)
    assert client.get(f"/reviews/{opened.ref}/minutes.pdf").status_code == 200


def test_long_views_fill_pages_and_lose_nothing():
    many = [Asked(f"Question {n}?", [("Never", n)], ["word " * 700, "last one"], ["31% had a detail missing (20 of 65)."]) for n in range(1, 12)]
    improvements = [{"change": "Add a box IM-1", "owner": "Ellie Lunn", "by": "Fri 4 Dec", "measure": "Under 10%", "state": "Agreed (5 of 6 agreed)"}]
    effect = [{"what": "Before", "words": "71% of 162 handovers, 5 weeks"}]
    more = {"asked": many, "improvements": improvements, "effect": effect, "suggestions": [("SU-1", "A second phone", "(we will do it)")]}
    made = pages(pdf_of(Minutes(**WHOLE, **more)))
    text = " ".join(made)
    assert len(made) > 3 and text.count("word") == 700 * 11 and text.count("last one") == 11
    for words in ("Add a box IM-1", "71% of 162 handovers, 5 weeks", "SU-1: A second phone (we will do it)", f"Page 1 of {len(made)}"):
        assert words in text


def test_evidence_is_one_paragraph_each_and_titles_are_left_in_the_product():
    blocks = [
        Block(strong="31%", text="had a detail missing (20 of 65)."),
        Block(rows=[{"label": "Last two readings", "value": "14 times"}]),
        Block(title="Open longest", rows=[{"label": "Mrs Ellis, 214", "value": "13 days", "url": "/actions/HV-7/"}]),
        Block(title="Read-backs", rows=[{"label": "Mrs Ellis", "value": "HO-9", "url": "/handovers/HO-9/?item=IT-2"}]),
    ]
    assert list(evidence_words(blocks)) == [
        "31% had a detail missing (20 of 65).",
        "Last two readings 14 times.",
        "Open longest: HV-7 13 days.",
        "Read-backs: HO-9.",
    ]
