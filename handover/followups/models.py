"""What is owed, and decided, where an action could not be completed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.refs import RefField
from handover.actions.models import Action
from handover.checks.models import Check
from handover.handovers.models import Item

if TYPE_CHECKING:
    from accounts.models import User

PERSON = settings.AUTH_USER_MODEL


class Decision(models.TextChoices):
    TAKE_BACK = "take_back", "take it back"
    PASS_ON = "pass_on", "pass it on again"
    NEW_TIME = "new_time", "agree a new time with the customer"
    ESCALATE = "escalate", "escalate to a lead"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def owed(self) -> FollowUpQuerySet:
        return self.filter(decided_at__isnull=True)

    def visible_to(self, user: User) -> FollowUpQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(Q(team_id__in=ids) | Q(action__team_id__in=ids))


class FollowUp(models.Model):
    """What happens next after *unable to complete*. Owed from the answer on; decided by the giver; linked to what it follows.

    ``led_to`` are the items offered after *pass it on again*.
    """

    ref = RefField("FU")
    action = models.ForeignKey(Action, models.PROTECT, related_name="followups")
    item = models.ForeignKey(Item, models.PROTECT, related_name="followups")
    check_answered = models.OneToOneField(Check, models.PROTECT, related_name="followup")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    owed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="followups_owed")
    owed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    words = models.TextField(blank=True)
    new_time = models.DateTimeField(null=True, blank=True)
    customer_told = models.BooleanField("the customer was told", default=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["owed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(decided_at__isnull=True),
                name="follow_up_one_owed_per_action",
            ),
            models.CheckConstraint(
                name="follow_up_decided_says_how",
                condition=Q(decided_at__isnull=True, decision="") | Q(decided_at__isnull=False) & ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="follow_up_new_time_is_told",
                condition=~Q(decision="new_time") | Q(new_time__isnull=False, customer_told=True),
                violation_error_message="A new time has to be agreed with the customer.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owed_by"],
                condition=Q(decided_at__isnull=True),
                name="follow_up_owed",
            ),
            models.Index(fields=["team", "-owed_at", "-id"], name="follow_up_by_team"),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return f"/checks/{self.check_answered.ref}/"
