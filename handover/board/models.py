"""The link by which a screen on the wall shows the team board without anybody being signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


class WallLinkQuerySet(models.QuerySet["WallLink"]):
    def current(self) -> WallLinkQuerySet:
        return self.filter(revoked_at__isnull=True)

    def visible_to(self, user: User) -> WallLinkQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)


class WallLink(models.Model):
    """A read-only link to one team's board, made by a lead. Only a digest of its secret is kept; it is shown once."""

    team = models.ForeignKey("accounts.Team", models.CASCADE, related_name="wall_links")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret in the link.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = WallLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
