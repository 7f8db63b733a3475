"""The contact centre's rota beyond its daily shifts: a rotation, an exception, bank holidays, a shift planned by hand, and a gap.

All of it lies some days ahead, so that who is on now stays as the stories need it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from demo.rota import EVERY_DAY, anchor
from demo.teams import CENTRE, Cast
from handover.shifts import exception_operations, operations, week_operations

PLANNED, BY_HAND = timedelta(hours=3), timedelta(minutes=50)
"""How long ago it was planned."""


def make(cast: Cast, *, now: datetime) -> None:
    team, lead, at = cast.teams[CENTRE], cast.lead_of(CENTRE), now - PLANNED
    end = anchor(CENTRE, now)
    today = team.local(now).date()
    exception_operations.set_holiday_place(team=team, by=lead, at=at, country="GB", region="ENG")
    kofi, ellie, sana = (cast.people[name] for name in ("kofi", "ellie", "sana"))
    complaints = operations.add_pattern(
        team=team,
        by=lead,
        at=at,
        name="Complaints desk",
        starts=team.local(end - timedelta(minutes=420)).time(),
        ends=team.local(end - timedelta(minutes=180)).time(),
        weeks=[(EVERY_DAY, [kofi]), (EVERY_DAY, [ellie])],
        first_day=today + timedelta(days=2),
        cycle_from=today,
        on_holidays="off",
    )
    away = today + timedelta(days=6)
    exception_operations.add_exception(pattern=complaints, by=lead, at=at, first_day=away, last_day=away + timedelta(days=1), why="Training")
    by_hand = {"starts": team.local(end - timedelta(minutes=360)).time(), "ends": team.local(end - timedelta(minutes=120)).time()}
    week_operations.add_shift(team=team, by=lead, at=now - BY_HAND, name="Trade fair line", day=today + timedelta(days=3), crew=[sana], **by_hand)
    week_operations.add_shift(team=team, by=lead, at=now - BY_HAND, name="Burst main line", day=today + timedelta(days=4), **by_hand)
    operations.generate(complaints, at=now)
