"""Swaps between colleagues, and how a team decides on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.refs import RefField
from handover.shifts.swap_states import OPEN, State

if TYPE_CHECKING:
    from accounts.models import User
    from handover.shifts.models import Shift


RELATED = ("team", "offered_by", "offered_to", "shift", "return_shift")


class SwapQuerySet(models.QuerySet["Swap"]):
    def visible_to(self, user: User) -> SwapQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)

    def open(self) -> SwapQuerySet:
        return self.filter(state__in=OPEN)


class Swap(models.Model):
    """“My shift for yours”, or without ``return_shift`` “take mine”. It ends when one of the shifts begins."""

    ref = RefField("SW")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="swaps")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="swaps_offered")
    offered_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="swaps_received")
    shift = models.ForeignKey("handover.Shift", models.CASCADE, related_name="swaps", help_text="The shift of the colleague who offers.")
    return_shift = models.ForeignKey("handover.Shift", models.CASCADE, null=True, blank=True, related_name="swaps_in_return")
    words = models.TextField(blank=True)
    offered_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="When the first of the shifts begins.")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField(blank=True)

    objects = SwapQuerySet.as_manager()

    class Meta:
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "offered_by"],
                condition=Q(state__in=OPEN),
                name="swap_one_open_per_shift",
                violation_error_message="You have offered this shift to somebody already.",
            ),
            models.CheckConstraint(
                name="swap_with_another",
                condition=~Q(offered_by=F("offered_to")),
                violation_error_message="A swap is with somebody else.",
            ),
            models.CheckConstraint(
                name="swap_two_shifts",
                condition=Q(return_shift__isnull=True) | ~Q(return_shift=F("shift")),
                violation_error_message="A swap is of two different shifts.",
            ),
        ]
        indexes = [models.Index(fields=["team", "-offered_at"], name="swap_by_team")]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return f"/rota/swaps/{self.ref}/"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def turns(swap: Swap) -> list[tuple[User, User, Shift]]:
    """Who gives which shift to whom."""
    there = [(swap.offered_by, swap.offered_to, swap.shift)]
    return [*there, (swap.offered_to, swap.offered_by, swap.return_shift)] if swap.return_shift else there


class SwapRule(models.Model):
    """How a team wants its swaps: made by the two colleagues, or approved by a lead."""

    team = models.OneToOneField("accounts.Team", models.PROTECT, primary_key=True, related_name="swap_rule")
    lead_approves = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "a lead approves" if self.lead_approves else "colleagues swap"
