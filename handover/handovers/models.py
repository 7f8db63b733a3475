"""The passing of responsibility: an envelope, the items in it, and the brief of each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.refs import RefField
from handover.actions.models import Action
from handover.agreements.models import AgreementVersion
from handover.handovers.states import ON_OFFER, State
from handover.shifts.models import Shift

if TYPE_CHECKING:
    from accounts.models import User

PERSON = settings.AUTH_USER_MODEL


class When(models.TextChoices):
    END_OF_SHIFT = "end_of_shift", "at the end of a shift"
    IN_SHIFT = "in_shift", "during a shift"


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: User) -> HandoverQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(Q(team_id__in=ids) | Q(to_team_id__in=ids))


class Handover(models.Model):
    """The envelope: items offered in one press. ``rule`` names the rule that made it, where no person did."""

    ref = RefField("HO")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="handovers")
    to_team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="handovers_received")
    giver = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="handovers_given")
    when = models.CharField(max_length=12, choices=When.choices)
    warm = models.BooleanField("spoken as well", default=False)
    channel = models.CharField("how", max_length=200, blank=True)
    offered_at = models.DateTimeField()
    rule = models.CharField(max_length=20, blank=True)
    imported_from = models.CharField(max_length=60, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["team", "-offered_at", "-id"], name="handover_by_team")]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return f"/handovers/{self.ref}/"


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, user: User) -> ItemQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(Q(from_team_id__in=ids) | Q(to_team_id__in=ids))

    def on_offer(self) -> ItemQuerySet:
        return self.filter(state__in=ON_OFFER)

    def watched_by(self, giver: User) -> ItemQuerySet:
        """The watch list: what ``giver`` passed on, or watches for somebody who left, and has not yet seen through."""
        theirs = Q(giver=giver, watcher__isnull=True) | Q(watcher=giver)
        return self.filter(theirs, seen_through_at__isnull=True, imported_from="").exclude(
            state__in=[State.WITHDRAWN, State.DECLINED, State.LAPSED, State.TAKEN_BACK]
        )

    def late(self, at: datetime) -> ItemQuerySet:
        """Still on offer when the agreed time to accept had run out at ``at``."""
        return self.on_offer().filter(accept_by__lt=at)


class Item(models.Model):
    """One action on offer: its giver, its receiver (a colleague *or* a shift), its state, its brief.

    ``accept_by``: after it the lead is told. ``read_back_right`` is ``None`` until the giver has said *right* or
    *not quite*. ``seen_through_at``: the giver pressed *Seen* on the final outcome. ``watcher`` does what is the giver's to do
    since the giver left the team.
    """

    ref = RefField("IT")
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="items")
    action = models.ForeignKey(Action, models.PROTECT, related_name="items")
    from_team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    to_team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    giver = models.ForeignKey(PERSON, models.PROTECT, related_name="items_given")
    offered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    receiver = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="items_received")
    receiving_shift = models.ForeignKey(Shift, models.PROTECT, null=True, blank=True, related_name="items_offered")
    agreement_version = models.ForeignKey(AgreementVersion, models.PROTECT, null=True, blank=True, related_name="items")
    state = models.CharField(max_length=12, choices=State.choices, default=State.OFFERED)
    read_back_needed = models.BooleanField(default=False)
    offered_at = models.DateTimeField()
    accept_by = models.DateTimeField(null=True, blank=True)
    check_at = models.DateTimeField(
        "check it was completed",
        null=True,
        blank=True,
        help_text="As the giver chose; empty: by rule.",
    )
    missing_reason = models.CharField("why it goes with details missing", max_length=300, blank=True)
    override_reason = models.CharField("why the rules were gone past", max_length=300, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="items_accepted")
    read_back = models.TextField("read-back", blank=True)
    read_back_right = models.BooleanField(null=True, blank=True)
    read_back_answer = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    seen_through_at = models.DateTimeField(null=True, blank=True)
    watcher = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="items_watched_for")
    follows = models.ForeignKey(
        "handover.FollowUp",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_to",
    )
    imported_from = models.CharField(max_length=60, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(state__in=ON_OFFER),
                name="item_one_open_offer_per_action",
                violation_error_message="This action is already on offer to somebody.",
            ),
            models.CheckConstraint(
                name="item_to_a_colleague_or_a_shift",
                condition=Q(receiver__isnull=False, receiving_shift__isnull=True) | Q(receiver__isnull=True, receiving_shift__isnull=False),
                violation_error_message="An item is offered to a colleague or to a shift.",
            ),
            models.CheckConstraint(
                name="item_not_to_oneself",
                condition=Q(receiver__isnull=True) | ~Q(receiver=models.F("giver")),
                violation_error_message="You cannot hand over to yourself.",
            ),
            models.CheckConstraint(
                name="item_accepted_by_somebody",
                condition=~Q(state__in=[State.ACCEPTED, State.TAKEN_BACK, State.ENDED]) | Q(accepted_by__isnull=False, accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="item_not_accepted_by_its_giver",
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=models.F("giver")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["receiver", "accept_by", "id"],
                condition=Q(state__in=ON_OFFER),
                name="item_waiting_for_colleague",
            ),
            models.Index(
                fields=["receiving_shift"],
                condition=Q(state__in=ON_OFFER),
                name="item_waiting_for_shift",
            ),
            models.Index(fields=["from_team"], condition=Q(state__in=ON_OFFER), name="item_on_offer_from_team"),
            models.Index(fields=["to_team"], condition=Q(state__in=ON_OFFER), name="item_on_offer_to_team"),
            models.Index(
                fields=["giver", "-offered_at", "-id"],
                condition=Q(seen_through_at__isnull=True),
                name="item_watched",
            ),
            models.Index(
                fields=["watcher", "-offered_at", "-id"],
                condition=Q(seen_through_at__isnull=True, watcher__isnull=False),
                name="item_watched_for",
            ),
            models.Index(fields=["from_team", "-offered_at", "-id"], name="item_by_giving_team"),
            models.Index(fields=["to_team", "-offered_at", "-id"], name="item_by_receiving_team"),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return f"/receive/{self.ref}/"

    def get_handover_url(self) -> str:
        """Where its giver follows it: the handover's page, open at this item. The handover should be loaded."""
        return f"{self.handover.get_absolute_url()}?item={self.ref}"

    def is_accepted_by(self, colleague: User) -> bool:
        return self.state == State.ACCEPTED and self.accepted_by_id == colleague.pk

    @property
    def is_on_offer(self) -> bool:
        return self.state in ON_OFFER

    @property
    def sees_through_id(self) -> int:
        """Who watches it and presses *Seen*: its giver, else who does that for them."""
        return self.watcher_id or self.giver_id
