"""Times as other systems write them, turned into instants. No database, no guessing: one form per file."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Flag, auto
from functools import lru_cache

DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?", re.ASCII)
KEPT = 8192  # times of a log repeat; the cache is bounded, so that memory stays flat


class Odd(Flag):
    """What is odd about one time as it was written."""

    NOTHING = 0
    NO_ZONE = auto()
    ORDER_UNCLEAR = auto()
    FRACTION = auto()
    REPEATED_HOUR = auto()
    SKIPPED_HOUR = auto()


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in UTC, and the minutes east of UTC of the clock that showed it."""

    at: datetime
    offset: int
    odd: Odd = Odd.NOTHING


@lru_cache(maxsize=KEPT)
def day_first(text: str, zone: tzinfo) -> Moment:
    """``d/m/yyyy HH:MM``, seconds allowed, on the clock of ``zone``. Raises ``ValueError`` with a sentence."""
    match = DAY_FIRST.fullmatch(text)
    if not match:
        raise ValueError(f"“{text[:40]}” is not a time written as day/month/year hours:minutes")
    day, month, year, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        local = datetime(year, month, day, hour, minute, second, int((match[7] or "0").ljust(6, "0")))  # noqa: DTZ001 - the zone comes next
    except ValueError:
        raise ValueError(f"there is no day or time “{text[:40]}” when it is read as day/month/year") from None
    odd = Odd.NO_ZONE
    if month <= 12 and day <= 12 and day != month:
        odd |= Odd.ORDER_UNCLEAR
    if match[7]:
        odd |= Odd.FRACTION
    return on_clock(local, zone, odd)


@lru_cache(maxsize=KEPT)
def iso(text: str, zone: tzinfo) -> Moment:
    """ISO 8601; without an offset it is on the clock of ``zone``. Raises ``ValueError`` with a sentence."""
    try:
        written = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text[:40]}” is not a time written as 2016-05-16T00:16:00+00:00") from None
    if len(text) <= 10 or "-W" in text[:8]:
        raise ValueError(f"“{text[:40]}” is a day without a time")
    odd = Odd.FRACTION if "." in text or "," in text else Odd.NOTHING
    offset = written.utcoffset()
    if offset is None:
        return on_clock(written, zone, odd | Odd.NO_ZONE)
    return Moment(_utc(written, text), int(offset.total_seconds() // 60), odd)


def on_clock(local: datetime, zone: tzinfo, odd: Odd = Odd.NOTHING) -> Moment:
    """The instant at which a clock in ``zone`` showed ``local``.

    In the hour that the clocks repeat it is the first time round; a time in the hour that they skip is moved
    forward by the length of the gap. Both are told.
    """
    first, second = local.replace(tzinfo=zone), local.replace(tzinfo=zone, fold=1)
    before, after = first.utcoffset() or timedelta(), second.utcoffset() or timedelta()
    offset = before
    if before > after:
        odd |= Odd.REPEATED_HOUR
    elif before < after:
        odd |= Odd.SKIPPED_HOUR
        offset = after
    return Moment(_utc(first, str(local)), int(offset.total_seconds() // 60), odd)


def _utc(written: datetime, text: str) -> datetime:
    try:
        return written.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"“{text[:40]}” is outside the years that a calendar has") from None
