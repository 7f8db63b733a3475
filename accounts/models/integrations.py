"""Machine clients of the REST API and the tokens they show."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.teams import Team

if TYPE_CHECKING:
    from accounts.models.people import User


class Scope(models.TextChoices):
    READ = "read", "read what the team may see"
    WRITE = "write", "create and change actions"
    OFFER = "offer", "offer, withdraw and ask for what it created"


class IntegrationQuerySet(models.QuerySet["Integration"]):
    def visible_to(self, user: User) -> IntegrationQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)


class Integration(models.Model):
    """A machine client that belongs to one team. It acts through its own user of kind *integration*."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="integrations")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="integration")
    name = models.CharField(max_length=80)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = IntegrationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class TokenQuerySet(models.QuerySet["Token"]):
    def usable(self, at: datetime) -> TokenQuerySet:
        return self.filter(
            revoked_at__isnull=True,
            expires_at__gt=at,
            integration__ended_at__isnull=True,
            integration__user__is_active=True,
        )


class Token(models.Model):
    """What an integration shows to be let in. Only its SHA-256 is kept; the text itself is shown once."""

    integration = models.ForeignKey(Integration, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(
        max_length=12,
        help_text="The first characters, to tell tokens apart on the page.",
    )
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="token_expires_within_a_year",
                condition=Q(expires_at__lte=F("created_at") + timedelta(days=367)),
                violation_error_message="A token lasts a year at most.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.hint}…"
