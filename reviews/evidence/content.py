"""The evidence as an assessor reads it: plain words and instants, the same for the page, the PDF and the JSON file."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from accounts.models import Membership
from common.moments import day, zone_name
from reviews.evidence.models import Evidence
from reviews.evidence.queries import Record, period_of, picked_of, statements_of
from reviews.evidence.standards import TITLE, of_standard

VERSION = 1
Content = dict[str, Any]


def content_of(evidence: Evidence, zone: tzinfo, at: datetime) -> Content:
    """What the owner picked and wrote, as of ``at``. Customers are not in it, nor colleagues' names; the owner's own is."""
    owner, period = evidence.owner, period_of(evidence, zone, at)
    picked, written = picked_of(owner, evidence.standard, period), statements_of(owner, evidence.standard)
    last = evidence.until or at.astimezone(zone).date()
    criteria = [
        {
            "id": one.key,
            "part": one.part,
            "text": one.sentence,
            "statement": written.get(one.key, ""),
            "records": [_record(record, zone) for record in picked.get(one.key, [])],
        }
        for one in of_standard(evidence.standard)
    ]
    return {
        "version": VERSION,
        "title": TITLE,
        "standard": evidence.standard,
        "name": owner.display_name,
        "places": places_of(owner.pk),
        "since": evidence.since.isoformat(),
        "until": last.isoformat(),
        "period": f"{evidence.since:%-d %B %Y} to {last:%-d %B %Y}",
        "as_of": at.isoformat(timespec="seconds"),
        "made": stamp(at, zone),
        "shown": sum(1 for one in criteria if one["records"] or one["statement"]),
        "of": len(criteria),
        "criteria": criteria,
    }


def is_empty(content: Content) -> bool:
    return not content["shown"]


def places_of(user_id: int) -> list[str]:
    """“Night receptionist, Harbour Hotel”: each team with the job roles in it."""
    rows = Membership.objects.current().filter(user=user_id).select_related("team").prefetch_related("job_roles").order_by("team__name", "pk")
    places = (", ".join([*sorted(role.name for role in row.job_roles.all()), row.team.name]) for row in rows)
    return [place[:1].upper() + place[1:] for place in places]


def _record(record: Record, zone: tzinfo) -> Content:
    return {
        "at": record.at.isoformat(timespec="seconds"),
        "when": stamp(record.at, zone),
        "what": record.rule.words,
        "facts": list(record.facts.said),
        "ref": record.facts.ref,
        "words": record.words,
        "line": record.event,
    }


def stamp(at: datetime, zone: tzinfo) -> str:
    """“Mon 2 Mar 2026, 09:05 GMT”, with the year whatever the year is."""
    local = at.astimezone(zone)
    dated = day(at, at, zone)
    return f"{dated} {local.year}, {local:%H:%M} {zone_name(at, zone)}"
