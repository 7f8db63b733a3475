"""What a line of the trail says to an assessor: services, urgencies, limits and outcomes, never a customer's words, and no colleague's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Team
from audit.models import Event
from common.moments import span
from handover.actions.models import Action
from handover.agreements.agreeing import Says
from handover.agreements.models import Agreement, AgreementVersion, Means
from handover.catalog.models import Service
from handover.checks.models import Check
from handover.followups.models import FollowUp
from handover.handovers.models import Item
from handover.policies.models import Policy
from handover.shifts.models import Shift
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


def _service(action: Action) -> list[str]:
    urgency = action.get_urgency_display().capitalize()
    return [f"{action.service.name}, {action.urgency}"] if action.service else [urgency]


def _took(since: datetime | None, until: datetime | None) -> str:
    return span(until - since) if since and until else ""


def items(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(Item, events, "action__service", "handover", "receiving_shift", "to_team", "agreement_version__agreement__point")
    counted = {one.pk: one for one in HandoverFact.objects.filter(pk__in=rows).only("missing", "item_id")}
    return {
        event.pk: Facts(tuple(_of_item(item, counted.get(item.pk))), ref=item.ref, **_about(item.action))
        for event in events
        if (item := rows.get(event.subject_id))
    }


def _of_item(item: Item, counted: HandoverFact | None) -> list[str]:
    version = item.agreement_version
    said = [f"{item.action.service}, {version.agreement.point}, {item.action.urgency}"] if version and item.action.service else _service(item.action)
    to = f"to the shift {item.receiving_shift.name}" if item.receiving_shift else "to a colleague"
    said.append(f"{item.handover.get_when_display().capitalize()}, {to}{f' of {item.to_team}' if item.to_team_id != item.from_team_id else ''}")
    if version:
        said.append(f"{Means(version.means).label.capitalize()}{', spoken as well' if item.handover.warm and version.means == Means.BATON else ''}")
    if counted:
        missing = len(counted.missing)
        said.append(f"{missing} detail{'s' if missing > 1 else ''} missing" if missing else "Every detail given")
    if item.missing_reason:
        said.append("The reason for what is missing was given")
    if item.accepted_at:
        said.append(f"Accepted after {_took(item.offered_at, item.accepted_at)}")
    if item.read_back:
        said.append({True: "Read-back was right", False: "Read-back was corrected", None: "Read back"}[item.read_back_right])
    return said


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
            said = [f"{row.point.service}, {row.point}", row.get_applies_display().capitalize()]
            said += [f"Version {version.number}, {version.get_state_display()}"] if version else []
            said += [f"Answered: {Says(event.data['answer']).label}"] if event.data.get("answer") in Says.values else []
            found[event.pk] = Facts(tuple(said), ref=row.ref, url=row.get_absolute_url())
    return found


def policies(events: list[Event]) -> dict[int, Facts]:
    rows = _rows(Policy, events)
    return {
        event.pk: Facts((row.title, f"Version {event.data.get('version')}", row.get_kind_display().capitalize()), ref=row.ref, url=row.get_absolute_url())
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
        event.pk: Facts((row.get_decision_display().capitalize(),) if row.decision else (), ref=row.ref, title=row.words[:120], url=row.get_absolute_url())
        for event in events
        if (row := rows.get(event.subject_id))
    }


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
}
"""By type of record, as the trail names it. A type that is not here says nothing but its rule."""
