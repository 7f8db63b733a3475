"""What the sharing figures are counted from: one row of facts for each handover of Baton's own, and counts of them by day.

All of it is made from the domain's rows and the trail, and can be made anew from them (``manage.py rebuild_sharing``). Rows are read by team
and day; an index and a check on each foreign key would only make every count dearer to write, and what they are made of has both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from reviews.sharing.figures import FIGURES

if TYPE_CHECKING:
    from accounts.models import User

DIMENSIONS = ("team_id", "day", "service_id", "agreement_id", "when")


class FactQuerySet(models.QuerySet["HandoverFact"]):
    def visible_to(self, user: User) -> FactQuerySet:
        ids = user.team_ids()
        return self.all() if ids is None else self.filter(team_id__in=ids)


class HandoverFact(models.Model):
    """One offered action, as the figures see it. ``day`` and ``slot`` (0 to 11, two hours each) are on the giving team's wall clock.

    What a figure asks is answered here already: true, false, or null where the question does not arise or is not decided yet.
    ``unsettled``: time alone, or the next move, may still change it. No words of customers or colleagues but the agreement's questions.
    """

    item = models.OneToOneField("handover.Item", models.CASCADE, primary_key=True, related_name="fact")
    team = models.ForeignKey("accounts.Team", models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    to_team = models.ForeignKey("accounts.Team", models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    action = models.ForeignKey("handover.Action", models.CASCADE, related_name="+", db_constraint=False)
    giver = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    taker = models.ForeignKey("accounts.User", models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False)
    offered_at = models.DateTimeField()
    day = models.DateField()
    slot = models.PositiveSmallIntegerField()
    when = models.CharField(max_length=12)
    by_rule = models.BooleanField()
    service = models.ForeignKey("handover.Service", models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False)
    agreement = models.ForeignKey("handover.Agreement", models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False)
    from_shift = models.CharField(max_length=60, blank=True)
    to_shift = models.CharField(max_length=60, blank=True)
    from_role = models.CharField(max_length=80, blank=True)
    to_role = models.CharField(max_length=80, blank=True)
    accepted = models.BooleanField()
    in_time = models.BooleanField(null=True)
    minutes = models.FloatField(null=True)
    bucket = models.PositiveSmallIntegerField(null=True)
    reading = models.FloatField(null=True)
    missing = ArrayField(models.CharField(max_length=200), default=list)
    is_missing = models.BooleanField()
    read_back_right = models.BooleanField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    complete_by_check = models.BooleanField(null=True)
    checks_due = models.PositiveSmallIntegerField()
    checks_asked_in_time = models.PositiveSmallIntegerField()
    checks_asked = models.PositiveSmallIntegerField()
    checks_answered_in_time = models.PositiveSmallIntegerField()
    unable = models.PositiveSmallIntegerField()
    followed_up_in_shift = models.PositiveSmallIntegerField()
    chased = models.BooleanField(null=True)
    carried_far = models.BooleanField()
    bounced = models.BooleanField(null=True)
    passed_on = models.BooleanField(null=True)
    queries = models.PositiveSmallIntegerField()
    gone_past = models.CharField(max_length=10, blank=True)
    unsettled = models.BooleanField()

    objects = FactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["team", "day"], name="fact_by_team_and_day"),
            models.Index(fields=["item"], condition=Q(unsettled=True), name="fact_unsettled"),
            models.Index(fields=["giver", "day"], name="fact_by_giver"),
            models.Index(fields=["taker", "day"], name="fact_by_taker"),
        ]

    def __str__(self) -> str:
        return f"facts of item {self.item_id}"


class SharingDay(models.Model):
    """Every figure of one day: ``n_`` and ``d_`` with the figure's name are its numerator and denominator. One column each, and no row
    each, so that a page reads a few hundred rows of a period and not many thousands."""

    team = models.ForeignKey("accounts.Team", models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    day = models.DateField()
    service = models.ForeignKey("handover.Service", models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False)
    agreement = models.ForeignKey("handover.Agreement", models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False)
    when = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "day", "service", "agreement", "when"], nulls_distinct=False, name="sharing_day_once")]

    def __str__(self) -> str:
        return f"{self.team_id} on {self.day}"


for _name in FIGURES:
    SharingDay.add_to_class(f"n_{_name}", models.FloatField(default=0))
    SharingDay.add_to_class(f"d_{_name}", models.FloatField(default=0))


class SharingCount(models.Model):
    """One mark of a chart, of one day: ``numerator`` of ``denominator``.

    ``name`` is the chart; ``a`` and ``b`` are what a mark stands for, such as the two shifts of a pair.
    """

    team = models.ForeignKey("accounts.Team", models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    day = models.DateField()
    service = models.ForeignKey("handover.Service", models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False)
    agreement = models.ForeignKey("handover.Agreement", models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False)
    when = models.CharField(max_length=12)
    name = models.CharField(max_length=30)
    a = models.CharField(max_length=200, blank=True)
    b = models.CharField(max_length=200, blank=True)
    numerator = models.FloatField()
    denominator = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "name", "day", "service", "agreement", "when", "a", "b"],
                nulls_distinct=False,
                name="sharing_count_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.day}"


class RollupState(models.Model):
    """How far the counts have come: the last position of the trail that they know, and when that was. One row."""

    one = models.BooleanField(primary_key=True, default=True)
    position = models.BigIntegerField(default=0)
    refreshed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="rollup_state_one_row", condition=Q(one=True))]

    def __str__(self) -> str:
        return f"up to {self.position}"


class SourceCount(models.Model):
    """How often work of an imported source went from one to another, under one lens and one rule; ``without``: without automatic users."""

    source = models.CharField(max_length=60)
    lens = models.CharField(max_length=8)
    rule = models.CharField(max_length=16)
    without = models.BooleanField()
    a = models.CharField(max_length=120)
    b = models.CharField(max_length=120)
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "lens", "rule", "without", "a", "b"], name="source_count_once")]
        indexes = [models.Index(fields=["source", "lens", "rule", "without", "-n", "id"], name="source_count_most_first")]

    def __str__(self) -> str:
        return f"{self.a} → {self.b}: {self.n}"


class SourceTotals(models.Model):
    """The totals of an imported source under one lens, as ``definitions.Figures`` names them."""

    source = models.CharField(max_length=60)
    lens = models.CharField(max_length=8)
    without = models.BooleanField()
    totals = models.JSONField(default=dict)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "lens", "without"], name="source_totals_once")]

    def __str__(self) -> str:
        return f"{self.source} by {self.lens}"
