"""Who has read how the team hands over, and what it said then."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ProcedureAcknowledgement(models.Model):
    """A colleague has read a team's procedure. ``fingerprint`` tells the agreements in force that it was made of."""

    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "colleague", "fingerprint"], name="procedure_acknowledged_once")]

    def __str__(self) -> str:
        return f"procedure of team {self.team_id} by {self.colleague_id}"
