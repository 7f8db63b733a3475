"""Plays stories: every line at its own instant, all stories together in the order in which things happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from common.errors import Refusal
from demo.story import SHIFT, Act, Offer, Step
from handover import moves
from handover.handovers.models import Item, When
from handover.shifts.queries import Slot, timetable


class Line(NamedTuple):
    at: datetime
    number: int
    act: Act
    step: Step


def play(acts: Iterable[Act], *, until: datetime, after_each: Callable[[int], object] = lambda lines: None) -> None:
    """Make every move that lies before ``until`` (included), oldest first. ``after_each`` hears how many lines were played."""
    for lines in presses(acts):
        first = lines[0]
        if first.at > until:
            raise ValueError(f"{first.act.story.title}: {first.step.after} minutes lies ahead.")
        try:
            make(lines)
        except Refusal as refusal:
            raise ValueError(f"{first.act.story.title}, at {first.step.after} minutes, {first.step.who}: {refusal}") from refusal
        after_each(len(lines))


def make(lines: Sequence[Line]) -> None:
    """One move: a line, or the offers of one press."""
    _, _, act, step = lines[0]
    if isinstance(step, Offer):
        offer(lines, step)
    else:
        step.do(act, act.person(step.who), lines[0].at)


def count(acts: Iterable[Act]) -> int:
    return sum(len(act.story.steps) for act in acts)


def presses(acts: Iterable[Act]) -> Iterator[Sequence[Line]]:
    """Lines by time, one by one; offers of one colleague to one receiver at one moment together."""
    script = [(act, step) for act in acts for step in act.story.steps]
    lines = sorted(Line(act.at(step.after), number, act, step) for number, (act, step) in enumerate(script))
    for _, together in groupby(lines, key=press_of):
        yield list(together)


def press_of(line: Line) -> tuple[object, ...]:
    step = line.step
    return (line.at, line.act.team.pk, step.who, step.to, step.during, step.past) if isinstance(step, Offer) else (line.number,)


def offer(lines: Sequence[Line], how: Offer) -> None:
    """One press: the offers of ``lines`` in one handover."""
    act, at = lines[0].act, lines[0].at
    giver = act.person(how.who)
    version = act.version(during=how.during)
    handover = moves.offer(
        entries=[line.step.entry(line.act) for line in lines if isinstance(line.step, Offer)],
        by=giver,
        at=at,
        when=When.IN_SHIFT if how.during else When.END_OF_SHIFT,
        to=act.person(how.to) if how.to != SHIFT else None,
        to_shift_id=incoming(act.team.pk, giver.pk, at).id if how.to == SHIFT else None,
        warm=how.warm,
        channel=version.channel if version else "",
        override_reason=how.past,
        remind=how.remind,
    )
    acts = {line.act.action_id: line.act for line in lines}
    for pk, action_id in Item.objects.filter(handover=handover).values_list("pk", "action_id"):
        acts[action_id].item_id = acts[action_id].given[how.who] = pk


def incoming(team_id: int, giver_id: int, at: datetime) -> Slot:
    slot = timetable(team_id, at).target(giver_id, at, during=False)
    if slot is None:
        raise ValueError("There is no shift to offer to.")
    return slot
