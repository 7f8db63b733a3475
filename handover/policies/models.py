"""Texts that apply to services: their versions, where they are shown, and who has read which version."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from common.refs import RefField

if TYPE_CHECKING:
    from accounts.models import User


class Kind(models.TextChoices):
    LAW = "law", "law"
    ORGANISATION = "organisation", "our own rule"
    CODE = "code", "code of practice"


class Place(models.TextChoices):
    """The fields beside which a policy can be shown: where people write what it is about."""

    CUSTOMER = "customer", "customer’s name and reference"
    CONTACT = "contact", "how to reach the customer"
    PROMISE = "promise", "what was promised, and by when"
    SITUATION = "situation", "situation"
    DONE_SO_FAR = "done_so_far", "done so far"
    NEXT_STEP = "next_step", "next step"
    IF_THEN = "if_then", "if … then …"
    REQUIRED = "required", "required information"


class PolicyQuerySet(models.QuerySet["Policy"]):
    def current(self) -> PolicyQuerySet:
        """Published, and not ended."""
        published = PolicyVersion.objects.published().filter(policy=OuterRef("pk"))
        return self.filter(Exists(published), ended_at__isnull=True)

    def concerning(self, team_ids: list[int]) -> PolicyQuerySet:
        """Linked to a service of one of these teams; one that is linked to none concerns every team."""
        links = PolicyService.objects.filter(policy=OuterRef("pk"))
        return self.filter(~Exists(links) | Exists(links.filter(service__team_id__in=team_ids)))

    def applying_to(self, service_id: int) -> PolicyQuerySet:
        """Linked to this service, or for everybody."""
        links = PolicyService.objects.filter(policy=OuterRef("pk"))
        return self.current().filter(~Exists(links) | Exists(links.filter(service=service_id)))

    def visible_to(self, user: User) -> PolicyQuerySet:
        """Administrators see every one, drafts too; everybody else what was published for a team of theirs."""
        ids = user.team_ids()
        if ids is None:
            return self.all()
        return self.filter(Exists(PolicyVersion.objects.published().filter(policy=OuterRef("pk")))).concerning(ids)


class Policy(models.Model):
    """A text of the organisation, for every team unless it is linked to services. ``kept_by`` names who keeps it up to date."""

    ref = RefField("PO")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=160)
    source = models.URLField("where the full text is", max_length=300, blank=True)
    kept_by = models.CharField("who keeps it", max_length=120)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            models.UniqueConstraint(
                Lower("title"),
                name="policy_title_unique",
                violation_error_message="There is a policy of this title already.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/policies/{self.ref}/"


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def published(self) -> PolicyVersionQuerySet:
        return self.filter(published_at__isnull=False)

    def newest(self) -> PolicyVersionQuerySet:
        """Of each policy the newest that was published: the one that is to be acknowledged."""
        later = PolicyVersion.objects.published().filter(policy=OuterRef("policy"), number__gt=OuterRef("number"))
        return self.published().filter(~Exists(later))

    def in_force(self, on: date) -> PolicyVersionQuerySet:
        """Of each policy that has not ended the newest that holds on this day: a later one may be published already."""
        later = PolicyVersion.objects.published().filter(policy=OuterRef("policy"), number__gt=OuterRef("number"), in_force_from__lte=on)
        return self.published().filter(~Exists(later), in_force_from__lte=on, policy__ended_at__isnull=True)


class PolicyVersion(models.Model):
    """One wording of a policy. Unpublished it is a draft, of which a policy has at most one; published it never changes."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    body = models.TextField("what it says")
    what_changed = models.TextField(blank=True)
    in_force_from = models.DateField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_version_number_unique"),
            models.UniqueConstraint(
                fields=["policy"],
                condition=Q(published_at__isnull=True),
                name="policy_one_draft",
                violation_error_message="A new version of this policy is being written already.",
            ),
            models.CheckConstraint(
                name="policy_published_by_somebody",
                condition=Q(published_at__isnull=True, published_by__isnull=True) | Q(published_at__isnull=False, published_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.policy_id}"

    def get_absolute_url(self) -> str:
        return f"{self.policy.get_absolute_url()}?version={self.number}"


class PolicyService(models.Model):
    """A policy applies to a service of a team."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="links")
    service = models.ForeignKey("handover.Service", models.CASCADE, related_name="policy_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "service"], name="policy_service_once")]

    def __str__(self) -> str:
        return f"policy {self.policy_id} for service {self.service_id}"


class PolicyHint(models.Model):
    """The one sentence of a policy that is shown beside a field."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="hints")
    place = models.CharField(max_length=12, choices=Place.choices)
    sentence = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "place"], name="policy_hint_one_per_place")]

    def __str__(self) -> str:
        return self.sentence


class PolicyAsked(models.Model):
    """A team was asked to read a version: what falls due, and the notices, are about this row."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="asked")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "policies asked"
        constraints = [models.UniqueConstraint(fields=["version", "team"], name="policy_asked_once_per_team")]

    def __str__(self) -> str:
        return f"version {self.version_id} asked of team {self.team_id}"

    def get_absolute_url(self) -> str:
        return self.version.policy.get_absolute_url()


class PolicyAcknowledgement(models.Model):
    """A colleague has read a version. Who has none of the newest has not."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="acknowledgements")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "colleague"], name="policy_acknowledged_once")]

    def __str__(self) -> str:
        return f"version {self.version_id} by {self.colleague_id}"
