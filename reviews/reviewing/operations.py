"""Writes of a review that is open: what somebody types, the view that they give, what they say about their own figures, the conclusion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit import operations as audit
from common.errors import Invalid, NotAllowed, Refusal, StaleVersion
from handover.due import operations as due
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts.queries import lead_ids
from reviews.events import Event
from reviews.reviewing import permissions, timing
from reviews.reviewing.cycle_models import AnswerKind
from reviews.reviewing.models import Answer, Participant, Review, ReviewQuestion, Step
from reviews.reviewing.standard import SCALE
from reviews.suggestions import operations as suggestions
from reviews.suggestions.models import Decision, Suggestion

ASKING = [Kind.REVIEW_OPENED, Kind.REVIEW_WAITS]
LONGEST = 4_000


@dataclass(frozen=True)
class View:
    """On one question: one of its answers, words, or both. Neither is no view."""

    choice: str = ""
    words: str = ""


@transaction.atomic
def save_draft(*, review_id: int, by: User, at: datetime, fields: Mapping[str, str], version: int | None) -> Participant:
    """Keep what somebody is typing; nobody else sees it. Raises ``StaleVersion`` with the other text where another tab has saved meanwhile."""
    one = _place(_lock(review_id), by, at)
    if one.draft_version and version != one.draft_version and dict(fields) != one.draft:
        raise StaleVersion(
            "This draft was changed in another tab or on another PC.", possible="Choose for each field.", theirs=one.draft, version=one.draft_version
        )
    one.draft, one.draft_version, one.draft_saved_at = dict(fields), one.draft_version + 1, at
    one.save(update_fields=["draft", "draft_version", "draft_saved_at"])
    return one


@transaction.atomic
def give(*, review_id: int, by: User, at: datetime, views: Mapping[int, View]) -> Participant:
    """Give one's view, or change it: it takes the place of the one before, until the review is concluded. Once all have given theirs the leads hear."""
    review = _lock(review_id)
    one = _place(review, by, at)
    said = _clean(review, views)
    before = {each.question_id: View(each.choice, each.words) for each in one.answers.all()}
    is_first = one.given_at is None
    if not is_first and before == said:
        return _forget_draft(one)
    one.answers.all().delete()
    Answer.objects.bulk_create(Answer(participant=one, question_id=pk, choice=view.choice, words=view.words) for pk, view in said.items())
    one.given_at = one.given_at or at
    one.save(update_fields=["given_at"])
    notifications.settle(review, kinds=ASKING, recipient_id=by.pk, at=at)
    if is_first and not Participant.objects.filter(review=review).waited_for().exists():
        _ask_to_conclude(review, at=at)
    data = {"questions": sorted(said), "again": not is_first}
    audit.record(Event.REVIEW_ANSWERED, actor=by, subject=review, team_id=review.team_id, also_team_id=review.other_team_id, at=at, data=data)
    return _forget_draft(one)


@transaction.atomic
def remark(*, review_id: int, by: User, at: datetime, words: str) -> Participant:
    """Say what one's own figures do not show, or that they are wrong. The leads read it and owe an answer; new words ask anew."""
    review = _lock(review_id)
    one = _place(review, by, at)
    if not words.strip():
        raise Invalid("Write what the figures do not show.", field="words")
    if words == one.remark:
        return one
    one.remark, one.remarked_at, one.remark_answer, one.remark_answered_at, one.remark_answered_by = words, at, "", None, None
    one.save(update_fields=["remark", "remarked_at", "remark_answer", "remark_answered_at", "remark_answered_by"])
    notifications.tell(Kind.REVIEW_SAID, to=lead_ids(review.team_id, at), about=review, at=at, by=by, team_id=review.team_id, what=review.title)
    due.ring()
    audit.record(Event.REVIEW_REMARKED, actor=by, subject=review, team_id=review.team_id, at=at, data={"participant": one.pk})
    return one


@transaction.atomic
def answer_remark(*, participant_id: int, by: User, at: datetime, words: str) -> Participant:
    """A lead answers what a colleague says about their own figures; not their own."""
    review = _lock(Participant.objects.values_list("review_id", flat=True).get(pk=participant_id))
    one = Participant.objects.select_for_update(of=("self",)).get(pk=participant_id)
    permissions.check_run(by, review.team_id)
    if one.person_id == by.pk:
        raise NotAllowed("You cannot answer yourself.", possible="Another lead answers, or an administrator.")
    if not one.remark:
        raise Refusal("Nothing was said about these figures.")
    if not words.strip():
        raise Invalid("Write an answer.", field="words")
    one.remark_answer, one.remark_answered_at, one.remark_answered_by = words, at, by
    one.save(update_fields=["remark_answer", "remark_answered_at", "remark_answered_by"])
    notifications.tell(Kind.REVIEW_SAID, to=[one.person_id], about=review, at=at, by=by, team_id=review.team_id, what=review.title)
    due.ring()
    audit.record(Event.REVIEW_REMARK_ANSWERED, actor=by, subject=review, team_id=review.team_id, at=at, data={"participant": one.pk})
    return one


@transaction.atomic
def conclude(*, review_id: int, by: User, at: datetime, words: str, answers: Mapping[int, tuple[str, str]]) -> Review:
    """A lead says what the team makes of it; everybody asked is told. ``answers``: decision and words for each suggestion that was taken in.

    Safe to repeat with the same words. Refused while somebody's words about their own figures have no answer.
    """
    review = _lock(review_id)
    permissions.check_run(by, review.team_id)
    if not review.is_open:
        if review.conclusion == words:
            return review
        raise Refusal(f"{review.concluded_by} has concluded this review.", possible="What is to be added is a suggestion for the next one.")
    if not words.strip():
        raise Invalid("Write what the team makes of it.", possible="Two sentences are enough: what you found, what changes.", field="words")
    _check_remarks(review, by)
    _answer_suggestions(review, answers, by=by, at=at)
    review.conclusion, review.concluded_at, review.concluded_by, review.next_step, review.next_at = words, at, by, "", None
    review.save(update_fields=["conclusion", "concluded_at", "concluded_by", "next_step", "next_at"])
    notifications.settle(review, at=at)
    asked = list(Participant.objects.filter(review=review).here().values_list("person_id", flat=True))
    notifications.tell(Kind.REVIEW_CLOSED, to=asked, about=review, at=at, by=by, team_id=review.team_id, what=review.title)
    due.ring()
    given = review.participants.filter(given_at__isnull=False).count()
    data = {"given": given, "suggestions": sorted(answers)}
    audit.record(Event.REVIEW_CONCLUDED, actor=by, subject=review, team_id=review.team_id, also_team_id=review.other_team_id, at=at, data=data)
    return review


# --- What the above is made of ------------------------------------------------------------------------------------------


def _lock(review_id: int) -> Review:
    rows = Review.objects.select_for_update(of=("self",), no_key=True).select_related("team", "other_team", "concluded_by")
    return rows.get(pk=review_id)


def _place(review: Review, by: User, at: datetime) -> Participant:
    """The asker's place in the review; who joined the team since it opened gets one."""
    permissions.check_give(by, review)
    team_id = permissions.team_of(by, review) or review.team_id
    one, _ = Participant.objects.get_or_create(review=review, person=by, defaults={"team_id": team_id, "asked_at": at})
    return one


def _clean(review: Review, views: Mapping[int, View]) -> dict[int, View]:
    """The views that say something, in the order of the questions."""
    questions = {one.pk: one for one in ReviewQuestion.objects.filter(review=review)}
    said = {pk: View(view.choice, view.words.strip()) for pk, view in views.items() if view.choice or view.words.strip()}
    if not said:
        raise Invalid("Say something about at least one question.", possible="A press on one of the answers is enough.")
    for pk, view in said.items():
        if pk not in questions:
            raise Invalid("This question is not part of the review.")
        if view.choice and view.choice not in choices(questions[pk]):
            raise Invalid("This is not one of the answers to choose from.", field=f"q{pk}-choice")
        if len(view.words) > LONGEST:
            raise Invalid(f"At most {LONGEST:,} characters fit.", field=f"q{pk}-words")
    return {pk: said[pk] for pk in questions if pk in said}


def choices(question: ReviewQuestion) -> tuple[str, ...]:
    """What can be pressed; nothing for a question that asks for words only."""
    return {AnswerKind.SCALE: SCALE, AnswerKind.CHOICE: tuple(question.options)}.get(AnswerKind(question.kind), ())


def _forget_draft(one: Participant) -> Participant:
    one.draft, one.draft_saved_at = {}, None
    one.save(update_fields=["draft", "draft_saved_at"])
    return one


def _ask_to_conclude(review: Review, *, at: datetime) -> None:
    """Everybody has given a view: nothing is left to remind of but the conclusion."""
    review.next_step, review.next_at = Step.STILL, max(at, review.closes_at) + timing.WEEK
    review.save(update_fields=["next_step", "next_at"])
    tell_to_conclude(review, at=at, words="Everybody has given a view.")


def tell_to_conclude(review: Review, *, at: datetime, words: str) -> None:
    to = lead_ids(review.team_id, at)
    notifications.tell(Kind.REVIEW_TO_CLOSE, to=to, about=review, at=at, team_id=review.team_id, what=review.title, words=words)
    due.ring()


def _check_remarks(review: Review, by: User) -> None:
    """Own figures that a colleague objects to are answered first; only a lead's own words, which they cannot answer themselves, do not hold it up."""
    open_ones = review.participants.filter(remarked_at__isnull=False, remark_answered_at__isnull=True).exclude(person=by)
    if waiting := open_ones.select_related("person").first():
        raise Refusal(f"{waiting.person.first_name} says something about their own figures.", possible="Answer it first, further up on this page.")


def _answer_suggestions(review: Review, answers: Mapping[int, tuple[str, str]], *, by: User, at: datetime) -> None:
    """Those that nobody has answered otherwise meanwhile; one that is put off again waits for the next review."""
    waiting = Suggestion.objects.filter(review=review, decision=Decision.IN_REVIEW)
    for one in waiting.order_by("pk"):
        decision, words = answers.get(one.pk, ("", ""))
        if not decision:
            raise Invalid(
                f"Say what becomes of {one.ref}.", possible="Whoever suggested it was promised an answer from this review.", field=f"s{one.pk}-decision"
            )
        try:
            suggestions.answer(suggestion_id=one.pk, by=by, at=at, decision=decision, words=words)
        except Invalid as refusal:
            raise Invalid(refusal.sentence, possible=refusal.possible, field=f"s{one.pk}-{refusal.field}") from None
    waiting.update(review=None)
