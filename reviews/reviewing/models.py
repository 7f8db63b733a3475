"""A look by the team at how actions are shared: questions with the evidence beside them, everybody's view, a conclusion."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Membership
from common.refs import RefField
from reviews.reviewing.cycle_models import AsQuestion, FormQuestion, ReviewCycle, ReviewForm

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["Answer", "FormQuestion", "Participant", "Review", "ReviewCycle", "ReviewForm", "ReviewQuestion", "Step"]
PERSON = settings.AUTH_USER_MODEL


class Step(models.TextChoices):
    """What falls due next for a review that is open."""

    HALFWAY = "halfway", "remind, halfway"
    LAST_DAY = "last_day", "remind, a day before the end"
    OVER = "over", "ask a lead to conclude"
    STILL = "still", "ask again"


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User) -> ReviewQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(Q(team_id__in=ids) | Q(other_team_id__in=ids))

    def open(self) -> ReviewQuerySet:
        return self.filter(concluded_at__isnull=True)


class Review(models.Model):
    """One review of a team, open until a lead concludes it. Views are asked for until ``closes_at``; a late one still counts.

    ``since`` (included) to ``until`` (not included): the days whose handovers it looks at. ``evidence`` is what was counted when it
    opened and never changes: figures with numerator and denominator, counts and references, no words of customers or colleagues.
    ``other_team``: the receiving team that the agreement names; its people are asked as well. ``opened_by`` is empty where it opened by
    itself. ``next_step`` falls due at ``next_at``; both are empty once there is nothing left to remind of.
    """

    ref = RefField("RV")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="reviews")
    other_team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, blank=True, related_name="+")
    cycle = models.ForeignKey(ReviewCycle, models.PROTECT, null=True, blank=True, related_name="reviews")
    title = models.CharField(max_length=120)
    service = models.ForeignKey("handover.Service", models.PROTECT, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey("handover.Agreement", models.PROTECT, null=True, blank=True, related_name="+")
    point = models.ForeignKey("handover.HandoverPoint", models.PROTECT, null=True, blank=True, related_name="+")
    when = models.CharField(max_length=12, blank=True)
    since = models.DateField()
    until = models.DateField()
    evidence = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    closes_at = models.DateTimeField()
    next_step = models.CharField(max_length=8, choices=Step.choices, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    conclusion = models.TextField(blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="review_concluded_by_somebody",
                condition=Q(conclusion="", concluded_at__isnull=True, concluded_by__isnull=True)
                | ~Q(conclusion="") & Q(concluded_at__isnull=False, concluded_by__isnull=False),
            ),
            models.CheckConstraint(name="review_looks_at_some_days", condition=Q(until__gt=F("since"))),
            models.CheckConstraint(name="review_closes_after_it_opens", condition=Q(closes_at__gt=F("opened_at"))),
            models.CheckConstraint(
                name="review_step_has_its_time",
                condition=Q(next_step="", next_at__isnull=True) | ~Q(next_step="") & Q(next_at__isnull=False),
            ),
            models.UniqueConstraint(fields=["cycle", "until"], name="review_opens_once_of_a_cycle"),
        ]
        indexes = [
            models.Index(fields=["team", "-opened_at", "-id"], name="review_by_team"),
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="review_next"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.concluded_at is None

    @property
    def last_day(self) -> date:
        """The last day that it looks at, included."""
        return self.until - timedelta(days=1)

    def get_absolute_url(self) -> str:
        return f"/reviews/{self.ref}/"


class ReviewQuestion(AsQuestion):
    """A question as it was when the review opened."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="questions")

    class Meta(AsQuestion.Meta):
        constraints = [models.UniqueConstraint(fields=["review", "position"], name="review_question_position_once")]


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def here(self) -> ParticipantQuerySet:
        """Those who still belong to the team for which they were asked: the others are not waited for."""
        places = Membership.objects.current().filter(user=OuterRef("person"), team=OuterRef("team"), user__is_active=True)
        return self.filter(Exists(places))

    def waited_for(self) -> ParticipantQuerySet:
        return self.here().filter(given_at__isnull=True)


class Participant(models.Model):
    """A colleague who was asked for a view. ``draft`` is what they typed and did not give yet, by question: ``{"12": {"choice": "", "words": ""}}``.

    ``own`` are the figures about themselves when the review opened; nobody else sees them. ``remark`` is what they say about those:
    they and the leads read it, and a lead answers before the review is concluded.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="participants")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="reviews_asked")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    role = models.CharField("in the team, as", max_length=200, blank=True)
    asked_at = models.DateTimeField()
    draft = models.JSONField(default=dict, blank=True)
    draft_version = models.PositiveIntegerField(default=0)
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    own = models.JSONField(default=dict, blank=True)
    remark = models.TextField(blank=True)
    remarked_at = models.DateTimeField(null=True, blank=True)
    remark_answer = models.TextField(blank=True)
    remark_answered_at = models.DateTimeField(null=True, blank=True)
    remark_answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "person"], name="participant_once"),
            models.CheckConstraint(
                name="participant_remark_has_its_time", condition=Q(remark="", remarked_at__isnull=True) | ~Q(remark="") & Q(remarked_at__isnull=False)
            ),
            models.CheckConstraint(
                name="participant_remark_answered_by_somebody",
                condition=Q(remark_answer="", remark_answered_at__isnull=True, remark_answered_by__isnull=True)
                | ~Q(remark_answer="") & ~Q(remark="") & Q(remark_answered_at__isnull=False, remark_answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.review_id}"


class Answer(models.Model):
    """What a colleague gave as their view on one question: one of the answers, words, or both."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="answers")
    question = models.ForeignKey(ReviewQuestion, models.PROTECT, related_name="answers")
    choice = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "question"], name="review_answer_once"),
            models.CheckConstraint(name="review_answer_says_something", condition=~Q(choice="", words="")),
        ]

    def __str__(self) -> str:
        return f"to {self.question_id} by {self.participant_id}"
