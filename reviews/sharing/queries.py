"""The sequences that sharing figures are counted from: of an imported source from its log, of Baton's own work from the trail."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import BigIntegerField, Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from accounts.models import Kind, Team, User
from audit.models import Event as TrailEvent
from common.errors import Invalid
from handover.actions.models import Action
from handover.checks.models import Check
from handover.events import Event
from handover.followups.models import FollowUp
from handover.handovers.models import Item
from handover.imports.models import LogEvent

BATON = "baton"
CHUNK = 5_000


class Lens(StrEnum):
    """Whose sequence is looked at."""

    OWNER = "owner"
    ACTOR = "actor"
    GROUP = "group"


# Moves as the glossary lists them: looking, writing a note or setting a reminder is none. Of each: the name under
# which its data says who is responsible afterwards, if it says so.
HOLDER_AFTER: dict[str, str] = {
    Event.CREATED: "holder",
    Event.CLAIMED: "to",
    Event.REASSIGNED: "to",
    Event.ACCEPTED: "to",
    Event.LAPSED: "to",
    Event.TAKEN_BACK: "to",
    Event.DECIDED: "to",
    Event.COMPLETED: "holder",
    Event.CLOSED: "holder",
    Event.REOPENED: "holder",
}
OTHER_MOVES = (Event.OFFERED, Event.DECLINED, Event.QUERIED, Event.WITHDRAWN, Event.OFFER_LAPSED, Event.PROMISED, Event.ANSWERED)
# After these the action belongs to the team of the event, where they change who holds it; the others leave it where it is.
MOVE_THE_TEAM = {Event.CREATED, Event.ACCEPTED, Event.LAPSED, Event.TAKEN_BACK, Event.DECIDED}


def sources() -> list[str]:
    """Every imported source, and Baton's own work."""
    return [*LogEvent.objects.order_by("source").values_list("source", flat=True).distinct(), BATON]


def sequences(source: str, lens: Lens, *, without_automatic: bool = False) -> Iterator[list[str]]:
    """What the lens sees of each case or action, streamed. Without automatic: what robots and rules did is dropped before everything.

    Raises ``Invalid`` where nothing of that name was imported.
    """
    if source == BATON:
        return _of_baton(lens, without_automatic=without_automatic)
    if not LogEvent.objects.filter(source=source).exists():
        raise Invalid(f"Nothing was imported as {source}.", possible=f"There is: {', '.join(sources())}.")
    return _of_log(source, lens, without_automatic=without_automatic)


def _of_log(source: str, lens: Lens, *, without_automatic: bool) -> Iterator[list[str]]:
    events = LogEvent.objects.filter(source=source).order_by("case", "at", "source_row")
    if without_automatic:
        events = events.exclude(actor__in=robots_of(source))
    rows = events.values_list("case", lens.value).iterator(chunk_size=CHUNK)
    for _, case in groupby(rows, key=itemgetter(0)):
        yield [name for _, name in case]


def robots_of(source: str) -> list[str]:
    """The names of the source's automatic users."""
    return list(User.objects.filter(source=source, kind=Kind.AUTOMATIC).values_list("display_name", flat=True))


def _of_baton(lens: Lens, *, without_automatic: bool) -> Iterator[list[str]]:
    """One row per move. An event that does not say who holds the action, or which team has it, leaves that as it was."""
    people, teams = _names_of_people(), _names_of_teams()
    for _, moves in groupby(trail(), key=itemgetter("action")):
        holder, team = None, None
        sequence = []
        for move in moves:
            word = HOLDER_AFTER.get(move["kind"])
            if word in move["data"]:
                holder = move["data"][word]
            if team is None or (move["kind"] in MOVE_THE_TEAM and word in move["data"]):
                team = move["team_id"]
            if without_automatic and move["actor_kind"] != Kind.PERSON:
                continue
            seen = {Lens.OWNER: people.get(holder, ""), Lens.ACTOR: people.get(move["actor_id"], ""), Lens.GROUP: teams.get(team, "")}
            sequence.append(seen[lens])
        if sequence:
            yield sequence


def trail() -> Iterator[dict[str, Any]]:
    """Every move of Baton's own, by action and in its order, each with the key of its action."""
    of_item, of_check, of_follow_up = (_action_of(model) for model in (Item, Check, FollowUp))
    action = Case(When(_about(Action), then=F("subject_id")), output_field=BigIntegerField())
    moves = TrailEvent.objects.filter(kind__in=[*HOLDER_AFTER, *OTHER_MOVES]).annotate(action=Coalesce(action, of_item, of_check, of_follow_up))
    only = moves.filter(action__isnull=False).order_by("action", "id").values("action", "kind", "actor_id", "actor_kind", "team_id", "data")
    rows: Iterator[Any] = only.iterator(chunk_size=CHUNK)
    return rows


def _about(model: Any) -> Q:
    return Q(subject_type=model._meta.label_lower)


def _action_of(model: Any) -> Case:
    """The action of an event about one of these; null for events about something else."""
    found: QuerySet[Any] = model.objects.filter(pk=OuterRef("subject_id"))
    return Case(When(_about(model), then=Subquery(found.values("action_id"))), output_field=BigIntegerField())


def _names_of_people() -> dict[int | None, str]:
    """A name is no identity: people of one name are told apart by their number."""
    users = list(User.objects.exclude(kind__in=[Kind.IMPORTED, Kind.AUTOMATIC]).values_list("pk", "display_name"))
    names = [name for _, name in users]
    twins = {name for name in names if names.count(name) > 1}
    return {pk: f"{name} ({pk})" if name in twins else name for pk, name in users}


def _names_of_teams() -> dict[int | None, str]:
    return {pk: f"{name} ({source})" if source else name for pk, name, source in Team.objects.values_list("pk", "name", "source")}
