"""Somebody must hear of it: the notice in the product, and its deliveries by other channels."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import User


class Kind(models.TextChoices):
    """What a notice is about. The words a person reads are in ``wording``."""

    OFFERED = "offered", "handed to you"
    ACCEPTED = "accepted", "accepted"
    READ_BACK = "read_back", "read back"
    READ_BACK_ANSWERED = "read_back_answered", "read-back answered"
    DECLINED = "declined", "declined"
    QUERIED = "queried", "question asked"
    QUERY_ANSWERED = "query_answered", "question answered"
    QUERY_WAITS = "query_waits", "question not answered"
    WITHDRAWN = "withdrawn", "withdrawn"
    NOT_ACCEPTED = "not_accepted", "not accepted"
    OFFER_LAPSED = "offer_lapsed", "offer ran out"
    LAPSED = "lapsed", "acceptance lapsed"
    NOTHING_OFFERED = "nothing_offered", "nothing offered yet"
    NO_ONE_ELIGIBLE = "no_one_eligible", "no one can take it"
    OVERRIDDEN = "overridden", "rule gone past with a reason"
    CHECK_ASKED = "check_asked", "completion check"
    CHECK_WAITS = "check_waits", "check not answered"
    OUTCOME = "outcome", "outcome"
    UNABLE = "unable", "could not be completed"
    FOLLOW_UP_WAITS = "follow_up_waits", "next step not decided"
    DECIDED = "decided", "next step decided"
    ESCALATED = "escalated", "escalated to you"
    TAKEN_BACK = "taken_back", "taken back"
    REASSIGNED = "reassigned", "given to you by a lead"
    IN_POOL = "in_pool", "nobody holds it"
    PROMISE = "promise", "promise"
    PROMISE_CHANGED = "promise_changed", "another time agreed"
    CHASED = "chased", "the customer chased"
    REOPENED = "reopened", "reopened"
    ADDED = "added", "added to what you took over"
    OWN_REMINDER = "own_reminder", "your reminder"
    BY_RULE = "by_rule", "offered by rule"
    LEFT_UNACCEPTED = "left_unaccepted", "left with urgent actions unaccepted"
    CARRIED = "carried", "carried forward too often"
    BACK_AGAIN = "back_again", "put off until now"
    PROPOSED = "proposed", "change to an agreement proposed"
    AGREEMENT_WAITS = "agreement_waits", "your answer to a proposal is waited for"
    PROPOSAL_ANSWERED = "proposal_answered", "proposal answered"
    AGREED = "agreed", "agreement in force"
    PROPOSAL_ENDED = "proposal_ended", "proposal ended"
    AGREEMENT_REVIEW = "agreement_review", "agreement due for review"
    PROCEDURE = "procedure", "how we hand over has changed"
    POLICY = "policy", "policy to acknowledge"
    ROSTERED = "rostered", "your shifts have changed"
    SWAP_OFFERED = "swap_offered", "swap offered"
    SWAP_ANSWERED = "swap_answered", "swap answered"
    SWAP_WAITS = "swap_waits", "swap to approve"
    AWAY = "away", "colleague away"
    SHIFT_NOTE = "shift_note", "note for the shift"
    REPORT_WAITS = "report_waits", "shift report to sign"
    REPORT = "report", "shift report"
    LEFT_TEAM = "left_team", "colleague has left"
    SUGGESTED = "suggested", "suggestion"
    SUGGESTION_DISCUSSED = "suggestion_discussed", "suggestion discussed"
    SUGGESTION_ANSWERED = "suggestion_answered", "suggestion answered"
    REVIEW_OPENED = "review_opened", "review to answer"
    REVIEW_WAITS = "review_waits", "your view is waited for"
    REVIEW_TO_CLOSE = "review_to_close", "review to conclude"
    REVIEW_CLOSED = "review_closed", "review concluded"
    REVIEW_SAID = "review_said", "about your figures in a review"
    OBSERVE = "observe", "handovers to observe"
    OBSERVED = "observed", "your handover was observed"
    OBSERVATION_HEARD = "observation_heard", "observation commented on"
    IMPROVING = "improving", "improvement proposed"
    IMPROVEMENT_WAITS = "improvement_waits", "improvement to answer"
    IMPROVEMENT_HEARD = "improvement_heard", "improvement answered"
    IMPROVEMENT_ON = "improvement_on", "improvement agreed"
    IMPROVEMENT_DUE = "improvement_due", "improvement due"
    IMPROVEMENT_DONE = "improvement_done", "improvement carried out"
    IMPROVEMENT_JUDGE = "improvement_judge", "did an improvement work"
    IMPROVEMENT_OVER = "improvement_over", "improvement ended"
    SHARING_WEEK = "sharing_week", "how the week was shared"
    DIGEST = "digest", "while you could not be reached"


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: User) -> NotificationQuerySet:
        """A notice is its recipient's alone, and of a team only while they belong to it."""
        ids = user.team_ids()
        own = self.filter(recipient=user)
        return own if ids is None else own.filter(Q(team__isnull=True) | Q(team__in=ids))

    def standing(self, at: datetime) -> NotificationQuerySet:
        """What counts on the bell: neither read, settled nor put off beyond ``at``."""
        return self.filter(read_at__isnull=True, settled_at__isnull=True).filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=at))


class Notification(models.Model):
    """One notice to one person, in the product. Other channels get a ``Delivery`` each.

    ``settled_at``: what it asked for was done, or is not needed any more; it stays readable and stops counting.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notifications")
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    due = models.ForeignKey(
        "handover.Due",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="notifications",
    )
    subject_type = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    action = models.ForeignKey("handover.Action", models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=250)
    words = models.TextField(blank=True)
    path = models.CharField(max_length=120)
    needs_you = models.BooleanField(default=False)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    prepared_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When its deliveries by other channels were made, or found not to be wanted.",
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["due", "recipient"],
                condition=Q(due__isnull=False),
                name="notification_once_per_occurrence",
            )
        ]
        indexes = [
            models.Index(fields=["recipient", "-at", "-id"], name="notification_by_person"),
            models.Index(
                fields=["recipient"],
                condition=Q(read_at__isnull=True, settled_at__isnull=True),
                name="notification_standing",
            ),
            models.Index(
                fields=["subject_type", "subject_id"],
                condition=Q(settled_at__isnull=True),
                name="notification_by_subject",
            ),
            models.Index(
                fields=["id"],
                condition=Q(prepared_at__isnull=True),
                name="notification_unprepared",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DeliveryState(models.TextChoices):
    PENDING = "pending", "waiting"
    CLAIMED = "claimed", "being prepared"
    TRANSMITTING = "transmitting", "being sent"
    SENT = "sent", "sent"
    FAILED = "failed", "refused"
    CANCELLED = "cancelled", "no longer needed"


class Delivery(models.Model):
    """One message by a channel outside the product. Text and Message-ID are fixed when it is made, so that every copy is the same."""

    notification = models.ForeignKey(Notification, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, default="email")
    address = models.CharField(max_length=254)
    message_id = models.CharField(max_length=120, unique=True)
    subject_line = models.CharField(max_length=250)
    body = models.TextField()
    state = models.CharField(max_length=14, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    resent_unknown = models.PositiveSmallIntegerField(
        default=0,
        help_text="How often it was sent again because nobody could know whether the first copy arrived.",
    )
    next_at = models.DateTimeField()
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=250, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="delivery_once_per_channel")]
        indexes = [
            models.Index(
                fields=["next_at", "id"],
                condition=Q(state__in=["pending", "claimed", "transmitting"]),
                name="delivery_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} to {self.notification_id}"
