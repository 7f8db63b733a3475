"""The story of one item as its page tells it, newest first: from the facts, not from the trail. No database beyond what was loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from common.moments import span
from handover.checks.states import Outcome
from handover.handovers.models import Item
from handover.handovers.states import State

OVER = {
    State.DECLINED: ("late", "hand-stop", "declined"),
    State.WITHDRAWN: ("grey", "minus", "withdrew it"),
    State.TAKEN_BACK: ("grey", "arrow-back-up", "took it back"),
    State.LAPSED: ("late", "clock-pause", "It lapsed"),
}


def story(item: Any, *, reader_id: int) -> list[dict[str, Any]]:
    """Entries for ``components/_timeline.html``. Needs the item with its action, brief, queries, checks, notes, contacts and follow-ups loaded."""
    entries = [
        *_offered(item, reader_id),
        *_asked(item, reader_id),
        *_accepted(item, reader_id),
        *_since(item, reader_id),
        *_checks(item, reader_id),
        *_over(item, reader_id),
    ]
    return sorted(entries, key=lambda entry: entry["at"], reverse=True)


def name(user: Any, reader_id: int) -> str:
    """“You”, or the first name."""
    return "Somebody" if user is None else "You" if user.pk == reader_id else str(user.first_name)


def entry(at: datetime, tone: str, icon: str, title: str, *, quote: str = "", text: str = "", link: str = "", label: str = "") -> dict[str, Any]:
    return {"at": at, "tone": tone, "icon": icon, "title": title, "quote": quote, "text": text, "link": link, "label": label}


def _offered(item: Item, reader_id: int) -> Iterator[dict[str, Any]]:
    by = "Offered by rule" if item.handover.rule else f"{name(item.giver, reader_id)} handed it over"
    version = item.agreement_version
    link = version.agreement.get_absolute_url() if version else ""
    text = item.missing_reason and f"Went with details missing: {item.missing_reason}"
    past = item.override_reason and f"A rule was gone past: {item.override_reason}"
    yield entry(
        item.offered_at,
        "wait",
        "transfer",
        by,
        text=" ".join(part for part in (text, past) if part),
        link=link,
        label=f"Agreement, version {version.number}" if version else "",
    )


def _asked(item: Item, reader_id: int) -> Iterator[dict[str, Any]]:
    for query in item.queries.all():
        asked = f"{name(query.asked_by, reader_id)} asked"
        title = (
            f"{asked}, {name(query.answered_by, reader_id).lower() if query.answered_by_id == reader_id else name(query.answered_by, reader_id)} answered"
            if query.answered_at
            else asked
        )
        yield entry(query.answered_at or query.asked_at, "ask", "help-circle", title, quote=query.text, text=query.answer)


def _accepted(item: Item, reader_id: int) -> Iterator[dict[str, Any]]:
    if item.accepted_at is None:
        return
    who = name(item.accepted_by, reader_id)
    title = f"{who} read it back and accepted" if item.read_back else f"{who} accepted"
    yield entry(item.accepted_at, "info", "user-check", title, quote=item.read_back, text=f"{span(item.accepted_at - item.offered_at)} after it was given.")
    if item.read_back_right is not None:
        right = "said: right" if item.read_back_right else "said: not quite"
        yield entry(
            item.accepted_at, "ok" if item.read_back_right else "wait", "message-circle", f"{name(item.giver, reader_id)} {right}", quote=item.read_back_answer
        )


def _since(item: Any, reader_id: int) -> Iterator[dict[str, Any]]:
    for note in item.action.notes.all():
        if note.at >= item.offered_at:
            title = f"{name(note.by, reader_id)} added to the brief" if note.item_id == item.pk else f"{name(note.by, reader_id)} added a note"
            yield entry(note.at, "grey", "message-circle", title, quote=note.text)
    for contact in item.action.contacts.all():
        if contact.at >= item.offered_at:
            yield entry(
                contact.at,
                "wait" if contact.chased else "grey",
                "phone",
                "The customer chased" if contact.chased else "The customer got in touch",
                quote=contact.text,
            )


def _checks(item: Any, reader_id: int) -> Iterator[dict[str, Any]]:
    for check in item.checks.all():
        if check.asked_at:
            title = f"{name(check.asked_by, reader_id)} asked how it went" if check.asked_by else "Asked: was it completed?"
            yield entry(check.asked_at, "wait", "bell-ringing", title, quote=check.question)
        if check.answered_at:
            tone = {"completed": "ok", "unable": "late"}.get(check.outcome, "wait")
            heard = " Heard by word of mouth." if check.by_word_of_mouth else ""
            yield entry(
                check.answered_at,
                tone,
                "circle-check" if tone == "ok" else "message-circle",
                f"{name(check.answered_by, reader_id)}: {Outcome(check.outcome).label}",
                quote=check.words,
                text=heard,
            )
    for follow_up in item.followups.all():
        if follow_up.decided_at:
            yield entry(
                follow_up.decided_at,
                "info",
                "flag",
                f"{name(follow_up.decided_by, reader_id)} decided: {follow_up.get_decision_display()}",
                quote=follow_up.words,
            )


def _over(item: Item, reader_id: int) -> Iterator[dict[str, Any]]:
    if item.state in OVER and item.ended_at:
        tone, icon, words = OVER[State(item.state)]
        title = words if item.state == State.LAPSED else f"{name(item.ended_by, reader_id)} {words}"
        yield entry(item.ended_at, tone, icon, title, quote=item.end_reason)
    if item.seen_through_at:
        yield entry(item.seen_through_at, "ok", "eye-check", f"{name(item.watcher or item.giver, reader_id)} saw it through")


def stages(item: Any) -> list[dict[str, str]]:
    """The track: agreed, given, accepted, check, outcome."""
    accepted = item.accepted_at is not None
    over = item.state in (State.ENDED,)
    lost = item.state in (State.DECLINED, State.WITHDRAWN, State.LAPSED, State.TAKEN_BACK)
    return [
        {"name": "Agreed", "text": "how and when" if item.agreement_version_id else "nothing agreed yet", "mark": "d"},
        {"name": "Given", "text": "", "mark": "d"},
        {"name": "Read back" if item.read_back else "Accepted", "text": "" if accepted else "not yet", "mark": "d" if accepted else "" if lost else "c"},
        {
            "name": "Check",
            "text": "",
            "mark": "d" if over else "c" if accepted and not lost else "",
            "icon": "bell-ringing" if accepted and not over and not lost else "",
        },
        {
            "name": "Outcome",
            "text": Outcome(item.outcome).label if item.outcome else State(item.state).label if lost else "not known yet",
            "mark": "d" if over else "c" if lost else "",
        },
    ]
