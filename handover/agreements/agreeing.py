"""What colleagues say about a proposed version: the answers of those named, the thread of reasons, and drafts not sent yet."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from handover.agreements.models import Agreement, AgreementVersion
from handover.catalog.models import HandoverPoint


class Says(models.TextChoices):
    AGREE = "agree", "I agree"
    CHANGE = "change", "I want a change first"
    KEEP = "keep", "Keep what we have"


class ProposalAnswer(models.Model):
    """A colleague who has to agree, on the side of one team. While ``answer`` is empty, they owe it."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="answers")
    colleague = models.ForeignKey("accounts.User", models.PROTECT, related_name="proposal_answers")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=6, choices=Says.choices, blank=True)
    line = models.CharField("which line", max_length=60, blank=True)
    words = models.TextField("what instead, or why", blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "colleague"], name="proposal_answer_one_each"),
            models.CheckConstraint(
                name="proposal_answer_has_its_time",
                condition=Q(answer="", answered_at__isnull=True) | ~Q(answer="") & Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(name="proposal_answer_says_why", condition=Q(answer__in=["", "agree"]) | ~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} on {self.version_id}: {self.answer or 'not yet'}"


class ProposalComment(models.Model):
    """One line of the thread about a proposal. ``answer``: it came with an answer; ``revision``: which text it is about."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="comments")
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    revision = models.PositiveSmallIntegerField(default=1)
    answer = models.CharField(max_length=6, choices=Says.choices, blank=True)
    line = models.CharField("which line", max_length=60, blank=True)
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.words


class ProposalDraft(models.Model):
    """A proposal that somebody is writing: what the form held, saved as they type. One for each agreement, or for a first one at a point."""

    writer = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    point = models.ForeignKey(HandoverPoint, models.CASCADE, related_name="+")
    agreement = models.ForeignKey(Agreement, models.CASCADE, null=True, blank=True, related_name="+")
    fields = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["writer", "point", "agreement"], nulls_distinct=False, name="proposal_draft_one_each")]

    def __str__(self) -> str:
        return f"draft of {self.writer_id} for {self.point_id}"
