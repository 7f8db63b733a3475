"""The rota: patterns on the wall clock, the shifts generated from them, and who is rostered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from common.refs import RefField

if TYPE_CHECKING:
    from accounts.models import User


class ShiftPatternQuerySet(models.QuerySet["ShiftPattern"]):
    def visible_to(self, user: User) -> ShiftPatternQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)

    def current(self) -> ShiftPatternQuerySet:
        return self.filter(ended_at__isnull=True)


class ShiftPattern(models.Model):
    """A shift that repeats on some weekdays, in wall-clock times of the team's zone.

    ``ends`` at or before ``starts`` means the next morning. Weekdays as ISO numbers, Monday is 1.
    ``crew`` are the colleagues who are rostered on every shift that it generates.
    """

    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="shift_patterns")
    name = models.CharField(max_length=60)
    starts = models.TimeField()
    ends = models.TimeField()
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(7)]),
        default=list,
    )
    crew = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    generated_until = models.DateField(null=True, blank=True, help_text="Shifts exist up to this day (included).")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ShiftPatternQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.starts:%H:%M} to {self.ends:%H:%M}"


class ShiftQuerySet(models.QuerySet["Shift"]):
    def visible_to(self, user: User) -> ShiftQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)

    def running(self, at: datetime) -> ShiftQuerySet:
        """Shifts on at ``at``: the start counts, the end does not."""
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def of(self, colleague: User) -> ShiftQuerySet:
        return self.filter(rosterings__colleague=colleague)


class Shift(models.Model):
    """One working period of a team. Instants; the wall clock that they came from is the pattern's."""

    ref = RefField("SH")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="shifts")
    pattern = models.ForeignKey(ShiftPattern, models.PROTECT, null=True, blank=True, related_name="shifts")
    name = models.CharField(max_length=60)
    local_date = models.DateField(help_text="The day on which it starts, on the team's wall clock.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="shift_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="A shift must end after it starts.",
            ),
            models.UniqueConstraint(fields=["pattern", "local_date"], name="shift_once_per_pattern_and_day"),
        ]
        indexes = [
            models.Index(fields=["team", "starts_at"], name="shift_by_team_and_start"),
            models.Index(fields=["team", "ends_at"], name="shift_by_team_and_end"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.local_date:%a %d %b}"


class Rostering(models.Model):
    """A colleague is on a shift."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="rosterings")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="rosterings")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "colleague"],
                name="rostering_once",
                violation_error_message="This colleague is on the shift already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} on {self.shift_id}"
