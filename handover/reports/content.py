"""What a shift report says: plain data, made once from what was gathered, so that the same can be shown, printed and kept for ever.

Customers' names are shortened here, so that no kept report holds one. No database.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from common import moments
from handover.actions.models import Action
from handover.actions.states import State as ActionState
from handover.agreements.models import Need
from handover.due.limits import Urgency
from handover.handovers.models import Item
from handover.handovers.states import ON_OFFER, State
from handover.reports.queries import Gathered
from handover.reports.shortening import shortened, without_name

VERSION = 1
LONGEST = 180
Content = dict[str, Any]


def content_of(found: Gathered) -> Content:
    """The report as it stands; every value is text, a number or a list of such."""
    zone, shift, incoming = found.shift.team.tz, found.shift, found.incoming
    given = [_given(item, found) for item in found.given]
    kept = [_kept(action, found) for action in found.kept]
    lines = sorted([*given, *kept], key=_by_time)
    accepted = [item for item in found.given if item.state in (State.ACCEPTED, State.ENDED)]
    end = incoming.ends_at if incoming else None
    checks = [one for one in found.checks.values() if one.due_at >= shift.ends_at and (end is None or one.due_at < end)]
    return {
        "version": VERSION,
        "team": shift.team.name,
        "shift": {"ref": shift.ref, "name": shift.name, "starts_at": shift.starts_at.isoformat(), "ends_at": shift.ends_at.isoformat()},
        "incoming": {"ref": incoming.ref, "name": incoming.name} if incoming else None,
        "ends": stamp(shift.ends_at, zone),
        "as_of": stamp(found.at, zone),
        "crew": list(found.crew.values()),
        "figures": [
            _figure("Handed over", len(found.given)),
            _figure("Accepted", len(accepted), f"{sum(bool(item.read_back) for item in accepted)} with read-back"),
            _figure("Not accepted", len(found.given) - len(accepted)),
            _figure("Checks due next shift", len(checks)),
        ],
        "counts": _counts(found, lines),
        "nothing": found.nothing,
        "notes": [_note(note, found) for note in found.notes],
        "must": [line for line in lines if line["must"]],
        "given": [line for line in sorted(given, key=_by_time) if not line["must"]],
        "kept": [line for line in sorted(kept, key=_by_time) if not line["must"]],
        "received": [_short(item.action, item.giver.display_name) for item in found.received],
        "taken": [_short(action) for action in found.taken],
        "within": [_short(item.action, item.receiver.display_name if item.receiver else "") for item in found.within],
        "completed": [_short(action, "no longer needed" if action.state == ActionState.NOT_NEEDED else "") for action in found.completed],
    }


def is_empty(content: Content) -> bool:
    """Whether there was nothing to hand over: nothing given, and nothing left with the shift."""
    return not (content["must"] or content["given"] or content["kept"])


def digest_in_words(content: Content) -> str:
    """The figures in one line without a word about a customer: for a message that leaves the product."""
    figures = ", ".join(f"{one['label'].lower()} {one['value']}" for one in content["figures"])
    counts = content["counts"]
    return f"{figures}, completed {counts['completed']}, still open {counts['open']}, late {counts['late']}."


# --- Lines ----------------------------------------------------------------------------------------------------------------


def _counts(found: Gathered, lines: list[Content]) -> dict[str, int]:
    return {
        "taken": len(found.taken),
        "received": len(found.received),
        "completed": len(found.completed),
        "open": len(found.kept) + sum(item.state != State.ENDED for item in found.given),
        "late": sum(line["late"] for line in lines),
        "by_rule": sum(line["by_rule"] for line in lines),
        "carried": sum(line["carried"] > 0 for line in lines),
    }


def _given(item: Item, found: Gathered) -> Content:
    action, brief = item.action, getattr(item, "brief", None)
    promised_by = brief.promised_by if brief and brief.promised_by else action.promised_by
    plan = [brief.next_step, f"If it goes wrong: {brief.if_then}" if brief.if_then else ""] if brief else []
    missing = [answer.question for answer in brief.answers.all() if not answer.text and answer.need in (Need.MUST, Need.SHOULD)] if brief else []
    check = found.checks.get(item.pk)
    holder = item.accepted_by if item.state in (State.ACCEPTED, State.ENDED) else item.giver
    line = _line(action, promised_by, found, promise=brief.promise if brief else action.promise, is_open=item.state != State.ENDED)
    return {
        **line,
        "next": clipped(without_name(sentences(plan), action.customer_name)),
        "missing": [clipped(question, 80) for question in missing[:2]],
        "holder": holder.display_name if holder else "",
        "check": f"{_clock(check.due_at, found)}, {check.giver.first_name}" if check else "",
        "by_rule": bool(item.handover.rule),
        "to": item.to_team.name if item.to_team_id != found.shift.team_id else "",
        **_state(item, found),
    }


def _kept(action: Action, found: Gathered) -> Content:
    line = _line(action, action.promised_by, found, promise=action.promise, is_open=True)
    declined = found.declined.get(action.pk)
    looks = {"state": "declined", "word": "Declined"} if declined else {"state": "pool", "word": "In the team pool"} if action.state == ActionState.POOL else {}
    holder = action.responsible.display_name if action.responsible else "Team pool"
    more = {"next": "", "missing": [], "check": "", "by_rule": False, "to": "", "state": "held", "word": "Kept"}
    return {**line, **more, "holder": holder, **looks}


def _line(action: Action, promised_by: datetime | None, found: Gathered, *, promise: str, is_open: bool) -> Content:
    late = bool(is_open and promised_by and promised_by < found.at)
    return {
        "ref": action.ref,
        "due": _clock(promised_by, found) if promised_by else "",
        "due_at": promised_by.isoformat() if promised_by else None,
        "late": late,
        "must": bool(is_open and (action.urgency == Urgency.URGENT or late)),
        "what": clipped(_what(action)),
        "promise": clipped(without_name(promise, action.customer_name)),
        "carried": action.carried,
    }


def _state(item: Item, found: Gathered) -> dict[str, str]:
    if item.state == State.QUERIED:
        return {"state": "queried", "word": "Question"}
    if item.state in ON_OFFER:
        late = item.accept_by is not None and item.accept_by < found.at
        return {"state": "late", "word": "Not accepted"} if late else {"state": "offered", "word": "Waiting"}
    if item.state == State.ENDED:
        return {"state": item.outcome or "completed", "word": "Completed" if item.outcome != "not_needed" else "Not needed"}
    return {"state": "accepted", "word": f"Accepted {_clock(item.accepted_at, found)}" if item.accepted_at else "Accepted"}


def _what(action: Action) -> str:
    """“Mrs E., 214: move to a warm room”: who, as far as the title does not say it, and what."""
    title = without_name(action.title, action.customer_name)
    place = action.customer_reference
    known = [shortened(action.customer_name), "" if place.casefold() in action.customer_name.casefold() else place]
    who = ", ".join(part for part in known if part and part.casefold() not in title.casefold())
    return f"{who}: {title}" if who else title


def _short(action: Action, more: str = "") -> Content:
    return {"ref": action.ref, "what": clipped(_what(action), 90), "more": more}


def _note(note: Any, found: Gathered) -> Content:
    until = f"until {_clock(note.expires_at, found)}" if note.expires_at else "until it is resolved"
    resolved = bool(note.resolved_at and note.resolved_at <= found.at)
    return {
        "ref": note.ref,
        "text": clipped(note.text),
        "topic": note.topic,
        "by": note.by.display_name,
        "pinned": note.pinned,
        "until": "resolved" if resolved else until,
    }


# --- Words ----------------------------------------------------------------------------------------------------------------


def clipped(text: str, most: int = LONGEST) -> str:
    """On one line, at most ``most`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def sentences(parts: Iterable[str]) -> str:
    return " ".join(part if part[-1] in ".!?…" else f"{part}." for part in (one.strip() for one in parts) if part)


def _figure(label: str, value: int, more: str = "") -> Content:
    return {"label": label, "value": value, "more": more}


def stamp(at: datetime, zone: Any) -> str:
    """“Sat 21 Nov 2026, 23:00 GMT”: the year stands on paper that is kept."""
    local = at.astimezone(zone)
    return f"{moments.DAY_NAMES[local.weekday()]} {local.day} {moments.MONTH_NAMES[local.month - 1]} {local.year}, {local:%H:%M} {moments.zone_name(at, zone)}"


def _clock(at: datetime, found: Gathered) -> str:
    return moments.clock(at, found.shift.ends_at, found.shift.team.tz)


def _by_time(line: Content) -> tuple[bool, str]:
    """Soonest first; what has no promised time comes last."""
    return (line["due_at"] is None, line["due_at"] or line["ref"])
