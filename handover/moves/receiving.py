"""The side that takes over: which team, which shift, and what its colleagues must be. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from common.errors import Invalid
from handover.actions.models import Action
from handover.agreements.models import AgreementVersion
from handover.due.limits import STAND_IN_SHIFT
from handover.handovers.models import Item, When
from handover.shifts.eligibility import Wanted, wanted
from handover.shifts.queries import Slot, Timetable, timetable
from handover.shifts.receiving_queries import receiving_slot


@dataclass(frozen=True)
class Receiving:
    """``shift_id`` only where the offer is to a shift. ``wanted`` by the id of the action."""

    team_id: int
    shift_id: int | None
    starts_at: datetime | None
    ends_at: datetime
    wanted: Mapping[int, Wanted]
    table: Timetable


def receiving_side(
    locked: Sequence[Action],
    versions: Mapping[int, AgreementVersion | None],
    *,
    giver_id: int,
    when: str,
    to_shift_id: int | None,
    table: Timetable,
    at: datetime,
) -> Receiving:
    """One receiving side for all of these actions, or ``Invalid``: an envelope goes to one team and one shift."""
    teams = {(version.to_team_id if version and version.to_team_id else action.team_id) for action in locked for version in (versions[action.pk],)}
    if len(teams) > 1 or len({action.team_id for action in locked}) > 1:
        raise Invalid("These actions go to different teams.", possible="Hand them over one team at a time.", field="actions")
    team_id = teams.pop()
    theirs = table if team_id == table.team_id else timetable(team_id, at)
    during = when == When.IN_SHIFT
    slot = _chosen(theirs, to_shift_id, at) if to_shift_id is not None else receiving_slot(table, theirs, giver_id=giver_id, at=at, during=during)
    wants = {action.pk: wanted(team_id=action.team_id, version=versions[action.pk], slot=slot, table=theirs) for action in locked}
    return Receiving(
        team_id=team_id,
        shift_id=to_shift_id,
        starts_at=slot.starts_at if slot else None,
        ends_at=slot.ends_at if slot else at + STAND_IN_SHIFT,
        wanted=wants,
        table=theirs,
    )


def _chosen(table: Timetable, shift_id: int, at: datetime) -> Slot:
    slot = table.by_id(shift_id)
    if slot is None or slot.ends_at <= at:
        raise Invalid("This shift is over, or belongs to another team.", possible="Choose the incoming shift.", field="receiver")
    return slot


def wanted_for(item: Item, *, at: datetime) -> tuple[Wanted, Timetable]:
    """What whoever answers this offer must be.

    A colleague who was named was judged when it was offered: only membership, absence and job role are asked again, and
    not even the job role where a lead went past it. On an offer to a shift the rota is asked as it is now.
    """
    table = timetable(item.to_team_id, at)
    version = item.agreement_version if not item.override_reason else None
    slot = table.by_id(item.receiving_shift_id)
    want = wanted(team_id=item.to_team_id, version=version, slot=slot, table=table)
    if item.receiver_id is not None:
        want = replace(want, slot=None, any_shift=True)
    return want, table
