"""What the page “Hand over” needs to know: what I hold, how complete each brief is, and who may take which of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from accounts.models import Team, User
from handover.actions.models import Action, Note
from handover.agreements.models import AgreementVersion
from handover.agreements.queries import in_force_for_many
from handover.handovers.brief import HandoverDraft
from handover.handovers.completeness import Completeness, measure
from handover.handovers.drafts import HAND_OVER
from handover.handovers.involved_queries import involved
from handover.handovers.models import Item, When
from handover.handovers.queries import draft_of, drafted, last_briefs, prefilled
from handover.shifts.eligibility import Candidate, candidates, wanted
from handover.shifts.queries import Slot, Timetable, timetable
from handover.shifts.receiving_queries import receiving_slot

MOST = 50


@dataclass(frozen=True)
class Prepared:
    """One action with its brief as it stands: what was typed so far, else what is known."""

    action: Action
    version: AgreementVersion | None
    parts: Mapping[str, Any]
    answers: Mapping[int, str]
    complete: Completeness
    team_id: int
    to_name: str = ""
    """The other team that it goes to, by the agreement."""


@dataclass(frozen=True)
class Side:
    """A team that receives some of it, with its shift that does. ``name`` is empty for the giver's own team."""

    team_id: int
    name: str
    slot: Slot | None
    prepared: tuple[Prepared, ...]
    table: Timetable

    @property
    def refs(self) -> list[str]:
        return [one.action.ref for one in self.prepared]


@dataclass(frozen=True)
class Taker:
    """A colleague who may be chosen, with which actions they can take and why not the others. ``team``: the other team that they are of."""

    user: User
    roles: str
    holds: int
    can_take: frozenset[int]
    reasons: tuple[str, ...]
    team: str = ""
    knows: str = ""


@dataclass(frozen=True)
class Handing:
    when: str
    slot: Slot | None
    prepared: tuple[Prepared, ...]
    takers: tuple[Taker, ...]
    draft: HandoverDraft | None
    sides: tuple[Side, ...]

    @property
    def receiving(self) -> list[Side]:
        """The teams that something goes to."""
        return [side for side in self.sides if side.prepared]

    def of(self, ref: str) -> Prepared | None:
        return next((one for one in self.prepared if one.action.ref == ref), None)


def handing(user: User, team: Team, at: datetime, *, when: str, table: Timetable) -> Handing:
    """Everything for one look at the page. The number of statements depends on how many teams receive, not on how much is held."""
    held = list(to_hand_over(user, team))
    during = when == When.IN_SHIFT
    versions = in_force_for_many([action.service_id for action in held if action.service_id], "during" if during else "between")
    draft = draft_of(user, team.pk, HAND_OVER)
    briefs = last_briefs(held)
    prepared = []
    for action in held:
        version = versions.get(action.service_id or 0)
        known = prefilled(action, briefs.get(action.pk), getattr(action, "last_note", None) or "")
        parts, answers = drafted(action, draft.fields if draft else {}, known, version)
        complete = measure(parts, answers, version=version, urgency=action.urgency)
        to = version.to_team if version and version.to_team_id and version.to_team_id != team.pk else None
        prepared.append(Prepared(action, version, parts, answers, complete, to.pk if to else team.pk, to.name if to else ""))
    sides = _sides(user, team, prepared, at, during=during, table=table)
    return Handing(when, sides[0].slot, tuple(prepared), _takers(user, team, sides, at), draft, sides)


def to_hand_over(user: User, team: Team) -> Iterable[Action]:
    """What ``user`` holds and has not on offer, by promise."""
    notes = Note.objects.filter(action=OuterRef("pk"), item__isnull=True).order_by("-at")
    on_offer = Item.objects.on_offer().values("action")
    held = Action.objects.held_by(user).filter(team=team).exclude(pk__in=on_offer).select_related("service", "responsible", "team")
    return held.annotate(last_note=Subquery(notes.values("text")[:1])).order_by("sort_at", "pk")[:MOST]


def _sides(user: User, team: Team, prepared: Iterable[Prepared], at: datetime, *, during: bool, table: Timetable) -> tuple[Side, ...]:
    """The teams that receive, the giver's own first whether or not anything goes there."""
    by_team: dict[int, list[Prepared]] = {team.pk: []}
    for one in prepared:
        by_team.setdefault(one.team_id, []).append(one)
    sides = []
    for team_id, theirs in by_team.items():
        their_table = table if team_id == team.pk else timetable(team_id, at)
        slot = receiving_slot(table, their_table, giver_id=user.pk, at=at, during=during)
        sides.append(Side(team_id, theirs[0].to_name if theirs else "", slot, tuple(theirs), their_table))
    return tuple(sides)


def _takers(user: User, team: Team, sides: Iterable[Side], at: datetime) -> tuple[Taker, ...]:
    """Everybody in the receiving teams, those who can take most first; of them who lately had to do with it, then who holds least."""
    found: dict[int, tuple[Candidate, str, set[int], list[str]]] = {}
    for side in sides:
        distinct: dict[int | None, list[Prepared]] = {}
        for one in side.prepared:
            distinct.setdefault(one.version.pk if one.version else None, []).append(one)
        for group in distinct.values() or [[]]:
            want = wanted(team_id=team.pk, version=group[0].version if group else None, slot=side.slot, table=side.table)
            for candidate in candidates(want, giver_id=user.pk, table=side.table):
                _, _, can_take, reasons = found.setdefault(candidate.user.pk, (candidate, side.name, set(), []))
                if candidate.is_eligible:
                    can_take.update(one.action.pk for one in group)
                reasons.extend(reason for reason in candidate.reasons if reason not in reasons)
    _say_what_goes_elsewhere(found, sides, own=team.name)
    holds = holding(found)
    knows = involved([one.action for side in sides for one in side.prepared], at=at)
    takers = [
        Taker(one.user, one.roles, holds.get(pk, 0), frozenset(can_take), tuple(reasons), name, knows.get(pk, ""))
        for pk, (one, name, can_take, reasons) in found.items()
    ]
    return tuple(sorted(takers, key=lambda one: (-len(one.can_take), bool(one.reasons), not one.knows, one.holds, one.user.display_name)))


def _say_what_goes_elsewhere(found: Mapping[int, tuple[Candidate, str, set[int], list[str]]], sides: Iterable[Side], *, own: str) -> None:
    """Whoever can take some, but not what another team receives, gets the reason: the agreement names that team."""
    for _, name, can_take, reasons in found.values():
        for side in sides:
            if side.prepared and side.name != name and not can_take.issuperset(one.action.pk for one in side.prepared):
                which = side.refs[0] if len(side.refs) == 1 else f"{len(side.refs)} of these"
                reasons.append(f"By agreement {which} {'goes' if len(side.refs) == 1 else 'go'} to {side.name or own}.")


def holding(user_ids: Iterable[int]) -> dict[int, int]:
    """How many open actions each of these colleagues holds."""
    held = Action.objects.filter(state="held", responsible__in=list(user_ids)).order_by().values("responsible").annotate(n=Count("pk"))
    return {row["responsible"]: row["n"] for row in held}
