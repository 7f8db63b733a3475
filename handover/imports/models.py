"""Logs of other systems, row by row, and the runs that brought them in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User

Row = TypeVar("Row", bound=models.Model)


class LogQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: User) -> LogQuerySet[Row]:
        """A log spans teams that nobody has joined yet: administrators alone see its rows. What was made of them has teams of its own."""
        return self.all() if user.team_ids() is None else self.none()


class ImportRun(models.Model):
    """One reading of a file. ``rows_done`` is where a run that was killed goes on.

    ``token`` fences: a process may write for this run only while the token is the one that it got; a process that
    goes on with the run, or begins another one of the same source, takes it away.
    """

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
    token = models.UUIDField(null=True, blank=True)

    objects: Any = LogQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["source", "-id"], name="import_run_by_source")]

    def __str__(self) -> str:
        return f"{self.file_name} for {self.source}"


class LogEvent(models.Model):
    """One row of another system's log, as it was: blanks stay blank. Every sharing figure of an imported source is counted from these.

    ``source_row`` is the file's own number where it has one, else the row's place among the rows of its case in the
    file: so the same case in a later or a longer export meets itself. ``version``, ``reassignments`` and ``opened_at``
    are what the other system counted and said itself; they are only compared, never shown as true.
    """

    source = models.CharField(max_length=60)
    case = models.CharField(max_length=60)
    source_row = models.PositiveIntegerField()
    at = models.DateTimeField()
    local_offset = models.SmallIntegerField(help_text="Minutes east of UTC of the clock as it was written.")
    actor = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    group = models.CharField(max_length=120, blank=True)
    service = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=60, blank=True)
    priority = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(null=True, blank=True)
    reassignments = models.PositiveIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    objects: Any = LogQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "case", "source_row"], name="log_event_once"),
        ]
        indexes = [
            models.Index(fields=["source", "case", "at", "source_row"], name="log_event_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.case} {self.source_row}"


class ImportedCase(models.Model):
    """A case of another system's log, and the action that was made of it.

    ``rows_seen``: how many of its rows the file of ``run`` has shown so far. ``events_used``: of how many events the
    action was made; fewer than there are means that there is something to make. ``last_at``: the newest of them.
    """

    source = models.CharField(max_length=60)
    case = models.CharField(max_length=60)
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="cases")
    rows_seen = models.PositiveIntegerField(default=0)
    events_used = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True, blank=True)
    action = models.OneToOneField("handover.Action", models.PROTECT, null=True, blank=True, related_name="imported_case")

    objects: Any = LogQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "case"], name="imported_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.case}"
