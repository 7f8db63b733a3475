"""Secret addresses at which a calendar program reads the rota."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


class FeedQuerySet(models.QuerySet["Feed"]):
    def visible_to(self, user: User) -> FeedQuerySet:
        """A feed is its owner's alone."""
        return self.filter(owner=user)

    def standing(self) -> FeedQuerySet:
        return self.filter(revoked_at__isnull=True)


class Feed(models.Model):
    """An address that shows a colleague's own shifts, or all those of a ``team``. Only a digest of the secret is kept."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feeds")
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: the owner's own shifts.")
    with_checks = models.BooleanField(default=False, help_text="Also when the owner's checks fall due, without a word about customers.")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8, help_text="The first characters, to tell addresses apart.")
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.hint}…"
