"""Reads of the trail: in its order for machines, by subject for pages."""

from collections.abc import Sequence

from django.db import connection, models
from django.db.models import Q

from audit.models import Event

MARKER = """
    SELECT
        greatest(
            (SELECT max(p.position) FROM unnest(%(teams)s::bigint[]) AS t (id), LATERAL (
                SELECT e.position FROM audit_event e WHERE e.team_id = t.id AND e.position IS NOT NULL ORDER BY e.position DESC NULLS LAST LIMIT 1) AS p),
            (SELECT max(p.position) FROM unnest(%(teams)s::bigint[]) AS t (id), LATERAL (
                SELECT e.position FROM audit_event e WHERE e.also_team_id = t.id AND e.position IS NOT NULL ORDER BY e.position DESC NULLS LAST LIMIT 1) AS p)),
        (SELECT count(*) FROM audit_event e WHERE e.position IS NULL AND (e.team_id = ANY(%(teams)s) OR e.also_team_id = ANY(%(teams)s)))
"""


def events_after(position: int, *, team_ids: Sequence[int] | None = None, limit: int = 200) -> list[Event]:
    """The sealed events after ``position`` (0: from the beginning), in the trail's order; ``None`` for every team.

    Nothing is ever added before a position that was once read: the last one is the cursor for the next call.
    """
    events = Event.objects.sealed().filter(position__gt=position)
    if team_ids is not None:
        events = events.for_teams(list(team_ids))
    return list(events.order_by("position")[:limit])


def newest_position() -> int:
    """The position of the last sealed event; 0 if there is none."""
    return Event.objects.aggregate(newest=models.Max("position"))["newest"] or 0


def newest_marker(team_ids: Sequence[int]) -> str:
    """A short text that differs whenever something was recorded for one of these teams since: for an ETag. One statement.

    Exact also while events wait for the sealer: among unsealed ones some are only added until one is sealed, and sealing
    raises the newest position. (So it changes once more at the sealing, which costs one needless answer and loses none.)
    """
    with connection.cursor() as cursor:
        cursor.execute(MARKER, {"teams": list(team_ids)})
        position, unsealed = cursor.fetchone()
    return f"{position or 0}.{unsealed}"


def history_of(*subjects: models.Model, limit: int | None = None) -> list[Event]:
    """What happened to these records, newest first: an action's history is asked for with its items, checks and so on."""
    ids: dict[str, list[int]] = {}
    for subject in subjects:
        ids.setdefault(subject._meta.label_lower, []).append(subject.pk)
    if not ids:
        return []
    about = Q()
    for subject_type, subject_ids in ids.items():
        about |= Q(subject_type=subject_type, subject_id__in=subject_ids)
    return list(Event.objects.filter(about).order_by("-id")[:limit])


def touched(model: type[models.Model], position: int, team_ids: Sequence[int] | None) -> models.QuerySet[Event, int]:
    """Ids of the ``model`` that the sealed events after ``position`` are about, for a subquery; ``None`` for every team's events."""
    events = Event.objects.sealed().filter(position__gt=position, subject_type=model._meta.label_lower)
    if team_ids is not None:
        events = events.for_teams(list(team_ids))
    return events.values_list("subject_id", flat=True)
