"""What a starter set is made of: readable data that a lead looks at, chooses from, adopts and changes. No database."""

from __future__ import annotations

from dataclasses import dataclass

from handover.agreements.models import Applies, CheckRule, Need
from handover.catalog.words import SystemWords
from handover.due.limits import Urgency

MUST, SHOULD, NO = Need.MUST, Need.SHOULD, Need.NO
ALL = tuple(str(urgency) for urgency in Urgency.values)


@dataclass(frozen=True)
class Ask:
    """One item of the required information: the question, an example, and its need: routine, soon, urgent."""

    question: str
    hint: str = ""
    routine: Need = SHOULD
    soon: Need = SHOULD
    urgent: Need = MUST


def must(question: str, hint: str = "") -> Ask:
    return Ask(question, hint, MUST, MUST, MUST)


def should(question: str, hint: str = "") -> Ask:
    return Ask(question, hint, SHOULD, SHOULD, SHOULD)


@dataclass(frozen=True)
class Deal:
    """What is agreed at a handover point. ``within``: minutes to accept by urgency, where they differ from the usual."""

    trigger: str
    asks: tuple[Ask, ...]
    applies: Applies = Applies.BOTH
    channel: str = "On screen"
    warm: bool = False
    within: tuple[tuple[Urgency, int], ...] = ()
    read_back: tuple[str, ...] = (Urgency.URGENT,)
    check: CheckRule = CheckRule.PROMISE
    minutes: int | None = None


@dataclass(frozen=True)
class Part:
    """One step; ``point``: from whom to whom, where information changes hands after it, with what is agreed there."""

    name: str
    roles: tuple[str, ...] = ()
    done_by: str = ""
    point: str = ""
    information: str = ""
    deals: tuple[Deal, ...] = ()


@dataclass(frozen=True)
class StarterService:
    """One part of a set. ``key`` never changes: it tells what was adopted already, whatever it is called by now."""

    key: str
    name: str
    description: str
    procedure: str
    parts: tuple[Part, ...]
    systems: tuple[SystemWords, ...] = ()
    relies: bool = True

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(role for part in self.parts for role in part.roles))

    @property
    def deals(self) -> tuple[Deal, ...]:
        return tuple(deal for part in self.parts for deal in part.deals)


@dataclass(frozen=True)
class StarterSet:
    """The services of one kind of team; ``kind`` is that of ``accounts.Team``."""

    key: str
    kind: str
    name: str
    sentence: str
    services: tuple[StarterService, ...]
