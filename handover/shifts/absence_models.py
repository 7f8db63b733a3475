"""Who is away, from when until when, and who stands in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.refs import RefField

if TYPE_CHECKING:
    from accounts.models import User


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def visible_to(self, user: User) -> AbsenceQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)

    def standing(self) -> AbsenceQuerySet:
        return self.filter(cancelled_at__isnull=True)

    def at(self, at: datetime) -> AbsenceQuerySet:
        """Absences that hold at ``at``: the start counts, the end does not."""
        return self.standing().filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at)

    def touching(self, since: datetime, until: datetime | None) -> AbsenceQuerySet:
        """Absences that share at least a moment with the time from ``since`` to ``until`` (``None``: without an end)."""
        found = self.standing().filter(Q(ends_at__isnull=True) | Q(ends_at__gt=since))
        return found if until is None else found.filter(starts_at__lt=until)


class Absence(models.Model):
    """A colleague is away from a team. ``ends_at`` empty: until further notice. ``reason`` is for leads and for whom it is about."""

    ref = RefField("AB")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="absences")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    whole_days = models.BooleanField(default=True, help_text="Told in days, not in times.")
    reason = models.TextField(blank=True)
    stand_in = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When somebody ended it earlier than was planned.")
    cancelled_at = models.DateTimeField(null=True, blank=True, help_text="Called off before it began.")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="An absence must end after it starts.",
            ),
            models.CheckConstraint(
                name="absence_stand_in_is_another",
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("colleague")),
                violation_error_message="Somebody else stands in.",
            ),
        ]
        indexes = [models.Index(fields=["team", "starts_at"], condition=Q(cancelled_at__isnull=True), name="absence_by_team_and_start")]

    def __str__(self) -> str:
        return f"{self.colleague_id} away from {self.starts_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return f"/rota/absences/{self.ref}/"

    def holds(self, at: datetime) -> bool:
        return self.cancelled_at is None and self.starts_at <= at and (self.ends_at is None or self.ends_at > at)

    def is_over(self, at: datetime) -> bool:
        return self.cancelled_at is not None or (self.ends_at is not None and self.ends_at <= at)
