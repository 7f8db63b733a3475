"""Teams, job roles and a colleague's place in a team."""

from __future__ import annotations

import zoneinfo
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models.people import User


def check_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            "“%(name)s” is not a time zone. Use a name such as Europe/London.",
            params={"name": name},
        )


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, user: User) -> TeamQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(pk__in=ids)


class Team(models.Model):
    """Colleagues who serve the same customers; the boundary of what a person may see."""

    class Kind(models.TextChoices):
        FRONT_DESK = "front_desk", "front desk"
        SHOP = "shop", "shop"
        CONTACT_CENTRE = "contact_centre", "contact centre"
        OTHER = "other", "other"

    name = models.CharField(max_length=120)
    zone = models.CharField("time zone", max_length=60, default="Europe/London", validators=[check_zone])
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.OTHER)
    source = models.CharField(
        max_length=60,
        blank=True,
        help_text="The other system, for a team made by an import.",
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = TeamQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "source",
                name="team_name_unique",
                violation_error_message="There is a team of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tz(self) -> tzinfo:
        return zoneinfo.ZoneInfo(self.zone)

    def local(self, at: datetime) -> datetime:
        """The instant ``at`` on this team's wall clock."""
        return at.astimezone(self.tz)


class JobRoleQuerySet(models.QuerySet["JobRole"]):
    def visible_to(self, user: User) -> JobRoleQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)


class JobRole(models.Model):
    """What a colleague does, e.g. “night receptionist”; agreements name who may receive by job role."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="job_roles")
    name = models.CharField(max_length=80)

    objects = JobRoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "team",
                Lower("name"),
                name="job_role_unique_in_team",
                violation_error_message="The team has a job role of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Level(models.TextChoices):
    MEMBER = "member", "member"
    LEAD = "lead", "lead"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        return self.filter(ended_at__isnull=True)

    def leads(self) -> MembershipQuerySet:
        return self.current().filter(level=Level.LEAD, user__is_active=True)

    def visible_to(self, user: User) -> MembershipQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)


class Membership(models.Model):
    """A colleague's place in a team. Never deleted: it ends, so that history keeps its people."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    level = models.CharField(max_length=6, choices=Level.choices, default=Level.MEMBER)
    job_roles = models.ManyToManyField(JobRole, blank=True, related_name="memberships")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "user"],
                condition=Q(ended_at__isnull=True),
                name="membership_one_current_per_team",
                violation_error_message="This colleague is in the team already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"

    @property
    def is_lead(self) -> bool:
        return self.level == Level.LEAD and self.ended_at is None

    def roles_line(self) -> str:
        """Job roles as one line, for lists: “night receptionist, porter”."""
        return ", ".join(role.name for role in self.job_roles.all())
