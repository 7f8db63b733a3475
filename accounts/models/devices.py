"""Shared PCs on which colleagues switch quickly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models.teams import Team

if TYPE_CHECKING:
    from accounts.models.people import User


class EnrolledDeviceQuerySet(models.QuerySet["EnrolledDevice"]):
    def current(self) -> EnrolledDeviceQuerySet:
        return self.filter(revoked_at__isnull=True)

    def visible_to(self, user: User) -> EnrolledDeviceQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)


class EnrolledDevice(models.Model):
    """A shared PC that a lead enrolled: its sign-in page shows the team's colleagues as tiles, then asks for the password."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="devices")
    name = models.CharField(max_length=80)
    digest = models.CharField(
        max_length=64,
        unique=True,
        help_text="SHA-256 of the secret in the device's cookie.",
    )
    enrolled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolledDeviceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
