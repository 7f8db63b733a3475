"""The shift report as it was signed. Until then a report has no row: it is computed from the shift itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from accounts.models import User

PERSON = settings.AUTH_USER_MODEL


class Side(models.TextChoices):
    OUTGOING = "outgoing", "given by"
    INCOMING = "incoming", "received by"


class ShiftReportQuerySet(models.QuerySet["ShiftReport"]):
    def visible_to(self, user: User) -> ShiftReportQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)


class ShiftReport(models.Model):
    """The record of one shift, fixed when its outgoing side signed it: shown from ``content`` for ever.

    ``digest`` is that of the content under ``salt``; the trail holds it too. Afterwards come only the incoming signature and addenda.
    """

    shift = models.OneToOneField("handover.Shift", models.PROTECT, related_name="report")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    content = models.JSONField()
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    fixed_at = models.DateTimeField()

    objects = ShiftReportQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="shift_report_has_a_digest", condition=~Q(digest="") & ~Q(salt=""))]

    def __str__(self) -> str:
        return f"Report of shift {self.shift_id}"


class ReportSignature(models.Model):
    """One side signed. ``on_behalf_of`` an absent colleague, with a reason."""

    report = models.ForeignKey(ShiftReport, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=8, choices=Side.choices)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on_behalf_of = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("why", max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "side"], name="report_signed_once_by_each_side"),
            models.UniqueConstraint(fields=["report", "by"], name="report_signed_by_two"),
            models.CheckConstraint(
                name="report_signed_for_another_with_a_reason",
                condition=Q(on_behalf_of__isnull=True) | ~Q(on_behalf_of=F("by")) & ~Q(reason=""),
                violation_error_message="Say why you sign on behalf of somebody else.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.report_id}"


class ReportAddendum(models.Model):
    """What somebody added after the report was fixed."""

    report = models.ForeignKey(ShiftReport, models.PROTECT, related_name="addenda")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField("what is to be added or corrected?")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "report addenda"

    def __str__(self) -> str:
        return self.text[:60]
