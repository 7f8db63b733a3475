"""What a shift did, read from its rows; and which shifts have no signed report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from handover.actions.models import OPEN, Action
from handover.actions.states import State as ActionState
from handover.checks.models import Check
from handover.handovers.brief import NothingToHandOver
from handover.handovers.models import Item
from handover.handovers.states import ON_OFFER, State
from handover.notes import queries as notes
from handover.notes.models import ShiftNote
from handover.reports.models import ReportSignature, ShiftReport, Side
from handover.shifts.models import Rostering, Shift

OVERRUN = timedelta(hours=1)
"""What the shift's colleagues still do after its end counts for it: handing over late, or what a rule offers for them."""
GIVEN = [*ON_OFFER, State.ACCEPTED, State.ENDED]
WITHIN = timedelta(days=60)
"""How far back the list looks for reports that nobody signed."""


@dataclass
class Gathered:
    """A shift as its report needs it. ``given`` and ``within``: the last item of each action, to others and to the same shift."""

    shift: Shift
    incoming: Shift | None
    at: datetime
    crew: dict[int, str]
    given: list[Item] = field(default_factory=list)
    within: list[Item] = field(default_factory=list)
    received: list[Item] = field(default_factory=list)
    taken: list[Action] = field(default_factory=list)
    kept: list[Action] = field(default_factory=list)
    declined: dict[int, Item] = field(default_factory=dict)
    completed: list[Action] = field(default_factory=list)
    checks: dict[int, Check] = field(default_factory=dict)
    notes: list[ShiftNote] = field(default_factory=list)
    nothing: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Span:
    """Whose doing counts for the shift, and when: its colleagues until an hour after its end; others only while no other shift has them."""

    starts_at: datetime
    ends_at: datetime
    until: datetime
    crew: frozenset[int]
    others: frozenset[int]

    def counts(self, person_id: int | None, at: datetime | None) -> bool:
        if person_id is None or at is None or not self.starts_at <= at <= self.until:
            return False
        return person_id in self.crew or (person_id not in self.others and at < self.ends_at)


def incoming_of(shift: Shift) -> Shift | None:
    """The team's shift that runs at the end of ``shift``, having begun after it, else the next to start within a day."""
    others = Shift.objects.filter(team_id=shift.team_id, starts_at__lte=shift.ends_at + timedelta(days=1), ends_at__gt=shift.ends_at)
    later = others.exclude(pk=shift.pk).filter(starts_at__gt=shift.starts_at)
    return later.order_by("starts_at", "pk").first()


def crew_of(shift: Shift | None) -> dict[int, str]:
    """Ids and names of those who were on for a part of the shift at least."""
    if shift is None:
        return {}
    rows = Rostering.objects.effective().filter(shift=shift).order_by("colleague__display_name", "colleague_id")
    return dict(rows.values_list("colleague_id", "colleague__display_name"))


def gather(shift: Shift, *, at: datetime) -> Gathered:
    """Everything that the report of ``shift`` says, as it stands at ``at``. A fixed number of statements."""
    crew = crew_of(shift)
    span = _span(shift, crew, at)
    found = Gathered(shift=shift, incoming=incoming_of(shift), at=at, crew=crew)
    _items(found, span)
    _actions(found, span)
    _others(found, span)
    return found


def _span(shift: Shift, crew: Iterable[int], at: datetime) -> Span:
    overlapping = Rostering.objects.effective().filter(shift__team_id=shift.team_id, shift__starts_at__lt=shift.ends_at, shift__ends_at__gt=shift.starts_at)
    others = overlapping.exclude(shift=shift).values_list("colleague_id", flat=True)
    ids = frozenset(crew)
    return Span(shift.starts_at, shift.ends_at, min(at, shift.ends_at + OVERRUN), ids, frozenset(others) - ids)


def _items(found: Gathered, span: Span) -> None:
    """What was given and received; withdrawn, declined and lapsed offers leave the action with its giver."""
    team = found.shift.team_id
    items = Item.objects.select_related("action", "action__responsible", "receiver", "receiving_shift", "accepted_by", "giver", "to_team", "handover", "brief")
    items = items.prefetch_related("brief__answers").filter(imported_from="")
    last: dict[int, Item] = {}
    for item in items.filter(from_team_id=team, offered_at__gte=span.starts_at, offered_at__lte=span.until).order_by("offered_at", "pk"):
        if span.counts(item.giver_id, item.offered_at):
            last[item.action_id] = item
    for item in last.values():
        stays = item.receiver_id in span.crew and item.to_team_id == team
        if item.state in GIVEN:
            (found.within if stays else found.given).append(item)
        elif item.state == State.DECLINED:
            found.declined[item.action_id] = item
    taken_over = items.filter(to_team_id=team, accepted_at__gte=span.starts_at, accepted_at__lte=span.until).order_by("accepted_at", "pk")
    found.received = [one for one in taken_over if span.counts(one.accepted_by_id, one.accepted_at) and one.giver_id not in span.crew]


def _actions(found: Gathered, span: Span) -> None:
    """What was logged or taken, what is done, and what stays with the shift."""
    team = Action.objects.filter(team_id=found.shift.team_id, imported_from="").select_related("responsible")
    made = Q(created_at__gte=span.starts_at, created_at__lte=span.until)
    got = Q(held_since__gte=span.starts_at, held_since__lte=span.until, state=ActionState.HELD)
    received = {item.action_id for item in (*found.received, *found.within)}
    for action in team.filter(made | got).order_by("created_at", "pk"):
        is_claimed = action.pk not in received and action.created_at < span.starts_at and span.counts(action.responsible_id, action.held_since)
        if span.counts(action.created_by_id, action.created_at) or is_claimed:
            found.taken.append(action)
    closed = team.filter(closed_at__gte=span.starts_at, closed_at__lte=span.until).order_by("closed_at", "pk")
    found.completed = [one for one in closed if span.counts(one.responsible_id, one.closed_at) or one.responsible_id is None]
    gone = {item.action_id for item in found.given}
    kept = team.filter(state__in=OPEN, held_since__lte=span.until).filter(Q(responsible__in=span.crew) | Q(state=ActionState.POOL))
    found.kept = [one for one in kept.order_by("sort_at", "pk") if one.pk not in gone]


def _others(found: Gathered, span: Span) -> None:
    shift = found.shift
    given = [item.action_id for item in found.given]
    waiting = Check.objects.unanswered().filter(Q(action__in=given) | Q(team_id=shift.team_id, due_at__gte=shift.ends_at, due_at__lt=_end(found)))
    found.checks = {check.item_id: check for check in waiting.filter(team_id=shift.team_id).select_related("giver").order_by("due_at")}
    written = notes.of_span(shift.team_id, shift.starts_at, span.until)
    found.notes = [one for one in written if one.at < shift.starts_at or span.counts(one.by_id, one.at)]
    said = NothingToHandOver.objects.filter(shift=shift).select_related("colleague").order_by("at", "pk")
    found.nothing = [one.colleague.display_name for one in said]


def _end(found: Gathered) -> datetime:
    return found.incoming.ends_at if found.incoming else found.shift.ends_at + timedelta(hours=8)


# --- Lists --------------------------------------------------------------------------------------------------------------


def past(user: User, team_id: int, at: datetime) -> QuerySet[Shift]:
    """Shifts of the team that have ended, with their reports and signatures, for a list in pages."""
    signatures = Prefetch("report__signatures", ReportSignature.objects.select_related("by", "on_behalf_of"))
    shifts = Shift.objects.visible_to(user).filter(team_id=team_id, ends_at__lte=at)
    return shifts.select_related("report").prefetch_related(signatures)


def unsigned(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """Those whose report lacks a signature of either side."""
    both = ShiftReport.objects.filter(signatures__side=Side.INCOMING).values("shift")
    return shifts.exclude(pk__in=both)


def with_crew(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """Those on which somebody was: a shift without anybody owes no report."""
    return shifts.filter(pk__in=Rostering.objects.effective().values("shift"))
