"""What falls due, and when. The row is the queue: a scheduler only looks at it."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q


class Rule(models.TextChoices):
    """The rules of “When things fall due” (see the domain's glossary)."""

    NOTHING_OFFERED = "nothing_offered", "nothing offered yet"
    NOT_ACCEPTED = "not_accepted", "not accepted"
    OFFER_LAPSES = "offer_lapses", "an offer runs out"
    QUERY = "query", "query not answered"
    CHECK = "check", "completion check"
    CHECK_NOT_ANSWERED = "check_not_answered", "check not answered"
    FOLLOW_UP = "follow_up", "follow-up not decided"
    POOL = "pool", "in the pool"
    PROMISE = "promise", "promise"
    LAPSE = "lapse", "accepted and then nothing"
    NO_ONE_ELIGIBLE = "no_one_eligible", "no one eligible on shift"
    OWN_REMINDER = "own_reminder", "own reminder"
    WINDOW_OPENS = "window_opens", "handover window opens"
    SHIFT_ENDED = "shift_ended", "shift ended with actions still held"
    CARRIED = "carried", "carried forward"
    RESUMES = "resumes", "put off until now"
    AGREEMENT_ANSWER = "agreement_answer", "proposal not answered"
    AGREEMENT_REVIEW = "agreement_review", "agreement due for review"
    POLICY = "policy", "policy not acknowledged"
    SWAP = "swap", "swap not answered"
    REPORT = "report", "shift report not signed"


def type_of(subject: models.Model) -> str:
    """How a table that names its subject by type and id spells the type."""
    return str(subject._meta.model_name)


def about_any(subjects: Iterable[models.Model]) -> Q:
    """Rows about any of ``subjects``, for a table that names its subject by type and id."""
    ids: dict[str, list[int]] = {}
    for subject in subjects:
        ids.setdefault(type_of(subject), []).append(subject.pk)
    about = Q()
    for name, keys in ids.items():
        about |= Q(subject_type=name, subject_id__in=keys)
    return about


class DueQuerySet(models.QuerySet["Due"]):
    def live(self) -> DueQuerySet:
        """Neither fired nor cancelled."""
        return self.filter(fired_at__isnull=True, cancelled_at__isnull=True)

    def about(self, subject: models.Model) -> DueQuerySet:
        return self.filter(subject_type=type_of(subject), subject_id=subject.pk)


class Due(models.Model):
    """One occurrence that must happen at an instant, whatever dies meanwhile.

    ``step`` 1 reminds, step 2 escalates. ``person`` is whose it is, where a rule concerns one colleague (own
    reminders, “nothing offered yet”). A re-planned occurrence is a new row; the old one is cancelled.
    ``lease_token`` fences a rule that makes a move: only who still holds the lease may mark the row fired.
    """

    rule = models.CharField(max_length=20, choices=Rule.choices)
    step = models.PositiveSmallIntegerField(default=1)
    subject_type = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    fired_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Nobody else touches it before: a move is on its way, or it failed and waits to be tried again.",
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=250, blank=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "step", "subject_type", "subject_id", "person"],
                condition=Q(fired_at__isnull=True, cancelled_at__isnull=True),
                nulls_distinct=False,
                name="due_one_live_row_each",
            ),
            models.CheckConstraint(
                name="due_fired_or_cancelled",
                condition=Q(fired_at__isnull=True) | Q(cancelled_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(fired_at__isnull=True, cancelled_at__isnull=True),
                name="due_live_by_instant",
            ),
            models.Index(
                fields=["subject_type", "subject_id"],
                condition=Q(fired_at__isnull=True, cancelled_at__isnull=True),
                name="due_live_by_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.step} of {self.subject_type} {self.subject_id} at {self.due_at:%Y-%m-%d %H:%M}"
