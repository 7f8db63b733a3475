"""A calendar as other programs read it (RFC 5545). No database; nothing in it is about a customer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from icalendar import Calendar, Event

PRODUCT = "-//Baton//Shifts//EN"
HALF_AN_HOUR = timedelta(minutes=30)
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One event. ``uid`` stays the same for ever, ``changed_at`` says when it last became something else."""

    uid: str
    title: str
    words: str
    url: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    zone: tzinfo
    is_busy: bool = True


def written(name: str, entries: Iterable[Entry]) -> bytes:
    """The calendar as text, with the time zones that its entries are in. The same entries give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", HALF_AN_HOUR, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT30M")
    for entry in entries:
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.title)
    if entry.words:
        event.add("description", entry.words)
    event.add("url", entry.url)
    event.add("dtstart", entry.starts_at.astimezone(entry.zone))
    event.add("dtend", entry.ends_at.astimezone(entry.zone))
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", max(0, int((entry.changed_at - EPOCH).total_seconds())))
    event.add("transp", "OPAQUE" if entry.is_busy else "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
