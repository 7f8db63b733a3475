"""How a pattern repeats and where it does not: the weeks of a rotation, exceptions, and bank holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from accounts.models import User

MOST_WEEKS = 12


class PatternWeek(models.Model):
    """One week of a rotation: on which weekdays the pattern runs in it (ISO numbers), and who is on besides the usual crew.

    A pattern without weeks repeats every week. Weeks begin on Monday; week 1 is the one that holds the pattern's ``cycle_from``.
    """

    pattern = models.ForeignKey("handover.ShiftPattern", models.CASCADE, related_name="weeks")
    number = models.PositiveSmallIntegerField()
    weekdays = ArrayField(models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(7)]), default=list, blank=True)
    crew = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")

    class Meta:
        ordering = ["pattern", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["pattern", "number"],
                name="pattern_week_once",
                violation_error_message="This week of the rotation is there already.",
            ),
            models.CheckConstraint(
                name="pattern_week_in_the_cycle",
                condition=Q(number__gte=1, number__lte=MOST_WEEKS),
                violation_error_message="A rotation has at most 12 weeks.",
            ),
        ]

    def __str__(self) -> str:
        return f"Week {self.number}"


class PatternExceptionQuerySet(models.QuerySet["PatternException"]):
    def visible_to(self, user: User) -> PatternExceptionQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(pattern__team_id__in=ids)


class PatternException(models.Model):
    """Days (both included) on which a pattern does not run or, with ``starts`` and ``ends``, runs at other times.

    Where several hold a day, the one that was written down last decides.
    """

    pattern = models.ForeignKey("handover.ShiftPattern", models.CASCADE, related_name="exceptions")
    first_day = models.DateField()
    last_day = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    why = models.CharField(max_length=120, blank=True)

    objects = PatternExceptionQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="pattern_exception_has_days",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(
                name="pattern_exception_has_both_times",
                condition=Q(starts__isnull=True, ends__isnull=True) | Q(starts__isnull=False, ends__isnull=False),
                violation_error_message="Give a start and an end, or neither.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"


class HolidayPlace(models.Model):
    """Whose bank holidays a team keeps: a country, and a region of it where holidays differ. Codes of the ``holidays`` library."""

    team = models.OneToOneField("accounts.Team", models.CASCADE, related_name="holiday_place")
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return f"{self.country} {self.region}".strip()
