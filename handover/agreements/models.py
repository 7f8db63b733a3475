"""What colleagues agreed for a handover point: when, to whom, how, with which information, how soon, and when it is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from common.refs import RefField
from handover.agreements.states import State as VersionState
from handover.catalog.models import HandoverPoint
from handover.due.limits import Urgency

if TYPE_CHECKING:
    from accounts.models import User


class Applies(models.TextChoices):
    DURING = "during", "during a shift"
    BETWEEN = "between", "between shifts"
    BOTH = "both", "during and between shifts"


class Means(models.TextChoices):
    """How the information is exchanged. Whatever is said, Baton keeps the record."""

    BATON = "baton", "in Baton"
    FACE = "face", "face to face, with Baton as the record"
    PHONE = "phone", "by phone, with Baton as the record"
    VIDEO = "video", "by video, with Baton as the record"


class CheckRule(models.TextChoices):
    PROMISE = "promise", "15 minutes after the promise to the customer"
    NEXT_SHIFT = "next_shift", "at the start of the giver's next shift"
    AFTER = "after", "some time after acceptance"


class Need(models.TextChoices):
    MUST = "must", "must"
    SHOULD = "should", "should"
    NO = "no", "not needed"


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User) -> AgreementQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(Q(team_id__in=ids) | Q(versions__to_team_id__in=ids)).distinct()


class Agreement(models.Model):
    """A living document about one handover point: its versions carry the text. A point has one for *during*, one for *between*, or one for both."""

    ref = RefField("AG")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="agreements")
    point = models.ForeignKey(HandoverPoint, models.PROTECT, related_name="agreements")
    applies = models.CharField(max_length=8, choices=Applies.choices, default=Applies.BOTH)
    created_at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "applies"], name="agreement_one_per_point_and_time")]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return f"/agreements/{self.ref}/"


class VersionQuerySet(models.QuerySet["AgreementVersion"]):
    def in_force(self) -> VersionQuerySet:
        return self.filter(state=VersionState.IN_FORCE)

    def proposed(self) -> VersionQuerySet:
        return self.filter(state=VersionState.PROPOSED)

    def visible_to(self, user: User) -> VersionQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(Q(agreement__team_id__in=ids) | Q(to_team_id__in=ids))


class AgreementVersion(models.Model):
    """One version of an agreement. An item keeps the version that it was offered under."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    trigger = models.TextField("when it is right to hand over", blank=True)
    means = models.CharField("how", max_length=8, choices=Means.choices, default=Means.BATON)
    channel = models.CharField("how, exactly", max_length=200, default="in Baton")
    warm = models.BooleanField("spoken as well", default=False)
    to_team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, blank=True, related_name="+")
    receiving_roles = models.ManyToManyField("accounts.JobRole", blank=True, related_name="+")
    colleague_may_go_past = models.BooleanField("a colleague may go past the rules with a reason", default=False)
    check_rule = models.CharField(max_length=12, choices=CheckRule.choices, default=CheckRule.PROMISE)
    check_minutes = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="Minutes after acceptance, where the check rule says so.",
    )
    escalation = models.TextField("if it was not done", blank=True)
    review_on = models.DateField("next review", null=True, blank=True)
    why = models.TextField("why", blank=True)
    revision = models.PositiveSmallIntegerField("how often its text was written", default=1)
    answer_by = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_why = models.TextField("why it was decided, or ended, without everybody's agreement", blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_number_unique"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state="in_force"),
                name="agreement_one_version_in_force",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state="proposed"),
                name="agreement_one_proposal",
                violation_error_message="Another change to this agreement is proposed already.",
            ),
            models.CheckConstraint(
                name="agreement_check_minutes_given",
                condition=~Q(check_rule="after") | Q(check_minutes__isnull=False, check_minutes__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.agreement_id}"

    @property
    def how(self) -> str:
        """“By phone, with Baton as the record: extension 210”. Whatever is said, Baton keeps the record."""
        if self.means != Means.BATON:
            words = str(Means(self.means).label) + (f": {self.channel}" if self.channel else "")
        else:
            words = (self.channel or "in Baton") + (", spoken as well" if self.warm else "")
        return words[:1].upper() + words[1:]

    @property
    def number_words(self) -> str:
        return str(self.number)

    @property
    def agreed(self) -> int:
        """How many of those named have agreed; with ``answers`` loaded, without a question to the database."""
        return sum(one.answer == "agree" for one in self.answers.all())

    def get_absolute_url(self) -> str:
        """The page on which it is, or was, proposed; ``agreement`` should be loaded."""
        return f"/agreements/{self.agreement.ref}/proposals/{self.number}/"


class AgreementLimit(models.Model):
    """How soon an offer of one urgency is to be accepted, and whether it is read back."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="limits")
    urgency = models.CharField(max_length=8, choices=Urgency.choices)
    accept_within = models.PositiveIntegerField(
        "accept within (minutes)",
        null=True,
        blank=True,
        help_text="Empty: the usual limit for this urgency.",
    )
    read_back = models.BooleanField("read back before accepting", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "urgency"], name="agreement_limit_one_per_urgency")]

    def __str__(self) -> str:
        return f"{self.urgency} of {self.version_id}"


class RequiredInformation(models.Model):
    """A question whose answer must, or should, travel with the action."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="required")
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=200)
    hint = models.CharField("example", max_length=200, blank=True)
    routine = models.CharField(max_length=6, choices=Need.choices, default=Need.SHOULD)
    soon = models.CharField(max_length=6, choices=Need.choices, default=Need.SHOULD)
    urgent = models.CharField(max_length=6, choices=Need.choices, default=Need.MUST)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "required information"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="required_information_one_place_each",
            )
        ]

    def __str__(self) -> str:
        return self.question

    def need(self, urgency: str) -> str:
        """*must*, *should* or *no*, for an action of this urgency."""
        return str(getattr(self, Urgency(urgency).value))
