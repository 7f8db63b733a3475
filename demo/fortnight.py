"""Everything that the demo tells: today's stories, and those of the fortnight before on the shifts of their days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from demo.stories.centre import CENTRE_CHANGE
from demo.stories.centre_turns import CENTRE_TURNS
from demo.stories.hotel import HOTEL_TODAY
from demo.stories.hotel_team import HOTEL_TEAM_TODAY
from demo.stories.past import past_story
from demo.stories.shop import SHOP_TODAY
from demo.stories.window import CENTRE_WINDOW, HOTEL_WINDOW
from demo.story import Act
from demo.teams import CENTRE, HOTEL, SHOP, Cast
from handover.shifts.models import Shift

TODAY = {HOTEL: (*HOTEL_TODAY, *HOTEL_TEAM_TODAY, *HOTEL_WINDOW), CENTRE: (*CENTRE_CHANGE, *CENTRE_TURNS, *CENTRE_WINDOW), SHOP: SHOP_TODAY}
CHANGES: dict[str, tuple[tuple[str, str, str], ...]] = {
    HOTEL: (
        ("Late shift", "amara", "tom"),
        ("Early shift", "callum", "zofia"),
        ("Late shift", "zofia", "grace"),
        ("Night shift", "tom", "callum"),
        ("Late shift", "dev", "priya"),
        ("Early shift", "ines", "amara"),
        ("Night shift", "grace", "ines"),
    ),
    CENTRE: (
        ("Day shift", "sana", "kofi"),
        ("Late shift", "rhys", "mina"),
        ("Day shift", "leila", "rhys"),
        ("Day shift", "jamie", "kofi"),
        ("Night shift", "graham", "jamie"),
        ("Late shift", "kofi", "graham"),
    ),
    SHOP: (("Morning shift", "bea", "hollie"), ("Afternoon shift", "pete", "bea"), ("Morning shift", "sam", "yusuf")),
}
"""Who hands over to whom at the end of which shift, in turn."""
FIRST_DAY, LAST_DAY = 15, 2
"""Days before today."""
TOGETHER = 2
"""How many actions one colleague passes on at the end of a shift."""


def today(cast: Cast, *, now: datetime) -> Iterator[Act]:
    for name, stories in TODAY.items():
        yield from (Act(story, cast, cast.teams[name], now) for story in stories)


def before(cast: Cast, *, now: datetime) -> Iterator[Act]:
    """What is over: each day one change of shifts in one of the teams, seen through by now."""
    for place, (name, changes) in enumerate(CHANGES.items()):
        team = cast.teams[name]
        ends = ends_of_shifts(team.pk, now)
        for turn, day in enumerate(range(FIRST_DAY - place, LAST_DAY - 1, -len(CHANGES))):
            shift, giver, receiver = changes[turn % len(changes)]
            begins = ends.get((shift, (team.local(now) - timedelta(days=day)).date()))
            if begins is not None:
                for number in range(TOGETHER * turn, TOGETHER * (turn + 1)):
                    yield Act(past_story(name, number, giver, receiver), cast, team, begins)


def ends_of_shifts(team_id: int, now: datetime) -> dict[tuple[str, object], datetime]:
    """By name and the day on which the shift starts."""
    shifts = Shift.objects.filter(team=team_id, ends_at__lt=now - timedelta(hours=20))
    return {(name, day): ends for name, day, ends in shifts.values_list("name", "local_date", "ends_at")}
