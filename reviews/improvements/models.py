"""An agreed change to how work is shared: owner, day, the figure that it should move, who agreed, and what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.refs import RefField
from reviews.improvements.states import OPEN, State

if TYPE_CHECKING:
    from accounts.models import User


class Says(models.TextChoices):
    AGREE = "agree", "I agree"
    NOT_YET = "not_yet", "not yet, because"


class Verdict(models.TextChoices):
    KEEP = "keep", "yes, keep it"
    ADJUST = "adjust", "partly, adjust"
    UNDO = "undo", "no, undo it"
    TOO_EARLY = "too_early", "too early"


class What(models.TextChoices):
    """What falls due about an improvement."""

    ANSWER = "answer", "an answer is waited for"
    DECIDE = "decide", "not everybody has agreed"
    SOON = "soon", "due soon"
    OVERDUE = "overdue", "overdue"
    JUDGE = "judge", "did it work"


class ImprovementQuerySet(models.QuerySet["Improvement"]):
    def visible_to(self, user: User) -> ImprovementQuerySet:
        """To its team, and to the other one whose agreement with it is concerned."""
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(Q(team_id__in=ids) | Q(other_team_id__in=ids))

    def still_open(self) -> ImprovementQuerySet:
        """Neither judged nor withdrawn."""
        return self.filter(state__in=OPEN)


class Improvement(models.Model):
    """``figure`` is the name of a sharing figure, ``target`` what it should reach: a part of 1 for shares, else the figure's own unit.

    It is measured on the handovers that ``team`` gives: all, or those of one service or one agreement. ``due_on`` and ``done_on`` are days of
    the team's calendar; ``done_on`` is the first day on which the change held. ``other_team`` receives under that agreement and takes part.
    """

    ref = RefField("IM")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="improvements")
    other_team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, blank=True, related_name="+")
    change = models.CharField("what we will change", max_length=300)
    why = models.TextField(blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="improvements")
    due_on = models.DateField()
    figure = models.CharField(max_length=30)
    target = models.FloatField()
    service = models.ForeignKey("handover.Service", models.PROTECT, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey("handover.Agreement", models.PROTECT, null=True, blank=True, related_name="improvements")
    version = models.ForeignKey("handover.AgreementVersion", models.PROTECT, null=True, blank=True, related_name="improvements")
    review = models.ForeignKey("reviews.Review", models.PROTECT, null=True, blank=True, related_name="improvements")
    suggestion = models.ForeignKey("reviews.Suggestion", models.PROTECT, null=True, blank=True, related_name="improvements")
    adjusts = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="adjusted_by")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    revision = models.PositiveSmallIntegerField("how often it was written", default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_why = models.TextField("why it was decided, or withdrawn, without everybody", blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    done_words = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="improvement_agreed_has_its_time",
                condition=Q(state="proposed", agreed_at__isnull=True) | Q(state="withdrawn") | ~Q(state="proposed") & Q(agreed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="improvement_done_has_its_day",
                condition=Q(state__in=["done", "judged"], done_on__isnull=False, done_at__isnull=False, done_by__isnull=False)
                | ~Q(state__in=["done", "judged"]) & Q(done_on__isnull=True, done_at__isnull=True, done_by__isnull=True),
            ),
            models.CheckConstraint(
                name="improvement_ended_has_its_time",
                condition=Q(state__in=["judged", "withdrawn"], ended_at__isnull=False) | ~Q(state__in=["judged", "withdrawn"]) & Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(name="improvement_measured_in_one_place", condition=Q(service__isnull=True) | Q(agreement__isnull=True)),
        ]
        indexes = [
            models.Index(fields=["team", "-created_at", "-id"], name="improvement_by_team"),
            models.Index(fields=["other_team", "-created_at", "-id"], condition=Q(other_team__isnull=False), name="improvement_by_other_team"),
        ]

    def __str__(self) -> str:
        return self.change

    def get_absolute_url(self) -> str:
        return f"/improvements/{self.ref}/"


class Consent(models.Model):
    """Somebody concerned, who agrees or says why not yet. While ``says`` is empty, they owe it."""

    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="consents")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="improvement_consents")
    says = models.CharField(max_length=7, choices=Says.choices, blank=True)
    words = models.TextField("why not yet", blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["improvement", "colleague"], name="consent_one_each"),
            models.CheckConstraint(name="consent_has_its_time", condition=Q(says="", answered_at__isnull=True) | ~Q(says="") & Q(answered_at__isnull=False)),
            models.CheckConstraint(name="consent_says_why_not_yet", condition=~Q(says="not_yet") | ~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} on {self.improvement_id}: {self.says or 'nothing yet'}"


class OtherChange(models.Model):
    """What else changed meanwhile, and may be why a figure moved: “two advisers joined on 12 Oct”."""

    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="other_changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.words


class Judgement(models.Model):
    """Whether it worked, by a lead, with the figures as they stood then (``effect.as_data``). *Too early* is no last word."""

    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="judgements")
    verdict = models.CharField(max_length=9, choices=Verdict.choices)
    words = models.TextField(blank=True)
    measured = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["improvement"], condition=~Q(verdict="too_early"), name="judgement_one_last_word")]

    def __str__(self) -> str:
        return f"{self.verdict} on {self.improvement_id}"


class Prompt(models.Model):
    """Something falls due. ``told_at``: those whom it concerns were told, or had no need to be any more."""

    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="prompts")
    what = models.CharField(max_length=7, choices=What.choices)
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["improvement", "what"], condition=Q(told_at__isnull=True), name="prompt_one_of_each")]
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(told_at__isnull=True), name="prompt_waiting")]

    def __str__(self) -> str:
        return f"{self.what} of {self.improvement_id}"
