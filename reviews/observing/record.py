"""What the record says about each point of an observed handover, in sentences on the team's wall clock. No database beyond what was loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from common.moments import clock, span
from handover.agreements.models import Need
from handover.checks.models import Check
from handover.handovers.completeness import PARTS
from handover.handovers.models import Item
from handover.handovers.states import State


def recorded(item: Item, at: datetime, zone: tzinfo) -> dict[str, list[str]]:
    """Sentences for each point. Needs the item with its action, brief and answers, queries and checks loaded."""
    return {
        "informed": list(_informed(item)),
        "moment": list(_moment(item, at, zone)),
        "understood": list(_understood(item)),
        "completion": list(_completion(item, at, zone)) or ["No completion check was set."],
    }


def missing_of(item: Item) -> list[str]:
    """What of the brief and of the agreement's required information was left empty."""
    brief = getattr(item, "brief", None)
    if brief is None:
        return []
    empty = [label for name, label, _ in PARTS if not str(getattr(brief, name) or "").strip()]
    return empty + [answer.question for answer in brief.answers.all() if answer.need != Need.NO and not answer.text.strip()]


def _informed(item: Item) -> Iterator[str]:
    missing = missing_of(item)
    yield f"Missing: {', '.join(missing)}." if missing else "Nothing was left empty."
    if item.missing_reason:
        yield f"Went without it, because: {item.missing_reason}"
    asked = len(item.queries.all())
    yield f"{asked} question{'' if asked == 1 else 's'} asked before it was accepted." if asked else "No question was needed before it was accepted."


def _moment(item: Item, at: datetime, zone: tzinfo) -> Iterator[str]:
    yield f"Offered {clock(item.offered_at, at, zone)}, {item.handover.get_when_display()}."
    if item.accepted_at:
        limit = f", agreed were {span(item.accept_by - item.offered_at)}" if item.accept_by else ""
        yield f"Accepted after {span(item.accepted_at - item.offered_at)}{limit}."
    if item.action.promised_by:
        yield f"Promised to the customer by {clock(item.action.promised_by, at, zone)}."
    if item.override_reason:
        yield f"A rule was gone past, because: {item.override_reason}"


def _understood(item: Item) -> Iterator[str]:
    if item.read_back:
        answers = {True: "right", False: "not quite", None: "not answered"}
        yield f"Read back: “{item.read_back}” The giver’s answer: {answers[item.read_back_right]}."
    else:
        yield "Not read back, though the agreement asks for it." if item.read_back_needed else "Not read back; the agreement does not ask for it."
    for query in item.queries.all():
        yield f"Asked: “{query.text}” {f'Answered: “{query.answer}”' if query.answered_at else 'Not answered.'}"


def _completion(item: Item, at: datetime, zone: tzinfo) -> Iterator[str]:
    for check in item.checks.all():
        yield _check(check, at, zone)
    if item.state == State.ENDED and item.ended_at:
        yield f"It ended {clock(item.ended_at, at, zone)}: {item.outcome or 'no outcome'}."


def _check(check: Check, at: datetime, zone: tzinfo) -> str:
    parts = [f"Check due {clock(check.due_at, at, zone)}"]
    parts += [f"put {clock(check.asked_at, at, zone)}"] if check.asked_at else []
    parts += [f"answered {clock(check.answered_at, at, zone)}: {check.get_outcome_display()}"] if check.answered_at else ["not answered"]
    return f"{', '.join(parts)}."
