"""Anybody's idea, at any time, tied to what they were looking at; seen, discussed and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.refs import RefField

if TYPE_CHECKING:
    from accounts.models import User


class Decision(models.TextChoices):
    WILL_DO = "will_do", "we will do it"
    IN_REVIEW = "in_review", "taken into the next review"
    ALREADY = "already", "done already"
    NOT_NOW = "not_now", "not now"


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: User) -> SuggestionQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)


class Suggestion(models.Model):
    """One idea of one colleague. ``about_path`` is the page that they were looking at; empty where they came from nowhere.

    ``seen_by`` is the first lead who opened it. The answer is a lead's; a later one takes the place of an earlier, the trail keeps both.
    ``review`` is the one that took it up.
    """

    ref = RefField("SU")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="suggestions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="suggestions")
    words = models.TextField()
    about_path = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    review = models.ForeignKey("reviews.Review", models.PROTECT, null=True, blank=True, related_name="suggestions")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="suggestion_answered_by_somebody",
                condition=Q(decision="", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(decision="") & Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_about_a_page_of_ours", condition=Q(about_path="") | Q(about_path__startswith="/") & ~Q(about_path__startswith="//")
            ),
        ]
        indexes = [models.Index(fields=["team", "-created_at", "-id"], name="suggestion_by_team")]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return f"/suggestions/{self.ref}/"


class SuggestionWords(models.Model):
    """What a colleague says about a suggestion."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="discussion")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"on {self.suggestion_id}"
