"""What a colleague keeps to show that they work to the standard: off until they turn it on, and theirs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.refs import RefField

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User

PERSON = settings.AUTH_USER_MODEL


class Standard(models.TextChoices):
    A = "A", "Standard A"
    B = "B", "Standard B"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> EvidenceQuerySet:
        """Its owner's alone: neither a lead nor an administrator sees it."""
        return self.filter(owner=user)

    def turned_on(self) -> EvidenceQuerySet:
        return self.filter(on_since__isnull=False)


class Evidence(models.Model):
    """A colleague's evidence: whether it is on, towards which standard, and of which days on the wall clock.

    ``until`` is the last day, included; ``None``: up to today.
    """

    owner = models.OneToOneField(PERSON, models.PROTECT, related_name="evidence")
    on_since = models.DateTimeField(null=True, blank=True)
    standard = models.CharField(max_length=1, choices=Standard.choices, default=Standard.A)
    since = models.DateField("first day")
    until = models.DateField("last day", null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="evidence_period_has_its_order",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message="The last day lies before the first one.",
            )
        ]

    def __str__(self) -> str:
        return f"evidence of {self.owner_id}"

    @property
    def is_on(self) -> bool:
        return self.on_since is not None


class EvidenceChoice(models.Model):
    """A record that its owner picked for a criterion, or dropped. ``event`` is the line of the trail, which has no foreign keys.

    ``happened_at`` is the event's own instant. ``words`` are the owner's: they name no customer.
    """

    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=6)
    event = models.BigIntegerField()
    happened_at = models.DateTimeField()
    picked = models.BooleanField()
    words = models.TextField("in my own words", blank=True)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "criterion", "event"], name="evidence_chosen_once")]

    def __str__(self) -> str:
        return f"{self.event} for {self.criterion}"


class EvidenceStatement(models.Model):
    """What a colleague writes about a criterion in their own words, beside the records."""

    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=6)
    words = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "criterion"], name="evidence_one_statement_each")]

    def __str__(self) -> str:
        return f"{self.owner_id} on {self.criterion}"


class EvidenceLinkQuerySet(models.QuerySet["EvidenceLink"]):
    def visible_to(self, user: User) -> EvidenceLinkQuerySet:
        return self.filter(owner=user)

    def usable(self, at: datetime) -> EvidenceLinkQuerySet:
        """Neither revoked nor run out: the instant of expiry itself does not count any more."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)


class EvidenceLink(models.Model):
    """A secret address at which an assessor reads the evidence as it was when the link was made. Only a digest of the secret is kept.

    ``content`` goes when the link is revoked or has run out: then nobody can read it any more.
    """

    ref = RefField("EV")
    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="evidence_links")
    name = models.CharField("for whom", max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8, help_text="The first characters, to tell links apart.")
    content = models.JSONField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="evidence_link_expires_after_it_is_made", condition=Q(expires_at__gt=F("made_at"))),
            models.CheckConstraint(name="evidence_link_revoked_shows_nothing", condition=Q(revoked_at__isnull=True) | Q(content__isnull=True)),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(content__isnull=False), name="evidence_link_still_held")]

    def __str__(self) -> str:
        return self.name
