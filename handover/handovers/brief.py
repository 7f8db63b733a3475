"""What travels with an item: the brief, its answers, and what both sides said about it. (Rows; the arithmetic is in ``completeness``.)"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from handover.agreements.models import Need, RequiredInformation
from handover.handovers.models import Item
from handover.shifts.models import Shift

if TYPE_CHECKING:
    from accounts.models import User

PERSON = settings.AUTH_USER_MODEL


class Brief(models.Model):
    """What the outgoing colleague wrote for an item, with the facts as they stood. Fixed once the item is accepted."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="brief")
    promise = models.TextField("what was the customer promised?", blank=True)
    promised_by = models.DateTimeField("promised by", null=True, blank=True)
    situation = models.TextField("situation", blank=True)
    done_so_far = models.TextField("what is done so far?", blank=True)
    next_step = models.TextField("next step", blank=True)
    if_then = models.TextField("if it goes wrong, do what?", blank=True)

    def __str__(self) -> str:
        return f"Brief of {self.item_id}"


class Answer(models.Model):
    """The answer to one question of the required information; the question and its need are kept as they were."""

    brief = models.ForeignKey(Brief, models.PROTECT, related_name="answers")
    required = models.ForeignKey(RequiredInformation, models.PROTECT, related_name="+")
    question = models.CharField(max_length=200)
    need = models.CharField(max_length=6, choices=Need.choices)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["brief", "required"], name="answer_once_per_question")]

    def __str__(self) -> str:
        return self.question


class Seen(models.Model):
    """A colleague opened an item that is on offer to them: a fact per colleague, not a state."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="seen_by")
    colleague = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "colleague"], name="seen_once_per_colleague")]

    def __str__(self) -> str:
        return f"{self.colleague_id} saw {self.item_id}"


class Query(models.Model):
    """A question asked before accepting, and its answer. The accept clock runs on."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="queries")
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    text = models.TextField("question")
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name_plural = "queries"
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(answered_at__isnull=True),
                name="query_one_open_per_item",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Decline(models.Model):
    """A colleague said no, with a reason. An offer to a shift is declined when its last eligible colleague has."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="declines")
    colleague = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "colleague"],
                condition=models.Q(undone_at__isnull=True),
                name="decline_once_per_colleague",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} declined {self.item_id}"


class NothingToHandOver(models.Model):
    """“Nothing to hand over”, said by a colleague at the end of a shift."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="nothing_said")
    colleague = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shift", "colleague"], name="nothing_to_hand_over_once")]

    def __str__(self) -> str:
        return f"{self.colleague_id} at the end of {self.shift_id}"


class ShiftLeft(models.Model):
    """A colleague went home from a shift. ``unaccepted``: urgent actions that nobody had accepted then; ``reason``: why they left all the same."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="left")
    colleague = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    held = models.PositiveSmallIntegerField(default=0)
    unaccepted = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField("why you leave before somebody has them", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shift", "colleague"], name="shift_left_once"),
            models.CheckConstraint(
                name="shift_left_unaccepted_has_a_reason",
                condition=models.Q(unaccepted=0) | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} left {self.shift_id}"


class HandoverDraftQuerySet(models.QuerySet["HandoverDraft"]):
    def visible_to(self, user: User) -> HandoverDraftQuerySet:
        """A draft is its writer's alone."""
        return self.filter(writer=user)


class HandoverDraft(models.Model):
    """What somebody typed and has not sent: kept as the form's fields, so that it survives a crash, a sign-out and another tab.

    ``version`` is 0 while nobody has typed: the rule that opens the handover window has prepared it, for ``prepared_for``.
    """

    writer = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    team = models.ForeignKey("accounts.Team", models.CASCADE, related_name="+")
    form = models.CharField(max_length=60, help_text="Which form: “hand-over”, or “receive IT-12”.")
    fields = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    prepared_for = models.ForeignKey(Shift, models.SET_NULL, null=True, blank=True, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)

    objects = HandoverDraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["writer", "team", "form"], name="draft_one_per_form")]

    def __str__(self) -> str:
        return f"{self.form} of {self.writer_id}"

    @property
    def is_untouched(self) -> bool:
        """It was prepared by rule, and nobody has typed yet."""
        return self.version == 0
