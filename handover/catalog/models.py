"""What the team delivers, step by step, and where colleagues must exchange information."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from accounts.models import User


class ServiceQuerySet(models.QuerySet["Service"]):
    def visible_to(self, user: User) -> ServiceQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)

    def current(self) -> ServiceQuerySet:
        return self.filter(ended_at__isnull=True)


class Service(models.Model):
    """A service or product that the team delivers to its customers."""

    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="services")
    name = models.CharField(max_length=120)
    relies_on_teamwork = models.BooleanField("relies on teamwork", default=True)
    description = models.TextField("what it is", blank=True)
    procedure = models.TextField("how it is delivered", blank=True)
    teams = models.ManyToManyField("accounts.Team", blank=True, related_name="+", verbose_name="other teams involved")
    job_roles = models.ManyToManyField("accounts.JobRole", blank=True, related_name="services", verbose_name="job roles involved")
    position = models.PositiveSmallIntegerField(default=0)
    starter = models.CharField("made from this part of a starter set", max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "team",
                Lower("name"),
                name="service_unique_in_team",
                violation_error_message="The team has a service of this name already.",
            ),
            models.UniqueConstraint(fields=["team", "starter"], condition=~Q(starter=""), name="service_adopted_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceSystem(models.Model):
    """A system that is used to deliver a service: its name, and where it is."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="systems")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    address = models.URLField("link", max_length=500, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["service", "position"], name="service_system_one_place_each"),
            models.CheckConstraint(
                name="service_system_links_to_the_web",
                condition=Q(address="") | Q(address__startswith="https://") | Q(address__startswith="http://"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """One step in delivering a service. Who does it: job roles, of the service's team or of ``team``, and words for whom Baton does not know."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    done_by = models.CharField("who does it", max_length=120, blank=True)
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="another team does it")
    job_roles = models.ManyToManyField("accounts.JobRole", blank=True, related_name="steps", verbose_name="job roles that do it")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "position"],
                name="step_one_place_each",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.name


class HandoverPointQuerySet(models.QuerySet["HandoverPoint"]):
    def visible_to(self, user: User) -> HandoverPointQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(service__team_id__in=ids)


class HandoverPoint(models.Model):
    """A step after which colleagues must exchange information; shown as a lettered circle between two steps."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="handover_points")
    after_step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="handover_points")
    letter = models.CharField(max_length=2)
    name = models.CharField(max_length=120)
    information = models.CharField("what changes hands", max_length=300, blank=True)

    objects = HandoverPointQuerySet.as_manager()

    class Meta:
        ordering = ["letter"]
        constraints = [models.UniqueConstraint(fields=["service", "letter"], name="handover_point_one_letter_each")]

    def __str__(self) -> str:
        return f"{self.letter} {self.name}"
