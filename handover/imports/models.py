"""Logs of other systems, row by row, and the runs that brought them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: User) -> ImportRunQuerySet:
        return self.all() if user.team_ids() is None else self.none()


class ImportRun(models.Model):
    """One reading of a file. ``rows_done`` is where a run that was killed goes on."""

    source = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=12)
    zone = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    rows_new = models.PositiveIntegerField(default=0)
    oddities = models.JSONField(default=dict)

    objects = ImportRunQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.file_name} for {self.source}"


class LogEvent(models.Model):
    """One row of another system's log, as it was: blanks stay blank. Every sharing figure of an imported source is counted from these."""

    source = models.CharField(max_length=60)
    case = models.CharField(max_length=60)
    source_row = models.PositiveIntegerField()
    at = models.DateTimeField()
    local_offset = models.SmallIntegerField(
        help_text="Minutes east of UTC of the clock as it was written."
    )
    actor = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    group = models.CharField(max_length=120, blank=True)
    service = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=60, blank=True)
    priority = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "case", "source_row"], name="log_event_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["source", "case", "at", "source_row"], name="log_event_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.case} {self.source_row}"
