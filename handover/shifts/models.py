"""The rota: patterns on the wall clock, the shifts generated from them, and who is rostered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from common.refs import RefField

if TYPE_CHECKING:
    from accounts.models import User


class ShiftPatternQuerySet(models.QuerySet["ShiftPattern"]):
    def visible_to(self, user: User) -> ShiftPatternQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)

    def current(self) -> ShiftPatternQuerySet:
        return self.filter(ended_at__isnull=True)


class OnHolidays(models.TextChoices):
    AS_USUAL = "as_usual", "runs as usual"
    OFF = "off", "does not run"
    OTHER = "other", "runs at other times"


class ShiftPattern(models.Model):
    """A shift that repeats on some weekdays, in wall-clock times of the team's zone.

    ``ends`` at or before ``starts`` means the next morning. Weekdays as ISO numbers, Monday is 1.
    ``crew`` are the colleagues who are rostered on every shift that it generates. With ``weeks`` it is a rotation: then
    their weekdays count, not these, and ``cycle_from`` is a day of the first of them.
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
    cycle_from = models.DateField(null=True, blank=True, help_text="A day in week 1 of a rotation.")
    on_holidays = models.CharField("on bank holidays", max_length=8, choices=OnHolidays.choices, default=OnHolidays.AS_USUAL)
    holiday_starts = models.TimeField(null=True, blank=True)
    holiday_ends = models.TimeField(null=True, blank=True)

    objects = ShiftPatternQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "name"]
        constraints = [
            models.CheckConstraint(
                name="shift_pattern_holiday_hours",
                condition=Q(on_holidays=OnHolidays.OTHER, holiday_starts__isnull=False, holiday_ends__isnull=False)
                | Q(~Q(on_holidays=OnHolidays.OTHER), holiday_starts__isnull=True, holiday_ends__isnull=True),
                violation_error_message="Give the times on bank holidays where they are others, and only there.",
            )
        ]

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
        """Those that the colleague is on, for a part at least."""
        return self.filter(is_on(prefix="rosterings__", shift=""), rosterings__colleague=colleague)


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


class How(models.TextChoices):
    """How a colleague came onto a shift."""

    ROSTERED = "rostered", "rostered"
    COVER = "cover", "cover"
    SWAP = "swap", "swap"
    STAND_IN = "stand_in", "stand-in"


class Away(models.TextChoices):
    """Why somebody who is rostered is not on."""

    ABSENCE = "absence", "away"
    COVERED = "covered", "covered"
    SWAPPED = "swapped", "swapped"


class RosteringQuerySet(models.QuerySet["Rostering"]):
    def effective(self, at: datetime | None = None) -> RosteringQuerySet:
        """Who really is on. With a moment: on then, or at the start of a shift to come; without one: on for a part of the shift at least."""
        return self.filter(is_on(at))


class Rostering(models.Model):
    """A colleague is on a shift, unless marked ``away``.

    ``away_from`` and ``away_until`` only where it is an absence by time: empty means from the beginning, or to the end. ``replaces``
    is for whom a cover, a stand-in or the other side of a swap came, ``marked_at`` since when.
    """

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="rosterings")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="rosterings")
    how = models.CharField(max_length=10, choices=How.choices, default=How.ROSTERED)
    replaces = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    away = models.CharField(max_length=10, choices=Away.choices, blank=True)
    away_from = models.DateTimeField(null=True, blank=True)
    away_until = models.DateTimeField(null=True, blank=True)
    absence = models.ForeignKey("handover.Absence", models.PROTECT, null=True, blank=True, related_name="rosterings")
    marked_at = models.DateTimeField(null=True, blank=True)

    objects = RosteringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "colleague"],
                name="rostering_once",
                violation_error_message="This colleague is on the shift already.",
            ),
            models.CheckConstraint(
                name="rostering_away_says_why",
                condition=~Q(away="") | Q(away_from__isnull=True, away_until__isnull=True),
                violation_error_message="Times of an absence need an absence.",
            ),
            models.CheckConstraint(
                name="rostering_replaces_another",
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("colleague")),
                violation_error_message="Nobody replaces themselves.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} on {self.shift_id}"


def is_on(at: datetime | None = None, *, prefix: str = "", shift: str = "shift__") -> Q:
    """The condition of ``RosteringQuerySet.effective``, also from the side of a shift (``prefix="rosterings__", shift=""``)."""
    begins: Any = Greatest(Value(at), F(f"{shift}starts_at")) if at is not None else F(f"{shift}starts_at")
    ends: Any = begins if at is not None else F(f"{shift}ends_at")
    before = {f"{prefix}away_from__gt": begins}
    after = {f"{prefix}away_until__lte" if at is not None else f"{prefix}away_until__lt": ends}
    return Q(**{f"{prefix}away": ""}) | Q(**before) | Q(**after)
