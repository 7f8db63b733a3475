"""What a line of the trail says to an assessor: services, urgencies, limits and outcomes, never a customer's words, and no colleague's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Team
from audit.models import Event
from common.moments import span
from handover.actions.models import Action
from handover.agreements.agreeing import Says
from handover.agreements.models import Agreement, AgreementVersion, Means
from handover.catalog.models import HandoverPoint, Service
from handover.checks.models import Check
from handover.followups.models import FollowUp
from handover.handovers.models import Item
from handover.policies.models import Policy
from handover.shifts.models import Shift
from reviews.improvements.models import Improvement, Verdict
from reviews.observing.models import Observation, Saw
from reviews.observing.points import POINTS
from reviews.reviewing.models import Review
from reviews.sharing.figures import FIGURES
from reviews.sharing.models import HandoverFact
from reviews.suggestions.models import Suggestion


@dataclass(frozen=True)
class Facts:
    """``said`` goes out; ``title``, ``url`` and ``known`` (what would tell who the customer is) are for the owner's own page alone."""

    said: tuple[str, ...] = ()
    ref: str = ""
    title: str = ""
    url: str = ""
    known: tuple[str, ...] = ()


Loader = Callable[[list[Event]], dict[int, Facts]]


def facts_of(events: Iterable[Event]) -> dict[int, Facts]:
    """Facts by event: one or two questions to the database for each type of record, however many there are."""
    by_type: dict[str, list[Event]] = {}
    for event in events:
        by_type.setdefault(event.subject_type, []).append(event)
    found: dict[int, Facts] = {}
    for subject_type, together in by_type.items():
        if load := LOADERS.get(subject_type):
            found |= load(together)
    return found


def _rows(model: Any, events: list[Event], *related: str) -> dict[int, Any]:
    rows = model.objects.filter(pk__in={event.subject_id for event in events})
    return {row.pk: row for row in (rows.select_related(*related) if related else rows)}


def _about(action: Action) -> dict[str, Any]:
    known = (action.customer_name, action.customer_reference, action.customer_contact)
    return {"title": action.title, "url": action.get_absolute_url(), "known": tuple(filter(None, known))}


def _upper(text: str) -> str:
    """With a capital: “In Baton”."""
    return text[:1].upper() + text[1:]


def _point(point: HandoverPoint) -> str:
    return f"{point.letter}. {_upper(point.name)}"


def _service(action: Action) -> list[str]:
    return [*([action.service.name] if action.service else []), *_urgency(action)]


def _urgency(action: Action) -> list[str]:
    return [_upper(action.get_urgency_display())]


def _took(since: datetime | None, until: datetime | None) -> str:
    return span(until - since) if since and until else ""


def items(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(Item, events, "action__service", "handover", "receiving_shift", "to_team", "from_team", "agreement_version__agreement__point")
    counted = {one.pk: one for one in HandoverFact.objects.filter(pk__in=rows).only("missing", "item_id")}
    return {
        event.pk: Facts(tuple(_of_item(item, counted.get(item.pk), gave=event.actor_id == item.giver_id)), ref=item.ref, **_about(item.action))
        for event in events
        if (item := rows.get(event.subject_id))
    }


def _of_item(item: Item, counted: HandoverFact | None, *, gave: bool) -> list[str]:
    """As seen from the side that gave it, or that took it over."""
    version = item.agreement_version
    said = [f"{item.action.service}, {_point(version.agreement.point)}", *_urgency(item.action)] if version and item.action.service else _service(item.action)
    said.append(f"{_upper(item.handover.get_when_display())}, {_other_side(item, gave=gave)}")
    if version:
        said.append(f"{_upper(Means(version.means).label)}{', spoken as well' if item.handover.warm and version.means == Means.BATON else ''}")
    if counted:
        missing = len(counted.missing)
        reason = ", with a reason" if item.missing_reason else ""
        said.append(f"{missing} detail{'s' if missing > 1 else ''} missing{reason}" if missing else "Every detail given")
    if item.accepted_at:
        said.append(f"Accepted after {_took(item.offered_at, item.accepted_at)}")
    if item.read_back:
        said.append({True: "Read-back was right", False: "Read-back was corrected", None: "Read back"}[item.read_back_right])
    return said


def _other_side(item: Item, *, gave: bool) -> str:
    other = (item.to_team if gave else item.from_team) if item.to_team_id != item.from_team_id else None
    who = f"to the shift “{item.receiving_shift.name}”" if gave and item.receiving_shift else "to a colleague" if gave else "from a colleague"
    return f"{who} of {other}" if other else who


def actions(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(Action, events, "service")
    return {event.pk: Facts(tuple(_service(row)), ref=row.ref, **_about(row)) for event in events if (row := rows.get(event.subject_id))}


def checks(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(Check, events, "action__service")
    return {event.pk: Facts(tuple(_of_check(row)), ref=row.ref, **_about(row.action)) for event in events if (row := rows.get(event.subject_id))}


def _of_check(check: Check) -> list[str]:
    said = _service(check.action)
    if check.asked_at:
        said.append("Asked before it was due" if check.asked_at < check.due_at else "Asked when it was due")
    if check.answered_at:
        waited = f" after {_took(check.asked_at, check.answered_at)}" if check.asked_at else ""
        said.append(f"Answered{waited}: {check.get_outcome_display()}")
    return said


def follow_ups(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(FollowUp, events, "action__service")
    found = {}
    for event in events:
        if row := rows.get(event.subject_id):
            said = [*_service(row.action), f"Decided: {row.get_decision_display()}"] + (["The customer was told"] if row.customer_told else [])
            found[event.pk] = Facts((*said, f"Decided after {_took(row.owed_at, row.decided_at)}"), ref=row.ref, **_about(row.action))
    return found


def agreements(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(Agreement, events, "point__service")
    versions = AgreementVersion.objects.in_bulk({event.data["version"] for event in events if "version" in event.data})
    found = {}
    for event in events:
        if row := rows.get(event.subject_id):
            version = versions.get(event.data.get("version", 0))
            said = [f"{row.point.service}, {_point(row.point)}", _upper(row.get_applies_display())]
            said += [f"Version {version.number}, {version.get_state_display()}"] if version else []
            said += [f"Answered: {Says(event.data['answer']).label}"] if event.data.get("answer") in Says.values else []
            found[event.pk] = Facts(tuple(said), ref=row.ref, url=row.get_absolute_url())
    return found


def policies(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(Policy, events)
    return {
        event.pk: Facts((row.title, f"Version {event.data.get('version')}", _upper(row.get_kind_display())), ref=row.ref, url=row.get_absolute_url())
        for event in events
        if (row := rows.get(event.subject_id))
    }


def services(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(Service, events)
    return {event.pk: Facts((str(row),), url=f"/services/{row.pk}/") for event in events if (row := rows.get(event.subject_id))}


def shifts(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(Shift, events)
    return {
        event.pk: Facts((f"{row.name}, {row.local_date:%-d %b %Y}",), ref=row.ref, url=f"/shifts/{row.ref}/report/")
        for event in events
        if (row := rows.get(event.subject_id))
    }


def teams(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(Team, events)
    return {event.pk: Facts((str(row),), url="/how-we-hand-over/") for event in events if (row := rows.get(event.subject_id))}


def suggestions(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(Suggestion, events)
    return {
        event.pk: Facts((_upper(row.get_decision_display()),) if row.decision else (), ref=row.ref, title=row.words[:120], url=row.get_absolute_url())
        for event in events
        if (row := rows.get(event.subject_id))
    }


def reviews(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(Review, events)
    return {
        event.pk: Facts((f"Of {row.since:%-d %B %Y} to {row.until - timedelta(days=1):%-d %B %Y}",), ref=row.ref, title=row.title, url=row.get_absolute_url())
        for event in events
        if (row := rows.get(event.subject_id))
    }


def observations(events: list[Event]) -> dict[int, Facts]:
    """What was seen is for the colleague who was observed; their observer shows no more than that they did it."""
    rows = _rows(Observation, events)
    found = {}
    for event in events:
        if row := rows.get(event.subject_id):
            is_own = row.colleague_id == event.actor_id and row.observed_at is not None
            seen = tuple(f"{point.question} {Saw(getattr(row, point.name)).label.capitalize()}" for point in POINTS) if is_own else ()
            found[event.pk] = Facts(seen, ref=row.ref, url=row.get_absolute_url())
    return found


def improvements(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(Improvement, events)
    found = {}
    for event in events:
        if row := rows.get(event.subject_id):
            moves = (f"It should move: {FIGURES[row.figure].label}",) if row.figure in FIGURES else ()
            verdict = (f"Judged: {Verdict(event.data['verdict']).label}",) if event.data.get("verdict") in Verdict.values else ()
            state = () if verdict else (_upper(row.get_state_display()),)
            found[event.pk] = Facts((*moves, *state, *verdict), ref=row.ref, title=row.change, url=row.get_absolute_url())
    return found


def notes(events: list[Event]) -> dict[int, Facts]:
    return {event.pk: Facts(ref=event.subject_ref, url=f"/notes/{event.subject_ref}/") for event in events}


def _plain(events: list[Event]) -> dict[int, Facts]:
    """Nothing but what the rule says."""
    return {event.pk: Facts(ref=event.subject_ref) for event in events}


LOADERS: dict[str, Loader] = {
    "handover.item": items,
    "handover.action": actions,
    "handover.check": checks,
    "handover.followup": follow_ups,
    "handover.agreement": agreements,
    "handover.policy": policies,
    "handover.service": services,
    "handover.shift": shifts,
    "handover.shiftnote": notes,
    "handover.practice": _plain,
    "accounts.team": teams,
    "accounts.user": _plain,
    "reviews.suggestion": suggestions,
    "reviews.review": reviews,
    "reviews.observation": observations,
    "reviews.improvement": improvements,
}
"""By type of record, as the trail names it. A type that is not here says nothing but its rule."""
