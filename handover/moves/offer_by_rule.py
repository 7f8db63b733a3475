"""Offered by rule: what a colleague still holds 15 minutes after their shift goes on offer to the incoming one, as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts.models import User
from handover.actions.models import Action, Note
from handover.agreements.models import AgreementVersion
from handover.agreements.queries import in_force_for_many
from handover.due import operations as due
from handover.due.models import Rule
from handover.due.operations import Owed, Taken
from handover.handovers import operations as handovers
from handover.handovers.drafts import HAND_OVER
from handover.handovers.models import Handover, When
from handover.handovers.queries import draft_of, drafted, last_briefs, prefilled
from handover.moves.locks import lock_action
from handover.moves.offering import Entry, Press, offer_one
from handover.moves.receiving import Receiving
from handover.moves.window import stays_on, still_held
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts.eligibility import wanted
from handover.shifts.models import Shift
from handover.shifts.queries import Slot, Timetable, lead_ids, timetable

Versions = Mapping[int, AgreementVersion | None]
"""The agreement in force, by the id of the action."""


@transaction.atomic
def offer_what_is_held(*, row: Taken, lease_token: UUID, at: datetime) -> bool:
    """Put on offer to the incoming shift what the row's colleague still holds from its shift. One envelope per receiving side.

    Not what is put off, on offer already or to be decided first, and nothing where the colleague is on again. The giver and the
    leads are told once. Where no shift comes, the leads hear that nobody can take it.
    """
    person_id, shift = row.person_id or 0, Shift.objects.filter(pk=row.subject_id).first()
    locked = [lock_action(pk) for pk in still_held(row.team_id, [person_id]).order_by("pk").values_list("pk", flat=True)]
    if not due.mark_fired(due_id=row.pk, lease_token=lease_token, at=at) or shift is None:
        return False
    still = set(still_held(row.team_id, [person_id]).values_list("pk", flat=True))
    held = [action for action in locked if action.pk in still]
    table = timetable(row.team_id, at)
    if not held or stays_on(person_id, table.by_id(shift.pk), table, at):
        return False
    giver = User.objects.get(pk=person_id)
    found = in_force_for_many([action.service_id for action in held if action.service_id], "between")
    versions: Versions = {action.pk: found.get(action.service_id or 0) for action in held}
    entries = _as_they_are(held, versions, giver)
    for team_id, group in _by_receiving_team(held, versions).items():
        _offer_group(group, versions, entries, giver=giver, shift=shift, table=table if team_id == table.team_id else timetable(team_id, at), at=at)
    notifications.settle(shift, recipient_id=person_id, kinds=[Kind.NOTHING_OFFERED], at=at)
    due.ring()
    return True


def _by_receiving_team(held: Sequence[Action], versions: Versions) -> dict[int, list[Action]]:
    """In the order of the promises."""
    groups: dict[int, list[Action]] = {}
    for action in sorted(held, key=lambda one: (one.sort_at, one.pk)):
        version = versions[action.pk]
        groups.setdefault(version.to_team_id if version and version.to_team_id else action.team_id, []).append(action)
    return groups


def _as_they_are(held: Sequence[Action], versions: Versions, giver: User) -> dict[int, Entry]:
    """What the colleague typed so far, else what is known."""
    draft, briefs = draft_of(giver, held[0].team_id, HAND_OVER), last_briefs(held)
    notes = Note.objects.filter(action=OuterRef("pk"), item__isnull=True).order_by("-at")
    last = dict(Action.objects.filter(pk__in=[one.pk for one in held]).values_list("pk", Subquery(notes.values("text")[:1])))
    entries = {}
    for action in held:
        known = prefilled(action, briefs.get(action.pk), last.get(action.pk) or "")
        parts, answers = drafted(action, draft.fields if draft else {}, known, versions[action.pk])
        entries[action.pk] = Entry(action_id=action.pk, answers=answers, **parts)
    return entries


def _offer_group(
    group: Sequence[Action], versions: Versions, entries: Mapping[int, Entry], *, giver: User, shift: Shift, table: Timetable, at: datetime
) -> Handover | None:
    slot = _incoming(table, shift, at)
    if slot is None:
        due.replace(*(Owed(Rule.NO_ONE_ELIGIBLE, action, action.team_id, at) for action in group), at=at)
        return None
    wants = {action.pk: wanted(team_id=action.team_id, version=versions[action.pk], slot=slot, table=table) for action in group}
    side = Receiving(table.team_id, slot.id, slot.starts_at, slot.ends_at, wants, table)
    words = f"{giver.display_name}’s shift is over: offered by rule, as it is."
    press = Press(by=None, at=at, to=None, side=side, table=table, override_reason="", remind=False, rule=Rule.SHIFT_ENDED.value, words=words)
    envelope = handovers.make_envelope(
        team_id=shift.team_id, to_team_id=table.team_id, giver=giver, when=When.END_OF_SHIFT, offered_at=at, rule=Rule.SHIFT_ENDED.value
    )
    for action in group:
        offer_one(press, envelope, action, entries[action.pk], versions[action.pk])
    _tell(envelope, group, giver, at)
    return envelope


def _incoming(table: Timetable, shift: Shift, at: datetime) -> Slot | None:
    """The shift after this one; where that is over too (nothing fired for hours), the one that runs now, or the next.

    Where another team receives, ``table`` is its own: then whoever is on there when the shift ends.
    """
    there = table.running(shift.ends_at) if table.team_id != shift.team_id else None
    slot = there or table.incoming(table.by_id(shift.pk), shift.ends_at)
    return slot if slot and slot.ends_at > at else table.running(at) or table.incoming(None, at)


def _tell(envelope: Handover, group: Sequence[Action], giver: User, at: datetime) -> None:
    """The giver and the leads, once for the whole envelope."""
    action = group[0] if len(group) == 1 else None
    what = group[0].title if action else f"{len(group)} actions"
    leads = [one for one in lead_ids(envelope.team_id, at) if one != giver.pk]
    about = {"about": envelope, "action": action, "team_id": envelope.team_id, "at": at}
    notifications.tell(Kind.BY_RULE, to=[giver.pk], what=what, to_giver=True, **about)  # type: ignore[arg-type]
    notifications.tell(Kind.BY_RULE, to=leads, what=f"{what} of {giver.display_name}", **about)  # type: ignore[arg-type]
