"""A colleague who left the hotel's desk last week: what she held and watched found its place, and her history stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts import operations as accounts
from demo.teams import HOTEL, JOINED, Cast
from handover import moves
from handover.handovers.models import When
from handover.leaving import operations as leaving
from handover.leaving.operations import Plan

LEFT = timedelta(days=6, hours=2)
"""Before now; that day’s Late shift was on."""


def make(cast: Cast, *, now: datetime) -> None:
    team, priya, amara, zofia = cast.teams[HOTEL], cast.people["priya"], cast.people["amara"], cast.people["zofia"]
    place = accounts.add_colleague(team_id=team.pk, email="rosa@example.org", display_name="Rosa Lindqvist", by=None, at=now - JOINED)
    rosa, at = place.user, now - LEFT
    hour = timedelta(hours=1)
    passed_on = moves.create(team=team, by=rosa, responsible=rosa, at=at - 2 * hour, title="Lost umbrella of Mrs Feld", customer_name="Mrs Feld")
    entry = moves.Entry(action_id=passed_on.pk, situation="Left in the bar.", next_step="Send it on.", missing_reason="All there is.")
    item = moves.offer(entries=[entry], by=rosa, to=amara, at=at - hour, when=When.IN_SHIFT).items.get()
    moves.accept(item_id=item.pk, by=amara, at=at - hour + timedelta(minutes=4))
    held = moves.create(team=team, by=rosa, responsible=rosa, at=at - hour, title="New labels for the key cupboard")
    leaving.leave(membership_id=place.pk, by=priya, at=at, plan=Plan(to={held.pk: zofia}, watch_to=priya, reason="She moves to Gothenburg."))
    moves.complete(action_id=held.pk, by=zofia, words="All keys have one.", at=at + 2 * hour)
    moves.complete(action_id=passed_on.pk, by=amara, words="Posted, tracking number is in the note.", at=at + 3 * hour)
    moves.see_outcome(item_id=item.pk, by=priya, at=at + 20 * hour)
