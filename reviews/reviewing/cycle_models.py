"""What a team reviews, how often, and with which questions: templates that a lead may change at any time; an open review keeps its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import User

WEEKS, DAYS_OPEN = 4, 7
MOST_WEEKS, MOST_DAYS = 52, 28


class AnswerKind(models.TextChoices):
    SCALE = "scale", "never, sometimes, mostly, always"
    TEXT = "text", "words only"
    CHOICE = "choice", "one of the answers below"


class OfTeams(models.QuerySet):  # type: ignore[type-arg]
    def visible_to(self, user: User) -> OfTeams:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)


class AsQuestion(models.Model):
    """A question, in a form or in a review. ``evidence`` names the figures and parts that stand beside it, in their order."""

    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=200)
    hint = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=6, choices=AnswerKind.choices, default=AnswerKind.SCALE)
    options = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    evidence = ArrayField(models.CharField(max_length=30), default=list, blank=True)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.question


class ReviewForm(models.Model):
    """A set of questions. ``revision`` rises with each change, so that two leads do not undo each other's."""

    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="review_forms")
    name = models.CharField(max_length=80)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfTeams.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["team", "name"], name="review_form_name_once", violation_error_message="Your team has a form of this name already.")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/reviews/forms/{self.pk}/"


class FormQuestion(AsQuestion):
    form = models.ForeignKey(ReviewForm, models.CASCADE, related_name="questions")

    class Meta(AsQuestion.Meta):
        constraints = [
            models.UniqueConstraint(fields=["form", "position"], name="form_question_position_once"),
            models.CheckConstraint(name="form_question_choice_has_answers", condition=~Q(kind="choice") | Q(options__len__gte=2)),
        ]


class ReviewCycle(models.Model):
    """Every ``weeks`` weeks a review of one team opens by itself: of all that it hands over, of one service, or of one agreement.

    ``opens_at`` is the next time, in the morning on the team's wall clock. A team has one for each; it is paused, never deleted.
    """

    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="review_cycles")
    service = models.ForeignKey("handover.Service", models.PROTECT, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey("handover.Agreement", models.PROTECT, null=True, blank=True, related_name="+")
    form = models.ForeignKey(ReviewForm, models.PROTECT, related_name="cycles")
    weeks = models.PositiveSmallIntegerField(default=WEEKS)
    days_open = models.PositiveSmallIntegerField(default=DAYS_OPEN)
    opens_at = models.DateTimeField()
    paused = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = OfTeams.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "service", "agreement"],
                nulls_distinct=False,
                name="review_cycle_one_each",
                violation_error_message="This is reviewed regularly already.",
            ),
            models.CheckConstraint(name="review_cycle_of_one_thing", condition=Q(service__isnull=True) | Q(agreement__isnull=True)),
            models.CheckConstraint(
                name="review_cycle_in_bounds",
                condition=Q(weeks__gte=1, weeks__lte=MOST_WEEKS, days_open__gte=1, days_open__lte=MOST_DAYS) & Q(days_open__lte=models.F("weeks") * 7),
                violation_error_message="A review ends before the next one opens.",
            ),
        ]
        indexes = [models.Index(fields=["opens_at"], condition=Q(paused=False), name="review_cycle_next")]

    def __str__(self) -> str:
        return f"every {self.weeks} weeks, team {self.team_id}"

    def get_absolute_url(self) -> str:
        return f"/reviews/cycles/{self.pk}/"
