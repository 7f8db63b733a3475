"""The whole handover of one shift: what each colleague on it holds, has prepared, offered and had accepted, and who has nothing or has left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import User
from common.prepared import prepared
from handover.actions.models import Action, Note
from handover.actions.states import State
from handover.agreements.queries import required_for_many
from handover.board.window import is_to_pass
from handover.handovers.brief import HandoverDraft, NothingToHandOver, ShiftLeft
from handover.handovers.drafts import HAND_OVER
from handover.handovers.models import Item
from handover.handovers.queries import last_briefs, readiness
from handover.handovers.states import ON_OFFER
from handover.handovers.states import State as ItemState
from handover.shifts.models import Rostering, Shift

MOST = 200


@dataclass
class Part:
    """One colleague's part of it. ``held``: what they still have to pass; ``missing``: details of those briefs."""

    colleague: User
    is_on: bool = True
    held: list[Any] = field(default_factory=list)
    put_off: list[Any] = field(default_factory=list)
    missing: int = 0
    drafted_at: datetime | None = None
    was_typed: bool = False
    offered: list[Item] = field(default_factory=list)
    accepted: list[Item] = field(default_factory=list)
    nothing_at: datetime | None = None
    left: ShiftLeft | None = None

    @property
    def is_done(self) -> bool:
        """Nothing of theirs waits for anybody."""
        return not self.held and not self.offered

    @property
    def by_rule(self) -> int:
        return sum(bool(item.handover.rule) for item in [*self.offered, *self.accepted])


def whole_handover(shift: Shift) -> list[Part]:
    """Everybody on the shift, those who still hold something first. The number of statements does not depend on how many there are."""
    parts = {one.colleague_id: Part(one.colleague, is_on=not one.away) for one in _crew(shift.pk)}
    ids = list(parts)
    drafts = {draft.writer_id: draft for draft in HandoverDraft.objects.filter(writer__in=ids, team=shift.team_id, form=HAND_OVER)}
    held = list(_held(ids, shift.team_id))
    versions = required_for_many([action.service_id for action in held if action.service_id], "between")
    briefs = last_briefs(held)
    for pk, part in parts.items():
        theirs = [action for action in held if action.responsible_id == pk]
        part.held = [action for action in theirs if is_to_pass(action)]
        part.put_off = [action for action in theirs if action.put_off_until is not None]
        draft = drafts.get(pk)
        if draft is not None:
            part.drafted_at, part.was_typed = draft.saved_at, not draft.is_untouched
        complete = readiness(part.held, versions=versions, fields=draft.fields if draft else {}, briefs=briefs)
        for action in part.held:
            action.missing = [detail.label for detail in complete[action.pk].missing]
            part.missing += len(action.missing)
    for item in _given(ids, shift.team_id, shift.starts_at):
        part = parts[item.giver_id]
        (part.offered if item.is_on_offer else part.accepted).append(item)
    for said in NothingToHandOver.objects.filter(shift=shift, colleague__in=ids):
        parts[said.colleague_id].nothing_at = said.at
    for left in ShiftLeft.objects.filter(shift=shift, colleague__in=ids):
        parts[left.colleague_id].left = left
    return sorted(parts.values(), key=lambda part: (not part.held, part.is_done, part.colleague.display_name))


def _crew(shift_id: int) -> QuerySet[Rostering]:
    return Rostering.objects.effective().filter(shift=shift_id).select_related("colleague")


@prepared
def _held(ids: list[int], team_id: int) -> QuerySet[Any]:
    offered = Item.objects.on_offer().filter(action=OuterRef("pk"))
    notes = Note.objects.filter(action=OuterRef("pk"), item__isnull=True).order_by("-at")
    held = Action.objects.filter(state=State.HELD, responsible__in=ids, team=team_id).annotate(
        offered_to=Subquery(offered.values("handover__ref")[:1]), last_note=Subquery(notes.values("text")[:1])
    )
    return held.select_related("service").order_by("sort_at", "pk")[:MOST]


@prepared
def _given(ids: list[int], team_id: int, since: datetime) -> QuerySet[Item]:
    """What they gave since the shift began and nobody took back, declined or withdrew."""
    given = Item.objects.filter(giver__in=ids, from_team=team_id, offered_at__gte=since, state__in=[*ON_OFFER, ItemState.ACCEPTED, ItemState.ENDED])
    return given.select_related("action", "giver", "receiver", "receiving_shift", "accepted_by", "handover").order_by("offered_at", "pk")[:MOST]
