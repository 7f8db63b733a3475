"""Customer service actions: something promised to a customer, and who must see it through now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from common.refs import RefField
from handover.actions.states import State
from handover.due.limits import CARRIED_MOST, Urgency

if TYPE_CHECKING:
    from accounts.models import User

OPEN = [State.HELD, State.POOL]
SEARCHED = SearchVector("title", "customer_name", "customer_reference", "ref", config="simple")
"""What a search looks in. “simple”: names and references are not words of a language."""


class ActionQuerySet(models.QuerySet["Action"]):
    def open(self) -> ActionQuerySet:
        return self.filter(state__in=OPEN)

    def held_by(self, colleague: User) -> ActionQuerySet:
        return self.filter(state=State.HELD, responsible=colleague)

    def in_pool(self) -> ActionQuerySet:
        return self.filter(state=State.POOL)

    def to_be_decided(self) -> ActionQuerySet:
        """Carried over too many shift changes since somebody last decided what happens."""
        return self.open().filter(carried__gt=F("carried_settled") + CARRIED_MOST)

    def late(self, at: datetime) -> ActionQuerySet:
        """Open actions whose promise to the customer had already run out at ``at``."""
        return self.open().filter(promised_by__lt=at)

    def visible_to(self, user: User) -> ActionQuerySet:
        """Of the user's teams, and what a team of theirs gave to another team."""
        ids = user.team_ids()
        if ids is None:
            return self.all()
        items = self.model._meta.get_field("items").related_model.objects  # type: ignore[union-attr]
        given = items.filter(action=OuterRef("pk"), from_team_id__in=ids)
        return self.filter(Q(team_id__in=ids) | Exists(given))


class Action(models.Model):
    """A customer service action. Open, it is held by one responsible colleague or lies in the team pool with a running clock.

    ``version`` rises with every edit of what people typed: an edit made against an older version is refused.
    ``sort_at`` is the promise, else the creation: never null, so that lists can continue after it.
    ``carried`` counts the shift changes that it crossed; ``carried_settled`` is how many had been crossed when its
    holder or a lead last decided what happens now. ``put_off_until``: still held, and nothing is done about it before then.
    """

    ref = RefField("HV")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="actions")
    service = models.ForeignKey(
        "handover.Service",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
    )
    title = models.CharField("what is to be done", max_length=200)
    customer_name = models.CharField("customer", max_length=120, blank=True)
    customer_reference = models.CharField("room, booking or account", max_length=60, blank=True)
    customer_contact = models.CharField("reach the customer by", max_length=120, blank=True)
    promise = models.TextField("promised to the customer", blank=True)
    promised_by = models.DateTimeField("promised by", null=True, blank=True)
    urgency = models.CharField(max_length=8, choices=Urgency.choices, default=Urgency.ROUTINE)
    state = models.CharField(max_length=14, choices=State.choices)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions_held",
    )
    held_since = models.DateTimeField(null=True, blank=True, help_text="Since when it is held, or lies in the pool.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="actions_created",
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_words = models.TextField(blank=True)
    sort_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    carried = models.PositiveSmallIntegerField("carried forward", default=0)
    carried_settled = models.PositiveSmallIntegerField(default=0)
    carried_at = models.DateTimeField(null=True, blank=True, help_text="The shift change that was counted last.")
    put_off_until = models.DateTimeField("put off until", null=True, blank=True)
    put_off_reason = models.CharField("why it is put off", max_length=300, blank=True)
    external_ref = models.CharField(max_length=120, null=True, blank=True)  # noqa: DJ001  (unique where it is given)
    imported_from = models.CharField(max_length=60, blank=True)
    trail_salt = models.CharField(
        max_length=32,
        blank=True,
        help_text="Salt of this action's personal fields in the trail; goes when they are redacted.",
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="action_has_one_holder_or_none",
                condition=Q(
                    state=State.HELD,
                    responsible__isnull=False,
                    held_since__isnull=False,
                    closed_at__isnull=True,
                )
                | Q(
                    state=State.POOL,
                    responsible__isnull=True,
                    held_since__isnull=False,
                    closed_at__isnull=True,
                )
                | Q(
                    state__in=[State.COMPLETED, State.NOT_NEEDED],
                    closed_at__isnull=False,
                ),
                violation_error_message="An open action is held by one colleague or lies in the team pool.",
            ),
            models.CheckConstraint(
                name="action_put_off_while_held",
                condition=Q(put_off_until__isnull=True) | Q(state=State.HELD),
                violation_error_message="Only what somebody holds can be put off.",
            ),
            models.CheckConstraint(
                name="action_put_off_within_promise",
                condition=Q(put_off_until__isnull=True) | Q(promised_by__isnull=True) | Q(put_off_until__lte=F("promised_by")),
                violation_error_message="It is promised to the customer before that.",
            ),
            models.UniqueConstraint(
                fields=["team", "external_ref"],
                name="action_external_ref_once",
                violation_error_message="An action with this external reference is here already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "sort_at", "id"],
                condition=Q(state__in=OPEN),
                name="action_open_by_team",
            ),
            models.Index(fields=["team", "-changed_at", "-id"], name="action_by_change"),
            models.Index(fields=["team", "sort_at", "id"], name="action_by_team"),
            models.Index(
                fields=["responsible", "sort_at", "id"],
                condition=Q(state="held"),
                name="action_held",
            ),
            GinIndex(SEARCHED, name="action_search"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        return f"/actions/{self.ref}/"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def must_be_decided(self) -> bool:
        """It crossed more shift changes than it may, and nobody has decided what happens now."""
        return self.is_open and self.carried - self.carried_settled > CARRIED_MOST


class Note(models.Model):
    """What a colleague wrote about an action. With ``item``: an addendum to a brief that is fixed since it was accepted."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="notes")
    item = models.ForeignKey("handover.Item", models.PROTECT, null=True, blank=True, related_name="addenda")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Contact(models.Model):
    """The customer got in touch about an action; ``chased`` when they had to ask before it was done."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="contacts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    channel = models.CharField("how", max_length=60, blank=True)
    text = models.TextField("what was said", blank=True)
    chased = models.BooleanField("the customer chased", default=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
