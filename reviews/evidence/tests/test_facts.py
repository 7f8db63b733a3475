"""What a record says to an assessor, by kind of record: no words of customers or colleagues."""

import pytest

from audit.models import Event
from reviews.evidence.facts import LOADERS, facts_of
from reviews.evidence.rules import RULES
from reviews.improvements.models import Improvement
from reviews.observing.models import Observation
from reviews.reviewing.models import Review
from tests.improvements_broken import make_improvement_rows
from tests.observing_broken import make_observation_rows
from tests.reviews_broken import make_review_rows
from tests.stories import FOUR_PM, make_accepted, make_colleague, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    team = make_team()
    ana, ben = make_colleague("Ana", team), make_colleague("Ben", team, lead=True)
    make_accepted(ana, ben)
    for make in (make_review_rows, make_observation_rows, make_improvement_rows):
        make(ana, team)
    saw = {"informed": "yes", "moment": "no", "understood": "yes", "completion": "cannot_tell"}
    Observation.objects.update(observer=ben, observed_at=FOUR_PM, words="Ben’s words", comment="Ana’s words", **saw)
    return ana


def said(subject, by, **data):
    event = Event(pk=1, kind="x", subject_type=subject._meta.label_lower, subject_id=subject.pk, actor_id=by.pk, data=data, at=FOUR_PM)
    return facts_of([event])[1].said


def test_a_review_says_its_days_and_an_improvement_its_figure_and_verdict(ana):
    assert said(Review.objects.get(), ana) == ("Of 2 February 2026 to 1 March 2026",)
    improvement = Improvement.objects.get()
    assert said(improvement, ana)[1:] == ("Being agreed",)
    assert said(improvement, ana, verdict="keep")[1:] == ("Judged: yes, keep it",)
    assert "two readings" not in str(said(improvement, ana))


def test_what_was_observed_is_shown_to_the_colleague_it_is_about_and_not_by_the_observer(ana):
    seen = Observation.objects.get()
    assert said(seen, ana)[:2] == ("Was all the required information there? Yes", "Was it handed over at the right moment? No")
    assert "words" not in str(said(seen, ana))
    assert said(seen, seen.observer) == ()


def test_every_kind_of_record_that_a_rule_finds_can_be_said():
    """By what the trail calls it before the point: a new kind of rule brings its facts."""
    by_name = {
        "item": "handover.item", "action": "handover.action", "check": "handover.check", "follow_up": "handover.followup", "shift": "handover.shift",
        "report": "handover.shift", "shift_note": "handover.shiftnote", "catalog": "handover.service", "agreement": "handover.agreement",
        "practice": "handover.practice", "policy": "handover.policy", "procedure": "accounts.team", "person": "accounts.user",
        "suggestion": "reviews.suggestion", "review": "reviews.review", "improvement": "reviews.improvement", "observation": "reviews.observation",
    }  # fmt: skip
    names = {str(kind).split(".")[0] for rule in RULES for kind in rule.kinds}
    assert {by_name[name] for name in names} <= set(LOADERS)
