"""Shift notes: something the next shift should know that is not an action."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.refs import RefField

if TYPE_CHECKING:
    from accounts.models import User

PERSON = settings.AUTH_USER_MODEL


class For(models.TextChoices):
    """Which shifts a note is for."""

    FOLLOWING = "following", "every shift from now on"
    NEXT = "next", "the next shift only"
    NAMED = "named", "a shift by its name"


class ShiftNoteQuerySet(models.QuerySet["ShiftNote"]):
    def visible_to(self, user: User) -> ShiftNoteQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)

    def standing(self, at: datetime) -> ShiftNoteQuerySet:
        """Neither resolved nor run out: the instant of expiry itself does not count any more."""
        return self.filter(resolved_at__isnull=True).filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at))

    def gone(self, at: datetime) -> ShiftNoteQuerySet:
        """Resolved, or run out."""
        return self.filter(Q(resolved_at__isnull=False) | Q(expires_at__lte=at))


class ShiftNote(models.Model):
    """A note to the shifts that follow. Without ``expires_at`` it reappears until somebody resolves it.

    ``pinned`` is a standing instruction: it comes first. ``for_shift`` is the one shift that a note to the next shift is for (none
    where the team has no rota), ``shift_name`` which shift, such as “Night”, where it is for shifts of one name.
    The words as they were before are in ``ShiftNoteVersion``.
    """

    ref = RefField("SN")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="shift_notes")
    text = models.TextField("what should the next shift know?")
    topic = models.CharField(max_length=60, blank=True)
    pinned = models.BooleanField("standing instruction", default=False)
    audience = models.CharField("for", max_length=10, choices=For.choices, default=For.FOLLOWING)
    for_shift = models.ForeignKey("handover.Shift", models.PROTECT, null=True, blank=True, related_name="notes_for_it")
    shift_name = models.CharField("which shift", max_length=60, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolve_reason = models.CharField("why", max_length=300, blank=True)

    objects = ShiftNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="shift_note_named_shift_has_a_name",
                condition=Q(audience="named") & ~Q(shift_name="") | ~Q(audience="named") & Q(shift_name=""),
                violation_error_message="Say which shift the note is for.",
            ),
            models.CheckConstraint(
                name="shift_note_expires_after_it_begins",
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("at")),
                violation_error_message="A note runs out after it was written.",
            ),
            models.CheckConstraint(
                name="shift_note_resolved_by_somebody",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True) | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["team", "at", "id"], condition=Q(resolved_at__isnull=True), name="shift_note_standing"),
            models.Index(fields=["team", "-at", "-id"], name="shift_note_by_team"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return f"/notes/{self.ref}/"


class ShiftNoteVersion(models.Model):
    """What a note said before it was changed, and who had written that, when."""

    note = models.ForeignKey(ShiftNote, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    topic = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["note", "number"], name="shift_note_version_once")]

    def __str__(self) -> str:
        return f"{self.note_id}, {self.number}"


class ShiftNoteSeen(models.Model):
    """A colleague had a note on their screen: a fact per colleague, which asks nothing of anybody."""

    note = models.ForeignKey(ShiftNote, models.PROTECT, related_name="seen_by")
    colleague = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["note", "colleague"], name="shift_note_seen_once")]

    def __str__(self) -> str:
        return f"{self.colleague_id} saw {self.note_id}"
