"""A row of everything about reviews, and what the database refuses of it (see test_constraints.py)."""

from collections.abc import Callable
from datetime import timedelta

from django.db import models

from accounts.models import Team, User
from reviews.reviewing.models import Answer, FormQuestion, Participant, Review, ReviewCycle, ReviewForm, ReviewQuestion
from tests.breaking import change, twin
from tests.stories import FOUR_PM, hours


def make_review_rows(by: User, team: Team) -> None:
    form = ReviewForm.objects.create(team=team, name="Five questions", changed_at=FOUR_PM)
    FormQuestion.objects.create(form=form, position=1, question="Is the information given?")
    cycle = ReviewCycle.objects.create(team=team, form=form, opens_at=FOUR_PM, created_at=FOUR_PM)
    days = {"since": FOUR_PM.date() - timedelta(days=28), "until": FOUR_PM.date(), "opened_at": FOUR_PM, "closes_at": FOUR_PM + hours(90)}
    review = Review.objects.create(team=team, cycle=cycle, title="How do we share our work?", **days)
    question = ReviewQuestion.objects.create(review=review, position=1, question="Is the information given?")
    asked = Participant.objects.create(review=review, person=by, team=team, asked_at=FOUR_PM)
    Answer.objects.create(participant=asked, question=question, choice="Mostly")


BREAKS: dict[str, Callable[[], object]] = {
    "review_form_name_once": twin(ReviewForm),
    "form_question_position_once": twin(FormQuestion),
    "form_question_choice_has_answers": change(FormQuestion.objects, kind="choice", options=["only one"]),
    "review_cycle_one_each": twin(ReviewCycle),
    "review_cycle_of_one_thing": change(ReviewCycle.objects, service=1, agreement=1),
    "review_cycle_in_bounds": change(ReviewCycle.objects, weeks=1, days_open=8),
    "review_concluded_by_somebody": change(Review.objects, conclusion="We ask for two readings", concluded_at=FOUR_PM),
    "review_looks_at_some_days": change(Review.objects, until=models.F("since")),
    "review_closes_after_it_opens": change(Review.objects, closes_at=models.F("opened_at")),
    "review_step_has_its_time": change(Review.objects, next_step="over", next_at=None),
    "review_opens_once_of_a_cycle": twin(Review),
    "review_question_position_once": twin(ReviewQuestion),
    "participant_once": twin(Participant),
    "participant_remark_has_its_time": change(Participant.objects, remark="Two of them were late because of the lift"),
    "participant_remark_answered_by_somebody": change(Participant.objects, remark="No", remarked_at=FOUR_PM, remark_answer="Yes"),
    "review_answer_once": twin(Answer),
    "review_answer_says_something": change(Answer.objects, choice="", words=""),
}
