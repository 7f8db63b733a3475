"""Shift notes: leave one, change it, resolve it. What it said before stays readable."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Team, User
from audit import operations as audit
from common.errors import Invalid, StaleVersion
from handover.due.limits import STAND_IN_SHIFT
from handover.events import Event
from handover.notes import permissions
from handover.notes.models import For, ShiftNote, ShiftNoteSeen, ShiftNoteVersion
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts.models import Rostering, Shift
from handover.shifts.queries import Slot, timetable

UNTIL_RESOLVED, NEXT_SHIFT, UNTIL = "resolved", "next_shift", "until"
LASTS = ((UNTIL_RESOLVED, "until it is resolved"), (NEXT_SHIFT, "until the end of the next shift"), (UNTIL, "until a time"))
"""How long a note stands."""


@transaction.atomic
def leave(
    *,
    team: Team,
    by: User,
    at: datetime,
    text: str,
    topic: str = "",
    lasts: str = UNTIL_RESOLVED,
    expires_at: datetime | None = None,
    audience: str = For.FOLLOWING,
    shift_name: str = "",
    pinned: bool = False,
    tell_now: bool = False,
) -> ShiftNote:
    """Leave a note to the shifts that follow.

    ``lasts`` *until* a time needs ``expires_at``; *next_shift* is the end of the incoming shift, where the team has no rota 8 hours.
    ``tell_now``: the colleagues on the shift that it is for first get a notice; else they find it where they look anyway.
    """
    permissions.check_write(by, team.pk)
    next_shift = _next(team, by, at, shift_name)
    note = ShiftNote(team=team, by=by, at=at, text=text, topic=topic, pinned=pinned)
    _aim(note, audience=audience, shift_name=shift_name, next_shift=next_shift)
    note.expires_at = _expiry(lasts, expires_at, next_shift, at, note)
    note.save(force_insert=True)
    if tell_now:
        _tell(note, next_shift, by, at)
    data = {"audience": note.audience, "expires_at": note.expires_at, "pinned": pinned, "told": tell_now}
    audit.record(Event.SHIFT_NOTE_LEFT, actor=by, subject=note, team_id=team.pk, at=at, data=data)
    return note


@transaction.atomic
def change(
    *,
    note_id: int,
    by: User,
    at: datetime,
    version: int | None,
    text: str,
    topic: str = "",
    lasts: str = UNTIL_RESOLVED,
    expires_at: datetime | None = None,
    audience: str = For.FOLLOWING,
    shift_name: str = "",
    pinned: bool = False,
) -> ShiftNote:
    """Change a note that was read at ``version`` (``None``: whichever); the same again changes nothing.

    Raises ``StaleVersion`` if somebody else changed it meanwhile.
    """
    note = ShiftNote.objects.select_for_update(of=("self",)).select_related("team", "for_shift").get(pk=note_id)
    permissions.check_change(by, note)
    if version == note.version - 1 and (note.changed_by_id, note.text, note.topic) == (by.pk, text, topic):
        return note
    if version is not None and version != note.version:
        theirs = {"text": note.text, "topic": note.topic, "pinned": note.pinned}
        raise StaleVersion("Somebody changed this note meanwhile.", possible="Look at both texts, then save again.", theirs=theirs, version=note.version)
    before = _words(note)
    old = _version(note)
    next_shift = _next(note.team, by, at, shift_name)
    note.text, note.topic, note.pinned = text, topic, pinned
    if (audience, shift_name) != (note.audience, note.shift_name):
        _aim(note, audience=audience, shift_name=shift_name, next_shift=next_shift)
    note.expires_at = _expiry(lasts, expires_at, next_shift, at, note)
    if _words(note) == before:
        return note
    old.save(force_insert=True)
    note.version, note.changed_by, note.changed_at = note.version + 1, by, at
    note.save()
    data = {"version": note.version, "expires_at": note.expires_at, "pinned": pinned}
    audit.record(Event.SHIFT_NOTE_CHANGED, actor=by, subject=note, team_id=note.team_id, at=at, data=data)
    return note


@transaction.atomic
def resolve(*, note_id: int, by: User, at: datetime, reason: str = "") -> ShiftNote:
    """It need not be known any more. Resolving it twice changes nothing: the first one stands."""
    note = ShiftNote.objects.select_for_update(of=("self",)).get(pk=note_id)
    permissions.check_resolve(by, note)
    if note.resolved_at:
        return note
    note.resolved_at, note.resolved_by, note.resolve_reason = at, by, reason
    note.save(update_fields=["resolved_at", "resolved_by", "resolve_reason"])
    notifications.settle(note, kinds=[Kind.SHIFT_NOTE], at=at)
    audit.record(Event.SHIFT_NOTE_RESOLVED, actor=by, subject=note, team_id=note.team_id, at=at, data={})
    return note


@transaction.atomic
def see(*, team: Team, by: User, at: datetime) -> int:
    """``by`` has the standing notes of the team on their screen; return how many were new to them. No event: nothing was decided."""
    permissions.check_write(by, team.pk)
    new = ShiftNote.objects.filter(team=team).standing(at).exclude(seen_by__colleague=by).exclude(by=by)
    seen = [ShiftNoteSeen(note_id=pk, colleague=by, at=at) for pk in new.values_list("pk", flat=True)]
    ShiftNoteSeen.objects.bulk_create(seen, ignore_conflicts=True)
    return len(seen)


# --- What the above is made of ------------------------------------------------------------------------------------------


def _version(note: ShiftNote) -> ShiftNoteVersion:
    """What a note says now, to be kept."""
    by_id, at = note.changed_by_id or note.by_id, note.changed_at or note.at
    return ShiftNoteVersion(note=note, number=note.version, text=note.text, topic=note.topic, by_id=by_id, at=at)


def _words(note: ShiftNote) -> tuple[object, ...]:
    return (note.text, note.topic, note.pinned, note.audience, note.shift_name, note.for_shift_id, note.expires_at)


def _next(team: Team, by: User, at: datetime, shift_name: str = "") -> Slot | None:
    """The shift that reads it first: the incoming one, or the next one of that name."""
    table = timetable(team.pk, at)
    if shift_name:
        return next((slot for slot in table.slots if slot.starts_at > at and slot.name.casefold() == shift_name.casefold()), None)
    return table.incoming(table.outgoing(by.pk, at), at)


def _aim(note: ShiftNote, *, audience: str, shift_name: str, next_shift: Slot | None) -> None:
    """For whom it is. A name is one of the team's shifts."""
    if audience == For.NAMED and not shift_name:
        raise Invalid("Say which shift the note is for.", possible="Choose one of the team’s shifts.", field="shift_name")
    if audience == For.NAMED and not Shift.objects.filter(team_id=note.team_id, name__iexact=shift_name).exists():
        raise Invalid(f"The team has no shift called “{shift_name}”.", possible="Choose one of the team’s shifts.", field="shift_name")
    note.audience, note.shift_name = audience, shift_name if audience == For.NAMED else ""
    note.for_shift_id = next_shift.id if audience == For.NEXT and next_shift else None


def _expiry(lasts: str, expires_at: datetime | None, next_shift: Slot | None, at: datetime, note: ShiftNote) -> datetime | None:
    """When it runs out; a note to the next shift only never outlasts that shift."""
    if lasts == UNTIL:
        if expires_at is None:
            raise Invalid("Say until when the note stands.", possible="Or let it stand until it is resolved.", field="expires_at")
        if expires_at <= at:
            raise Invalid("That time is over.", possible="Choose a time to come.", field="expires_at")
        return expires_at
    if lasts == NEXT_SHIFT or note.audience == For.NEXT:
        its = note.for_shift if note.audience == For.NEXT else None
        end = its.ends_at if its else next_shift.ends_at if next_shift else at
        return end if end > at else at + STAND_IN_SHIFT
    return None


def _tell(note: ShiftNote, next_shift: Slot | None, by: User, at: datetime) -> None:
    """The next shift's colleagues hear of it now; where nobody is on it, those who are on just now find it themselves."""
    if next_shift is not None:
        crew = Rostering.objects.effective(max(at, next_shift.starts_at)).filter(shift=next_shift.id, colleague__is_active=True)
        people = list(crew.values_list("colleague_id", flat=True))
        what = note.topic or "something to know"
        notifications.tell(Kind.SHIFT_NOTE, to=people, about=note, at=at, by=by, what=what, team_id=note.team_id)
