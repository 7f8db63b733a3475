"""Completion checks: was it completed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.refs import RefField
from handover.actions.models import Action
from handover.checks.states import UNANSWERED, Outcome, State

if TYPE_CHECKING:
    from accounts.models import User

PERSON = settings.AUTH_USER_MODEL


class CheckQuerySet(models.QuerySet["Check"]):
    def unanswered(self) -> CheckQuerySet:
        return self.filter(state__in=UNANSWERED)

    def visible_to(self, user: User) -> CheckQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(Q(team_id__in=ids) | Q(action__team_id__in=ids))


class Check(models.Model):
    """“Was it completed?” — put to whoever is responsible at ``due_at``; its giver is told of the answer.

    ``team`` is the giver's. One item has at most one unanswered check. ``by_word_of_mouth``: the giver wrote down
    an answer that they heard.
    """

    ref = RefField("CH")
    action = models.ForeignKey(Action, models.PROTECT, related_name="checks")
    item = models.ForeignKey("handover.Item", models.PROTECT, related_name="checks")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    giver = models.ForeignKey(PERSON, models.PROTECT, related_name="checks_set")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SET)
    due_at = models.DateTimeField()
    set_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    question = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    words = models.TextField(blank=True)
    by_word_of_mouth = models.BooleanField(default=False)

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["set_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state__in=UNANSWERED),
                name="check_one_unanswered_per_item",
            ),
            models.CheckConstraint(
                name="check_answered_has_an_outcome",
                condition=Q(state="answered", answered_at__isnull=False) & ~Q(outcome="") | ~Q(state="answered") & Q(answered_at__isnull=True, outcome=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["action"],
                condition=Q(state__in=UNANSWERED),
                name="check_unanswered_by_action",
            ),
            models.Index(fields=["team", "-due_at", "-id"], name="check_by_team"),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return f"/checks/{self.ref}/"

    @property
    def is_unanswered(self) -> bool:
        return self.state in UNANSWERED
