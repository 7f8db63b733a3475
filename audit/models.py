"""The append-only trail. No foreign keys, so that an event outlives what it is about.

An event is inserted without a position. The sealer gives it, once, its position and its hash; nothing else ever changes
(a database trigger, in the migration). Text that may have to be erased is stored as a digest (``operations.digest``).
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

UNSEALED = Q(position__isnull=True)
SEALED = Q(position__isnull=False)
NEWEST_FIRST = F("position").desc(nulls_last=True)  # so that no other index serves this order: a team without events is found as fast


class CurrentTransaction(Func):
    """SQL: the number of the transaction that writes, which tells the sealer what can no longer be overtaken."""

    template = "(pg_current_xact_id()::text::bigint)"

    def __init__(self) -> None:
        super().__init__(output_field=models.BigIntegerField())


class EventQuerySet(models.QuerySet["Event"]):
    def sealed(self) -> "EventQuerySet":
        return self.filter(SEALED)

    def unsealed(self) -> "EventQuerySet":
        return self.filter(UNSEALED)

    def about(self, subject_type: str, subject_ids: list[int]) -> "EventQuerySet":
        return self.filter(subject_type=subject_type, subject_id__in=subject_ids)

    def for_teams(self, team_ids: list[int]) -> "EventQuerySet":
        """What happened in these teams, or to what one of them passed on and keeps sight of."""
        return self.filter(Q(team_id__in=team_ids) | Q(also_team_id__in=team_ids))


class Event(models.Model):
    """Who did what to which record, when.

    ``at`` is when it happened, as the caller says; ``recorded_at`` when the database heard of it. ``also_team_id`` is a
    second team that keeps sight. ``actor_id`` is empty where a named rule acted (``actor_kind`` is then *rule*).
    """

    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    actor_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=20)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_ref = models.CharField(max_length=24)
    team_id = models.BigIntegerField(null=True)
    also_team_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    xid = models.BigIntegerField(db_default=CurrentTransaction())
    position = models.BigIntegerField(null=True)
    hash = models.CharField(max_length=64, null=True)  # noqa: DJ001 - none until it is sealed

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["position"], name="event_one_at_a_position"),
            models.CheckConstraint(
                condition=Q(position__isnull=True, hash__isnull=True) | Q(position__gte=1, hash__isnull=False),
                name="event_position_and_hash_come_together",
            ),
        ]
        indexes = [
            models.Index("team_id", NEWEST_FIRST, name="event_by_team", condition=SEALED),
            models.Index("also_team_id", NEWEST_FIRST, name="event_by_second_team", condition=SEALED & Q(also_team_id__isnull=False)),
            models.Index(fields=["id"], include=["team_id", "also_team_id"], name="event_unsealed", condition=UNSEALED),
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_by_subject"),
            models.Index(fields=["actor_id", "-at", "-id"], name="event_by_person", condition=Q(actor_kind="person")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_ref or self.subject_id}"


class Anchor(models.Model):
    """The head of the chain after each sealing: append-only too. The one at position 0 begins the chain with a random hash.

    A position may come twice, where a tail was cut and the trail went on: the sealer never stops, ``verify`` tells.
    """

    position = models.BigIntegerField(db_index=True)
    hash = models.CharField(max_length=64)
    count = models.BigIntegerField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["position"], condition=Q(position=0), name="anchor_one_beginning")]

    def __str__(self) -> str:
        return f"{self.position} {self.hash}"
