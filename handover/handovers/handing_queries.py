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
from handover.handovers.models import Item, When
from handover.handovers.queries import draft_of, drafted, last_briefs, prefilled
from handover.shifts.eligibility import Candidate, candidates, wanted
from handover.shifts.queries import Slot, Timetable, timetable

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


@dataclass(frozen=True)
class Taker:
    """A colleague who may be chosen, with which actions they can take and why not the others."""

    user: User
    roles: str
    holds: int
    can_take: frozenset[int]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Handing:
    when: str
    slot: Slot | None
    prepared: tuple[Prepared, ...]
    takers: tuple[Taker, ...]
    draft: HandoverDraft | None

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
        prepared.append(Prepared(action, version, parts, answers, complete, version.to_team_id if version and version.to_team_id else team.pk))
    return Handing(when, table.target(user.pk, at, during=during), tuple(prepared), _takers(user, team, prepared, at, during=during, table=table), draft)


def to_hand_over(user: User, team: Team) -> Iterable[Action]:
    """What ``user`` holds and has not on offer, by promise."""
    notes = Note.objects.filter(action=OuterRef("pk"), item__isnull=True).order_by("-at")
    on_offer = Item.objects.on_offer().values("action")
    held = Action.objects.held_by(user).filter(team=team).exclude(pk__in=on_offer).select_related("service", "responsible", "team")
    return held.annotate(last_note=Subquery(notes.values("text")[:1])).order_by("sort_at", "pk")[:MOST]


def _takers(user: User, team: Team, prepared: Iterable[Prepared], at: datetime, *, during: bool, table: Timetable) -> tuple[Taker, ...]:
    """Everybody in the receiving teams, those who can take most first."""
    by_team: dict[int, list[Prepared]] = {team.pk: []}
    for one in prepared:
        by_team.setdefault(one.team_id, []).append(one)
    found: dict[int, tuple[Candidate, set[int], list[str]]] = {}
    for team_id, theirs in by_team.items():
        their_table = table if team_id == team.pk else timetable(team_id, at)
        slot = their_table.target(user.pk, at, during=during)
        distinct: dict[int | None, list[Prepared]] = {}
        for one in theirs:
            distinct.setdefault(one.version.pk if one.version else None, []).append(one)
        for group in distinct.values() or [[]]:
            version = group[0].version if group else None
            want = wanted(team_id=team.pk, version=version, slot=slot, table=their_table)
            for candidate in candidates(want, giver_id=user.pk, table=their_table):
                _, can_take, reasons = found.setdefault(candidate.user.pk, (candidate, set(), []))
                if candidate.is_eligible:
                    can_take.update(one.action.pk for one in group)
                reasons.extend(reason for reason in candidate.reasons if reason not in reasons)
    holds = holding(found)
    takers = [Taker(one.user, one.roles, holds.get(pk, 0), frozenset(can_take), tuple(reasons)) for pk, (one, can_take, reasons) in found.items()]
    return tuple(sorted(takers, key=lambda taker: (-len(taker.can_take), bool(taker.reasons), taker.user.display_name)))


def holding(user_ids: Iterable[int]) -> dict[int, int]:
    """How many open actions each of these colleagues holds."""
    held = Action.objects.filter(state="held", responsible__in=list(user_ids)).order_by().values("responsible").annotate(n=Count("pk"))
    return {row["responsible"]: row["n"] for row in held}
