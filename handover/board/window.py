"""The promise clock of a colleague's shift: inside the handover window, and after the end, what they hold and what falls due later. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handover.due.limits import BY_RULE_AFTER, WINDOW_BEFORE
from handover.handovers.completeness import Completeness
from handover.shifts.queries import Slot, Timetable


@dataclass(frozen=True)
class Window:
    """``prepared``: actions that are still to be handed over; ``missing``: details of their briefs; ``after``: how many fall due after the shift."""

    slot: Slot
    is_over: bool
    prepared: int
    missing: int
    after: int
    first_after: datetime | None
    on_offer: int
    by_rule_at: datetime
    incoming: Slot | None
    stays: bool

    @property
    def is_quiet(self) -> bool:
        """Nothing of it has to pass."""
        return not self.prepared or self.stays


def ending(table: Timetable, colleague_id: int, at: datetime) -> Slot | None:
    """The colleague's shift whose handover window is open at ``at``: it ends within the hour, or has ended and they are on no other."""
    slot = table.of(colleague_id, at)
    if slot is not None:
        return slot if slot.ends_at - WINDOW_BEFORE <= at else None
    return table.just_left(colleague_id, at)


def window(slot: Slot, held: Iterable[Any], complete: Mapping[int, Completeness], *, table: Timetable, colleague_id: int, at: datetime) -> Window:
    """Needs what is held with ``offered_to`` (see ``reading.held_and_pool``), and how complete each brief is."""
    held = list(held)
    to_pass = [action for action in held if is_to_pass(action)]
    after = [action for action in to_pass if falls_after(action, slot)]
    incoming = table.incoming(slot, slot.ends_at)
    return Window(
        slot=slot,
        is_over=slot.ends_at <= at,
        prepared=len(to_pass),
        missing=sum(len(complete[action.pk].missing) for action in to_pass),
        after=len(after),
        first_after=min((action.promised_by for action in after if action.promised_by), default=None),
        on_offer=sum(bool(action.offered_to) for action in held),
        by_rule_at=slot.ends_at + BY_RULE_AFTER,
        incoming=incoming,
        stays=bool(incoming and colleague_id in incoming.crew),
    )


def is_to_pass(action: Any) -> bool:
    """Held, and neither on offer nor put off."""
    return not action.offered_to and action.put_off_until is None


def falls_after(action: Any, slot: Slot) -> bool:
    """Whether it can be forgotten at the end of ``slot``: promised for later, or to be done with no time promised."""
    return action.promised_by is None or action.promised_by >= slot.ends_at


def has_clock(action: Any, slot: Slot | None) -> bool:
    """Whether a row of “Actions you hold” is marked: it falls due after the shift, and nobody else has been asked to take it."""
    return slot is not None and is_to_pass(action) and falls_after(action, slot)
