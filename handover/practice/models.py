"""Who has done the practice handover, and when. Nothing else of a practice is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


class PracticeQuerySet(models.QuerySet["Practice"]):
    def visible_to(self, user: User) -> PracticeQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)


class Practice(models.Model):
    """A colleague went through the practice handover in a team; ``done_at`` is the last time."""

    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    colleague = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    objects = PracticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["colleague", "team"], name="practice_one_per_colleague_and_team")]

    def __str__(self) -> str:
        return f"practice of {self.colleague_id}"
