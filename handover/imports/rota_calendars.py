"""A rota from an iCal file: its events, and what its repeating entries mean, as shifts on a team's wall clock. No database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from typing import Any

import icalendar
import recurring_ical_events
from icalendar.error import BrokenCalendarProperty

from handover.imports.rota_reading import MOST_ROWS, Reading, RotaRow, Wrong, decoded, plain, short_name
from handover.shifts import calendar

AHEAD = timedelta(days=183)
"""So far from today repeating entries are followed."""
MOST_REPEATING = 100
TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
UNUSUAL = {"BYMONTHDAY", "BYYEARDAY", "BYSETPOS", "BYWEEKNO", "BYMONTH", "BYHOUR", "BYMINUTE", "BYSECOND"}
LONGEST = timedelta(hours=24)
BROKEN = (BrokenCalendarProperty, ValueError, TypeError, AttributeError, KeyError)
"""What the library raises where an event's own line cannot be understood; ``Wrong`` is one of them."""


def read_calendar(raw: bytes, zone: tzinfo, today: date) -> Reading:
    """Every event from yesterday to half a year from ``today``. An event's row is its place in the file, the first being 1.

    Times with a zone and in UTC are that instant; floating times are on the wall clock of ``zone``.
    """
    found = Reading()
    try:
        events = _events(decoded(raw))
    except Wrong as wrong:
        found.trouble(0, str(wrong))
        return found
    numbers: dict[str, int] = {}
    sound = icalendar.Calendar()
    for number, event in enumerate(events, start=1):
        try:
            _check(event)
        except BROKEN as wrong:
            found.trouble(number, _said(wrong))
            continue
        if "UID" not in event:
            event.add("UID", f"event-{number}")
        numbers.setdefault(str(event["UID"]), number)
        _stop(event, today + AHEAD)
        sound.add_component(event)
    for event in _occurrences(sound, zone, today, found):
        number = numbers.get(str(event.get("UID", "")), 0)
        try:
            found.rows.append(_row(number, event, zone))
        except BROKEN as wrong:
            found.trouble(number, _said(wrong))
    found.problems = sorted(set(found.problems), key=lambda problem: (problem.row, problem.words))
    return found


def _events(text: str) -> list[Any]:
    try:
        parsed = icalendar.Calendar.from_ical(text)
        events = [event for event in parsed.walk("VEVENT") if str(event.get("STATUS", "")).upper() != "CANCELLED"]
    except Exception as trouble:  # the library raises many kinds for a broken file
        raise Wrong(f"This is not an iCal file: {str(trouble)[:100]}") from None
    if not events:
        raise Wrong("The calendar has no events.")
    if len(events) > MOST_ROWS:
        raise Wrong(f"The calendar has {len(events):,} events; at most {MOST_ROWS:,} can be read.")
    if sum("RRULE" in event for event in events) > MOST_REPEATING:
        raise Wrong(f"The calendar has more than {MOST_REPEATING} repeating entries.")
    return events


def _said(wrong: Exception) -> str:
    return str(wrong) if isinstance(wrong, Wrong) else "The event has a line that cannot be understood."


def _check(event: Any) -> None:
    """Refuse what no rota needs, before anything is worked out from it."""
    starts = getattr(event.get("DTSTART"), "dt", None)
    if starts is None:
        raise Wrong("The event has no start.")
    if not isinstance(starts, datetime):
        raise Wrong("The event is for whole days. A shift needs a start and an end.")
    if not 2000 <= starts.year < 2100:
        raise Wrong(f"The event starts in {starts.year}.")
    if starts.tzinfo is None and "TZID" in event["DTSTART"].params:
        raise Wrong(f"The time zone “{str(event['DTSTART'].params['TZID'])[:40]}” is not known.")
    if any(isinstance(event.get(name), list) for name in ("DTSTART", "DTEND", "RRULE", "UID", "SUMMARY")):
        raise Wrong("The event says something twice that can be only once.")
    if "DTEND" in event and isinstance(event["DTEND"].dt, datetime) and event["DTEND"].dt.tzinfo == starts.tzinfo and event["DTEND"].dt <= starts:
        raise Wrong("The event ends before it starts.")
    rule = event.get("RRULE")
    if rule is not None:
        parts = {str(name).upper(): value for name, value in rule.items()}
        if TOO_OFTEN & {str(one).upper() for one in parts.get("FREQ", [])}:
            raise Wrong("The event repeats more often than daily.")
        if UNUSUAL & parts.keys():
            raise Wrong("The event repeats in a way that no rota does. Daily and weekly repetitions can be read.")


def _stop(event: Any, last: date) -> None:
    """An entry that repeats for ever, or for long, ends where we stop looking."""
    rule = event.get("RRULE")
    if rule is None or "COUNT" in rule:
        return
    starts = event["DTSTART"].dt
    if "UNTIL" not in rule:
        until = datetime(last.year, last.month, last.day, tzinfo=UTC)
        rule["UNTIL"] = [until.replace(tzinfo=None) if starts.tzinfo is None else until]


def _occurrences(sound: icalendar.Calendar, zone: tzinfo, today: date, found: Reading) -> Iterator[Any]:
    first, last = today - timedelta(days=1), today + AHEAD
    try:
        events = list(islice(recurring_ical_events.of(sound, components=["VEVENT"]).between(first, last), MOST_ROWS + 1))
    except Exception as trouble:  # as above
        found.trouble(0, f"What repeats in this calendar cannot be understood: {str(trouble)[:100]}")
        return
    if len(events) > MOST_ROWS:
        found.trouble(0, f"The calendar means more than {MOST_ROWS:,} shifts in the next half year.")
        return
    yield from events


def _instant(at: Any, zone: tzinfo) -> datetime:
    if not isinstance(at, datetime):
        raise Wrong("The event is for whole days. A shift needs a start and an end.")
    if at.tzinfo is None:
        return calendar.instant(at.date(), at.time(), zone)
    return at.astimezone(UTC)


def _row(number: int, event: Any, zone: tzinfo) -> RotaRow:
    end = event.get("DTEND")
    if end is None:
        raise Wrong("The event has no end.")
    starts_at, ends_at = _instant(event["DTSTART"].dt, zone), _instant(end.dt, zone)
    if ends_at <= starts_at:
        raise Wrong("The event ends before it starts.")
    if ends_at - starts_at > LONGEST:
        raise Wrong("The event lasts more than 24 hours. A shift is shorter.")
    return RotaRow(number, short_name(plain(str(event.get("SUMMARY", "")))), starts_at.astimezone(zone).date(), starts_at, ends_at, _people(event))


def _people(event: Any) -> tuple[str, ...]:
    """E-mail addresses of those who attend, but for who declined."""
    attendees = event.get("ATTENDEE", [])
    found = []
    for one in attendees if isinstance(attendees, list) else [attendees]:
        if str(one.params.get("PARTSTAT", "")).upper() != "DECLINED":
            found.append(plain(str(one).removeprefix("mailto:").removeprefix("MAILTO:")))
    return tuple(dict.fromkeys(who for who in found if who))
