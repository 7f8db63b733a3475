"""What a lead saw when they looked at a handover that chance had picked: four points, each yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.refs import RefField

if TYPE_CHECKING:
    from accounts.models import User

PERSON = settings.AUTH_USER_MODEL
MOST_A_MONTH = 2


class Saw(models.TextChoices):
    YES = "yes", "yes"
    NO = "no", "no"
    CANNOT_TELL = "cannot_tell", "cannot tell"


class Draw(models.Model):
    """Once for each half of a month a team's handovers are drawn from; ``until`` is not included. Nothing may have been there to draw."""

    team = models.ForeignKey("accounts.Team", models.CASCADE, related_name="+")
    since = models.DateField()
    until = models.DateField()
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "until"], name="draw_once")]

    def __str__(self) -> str:
        return f"{self.team_id} until {self.until}"

    def get_absolute_url(self) -> str:
        return "/observations/?show=waiting"


class ObservationQuerySet(models.QuerySet["Observation"]):
    def visible_to(self, user: User) -> ObservationQuerySet:
        """What is seen of one colleague's work stays between them and the leads of the team; no integration reads it."""
        if not user.is_person:
            return self.none()
        ids = user.team_ids()
        if ids is None:
            return self.all()
        own = Q(colleague=user, team_id__in=ids, observed_at__isnull=False)
        return self.filter(own | Q(team_id__in=[team_id for team_id in ids if user.is_lead_of(team_id)]))


class Observation(models.Model):
    """One accepted handover that chance picked, and what a lead of the team saw in it. ``month`` is the first day of the handover's month.

    ``colleague`` gave it: they see what was seen, and may comment. ``set_aside_at``: a lead said why nobody can observe it.
    """

    ref = RefField("OB")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="observations")
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="observations")
    item = models.OneToOneField("handover.Item", models.PROTECT, related_name="observation")
    colleague = models.ForeignKey(PERSON, models.PROTECT, related_name="observations")
    month = models.DateField()
    number = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField()
    informed = models.CharField(max_length=11, choices=Saw.choices, blank=True)
    moment = models.CharField(max_length=11, choices=Saw.choices, blank=True)
    understood = models.CharField(max_length=11, choices=Saw.choices, blank=True)
    completion = models.CharField(max_length=11, choices=Saw.choices, blank=True)
    words = models.TextField(blank=True)
    observer = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    observed_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True)
    commented_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    set_aside_why = models.CharField(max_length=300, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "colleague", "month", "number"], name="observation_two_a_month"),
            models.CheckConstraint(name="observation_at_most_two", condition=Q(number__gte=1, number__lte=MOST_A_MONTH)),
            models.CheckConstraint(
                name="observation_made_whole",
                condition=Q(observed_at__isnull=True, observer__isnull=True, informed="", moment="", understood="", completion="")
                | Q(observed_at__isnull=False, observer__isnull=False) & ~Q(informed="") & ~Q(moment="") & ~Q(understood="") & ~Q(completion=""),
            ),
            models.CheckConstraint(name="observation_not_of_oneself", condition=Q(observer__isnull=True) | ~Q(observer=models.F("colleague"))),
            models.CheckConstraint(
                name="observation_set_aside_with_a_reason",
                condition=Q(set_aside_at__isnull=True, set_aside_by__isnull=True, set_aside_why="")
                | Q(set_aside_at__isnull=False, set_aside_by__isnull=False, observed_at__isnull=True) & ~Q(set_aside_why=""),
            ),
        ]
        indexes = [
            models.Index(fields=["team", "-drawn_at", "-id"], name="observation_by_team"),
            models.Index(fields=["team", "observed_at"], condition=Q(observed_at__isnull=False), name="observation_made"),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return f"/observations/{self.ref}/"
