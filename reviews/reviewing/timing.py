"""When a review opens, reminds and closes, on the team's wall clock. No database."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from handover.shifts.calendar import instant
from reviews.reviewing.cycle_models import WEEKS
from reviews.reviewing.models import Step

OPENS, CLOSES = time(8), time(17)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def opening(day: date, zone: tzinfo) -> datetime:
    return instant(day, OPENS, zone)


def closing(opened: date, days_open: int, zone: tzinfo) -> datetime:
    return instant(opened + timedelta(days=days_open), CLOSES, zone)


def next_opening(opens_at: datetime, weeks: int, *, at: datetime, zone: tzinfo) -> datetime:
    """The next opening after ``at``, a whole number of cycles from ``opens_at``: after a long outage the missed ones are left out."""
    day, today = opens_at.astimezone(zone).date(), at.astimezone(zone).date()
    cycle = weeks * 7
    steps = max(1, -(-(today - day).days // cycle))
    following = opening(day + timedelta(days=steps * cycle), zone)
    return following if following > at else opening(day + timedelta(days=(steps + 1) * cycle), zone)


def first_day(today: date) -> date:
    """Where nobody chose one: the first Monday that lies a whole cycle ahead."""
    day = today + WEEKS * WEEK
    return day + timedelta(days=-day.weekday() % 7)


def steps(opened_at: datetime, closes_at: datetime) -> list[tuple[Step, datetime]]:
    """What falls due for a review, in its order. One that is open for a day or two is reminded of once."""
    halfway, last_day = opened_at + (closes_at - opened_at) / 2, closes_at - DAY
    reminders = [(Step.HALFWAY, halfway)] + ([(Step.LAST_DAY, last_day)] if last_day > halfway else [])
    return [*reminders, (Step.OVER, closes_at), (Step.STILL, closes_at + WEEK)]


def following(opened_at: datetime, closes_at: datetime, *, at: datetime) -> tuple[str, datetime | None]:
    """The step that falls due next after ``at``, with its instant; nothing after the last."""
    return next(((str(step), when) for step, when in steps(opened_at, closes_at) if when > at), ("", None))
