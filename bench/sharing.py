"""P5: the dashboard of a team among few handovers and among many, each in a database of its own."""

import os
import time
from dataclasses import dataclass
from statistics import median

import psycopg2
from django.db import connection
from django.utils import timezone

from accounts.models import Team, User
from bench.content import cookie_of
from bench.history import make_history
from bench.place import Ask, Cost, Place
from bench.table import PEERS, heading, say, verdict
from reviews.sharing import rollups

PARTS = {"page": "/sharing/", "charts": "/sharing/charts/", "page of a year": "/sharing/?weeks=52"}


@dataclass(frozen=True)
class Size:
    """A database of so many handovers, of so many teams."""

    name: str
    handovers: int
    teams: int


QUIET = PEERS["P3"]["plain Django"][0]
SIZES = (Size("small", 10_000, 1), Size("middle", 100_000, 10), Size("large", 1_000_000, 50))


def sharing(place: Place) -> bool:
    """The page with its figures and what stands out, and its charts, which it fetches by itself; every team gives 27 a day."""
    heading("P5", "dashboard of one team, among 10 thousand, 100 thousand and 1 million handovers")
    leila = User.objects.get(email="leila@example.org")
    send = {"Cookie": cookie_of(leila), "X-Baton-Poll": "1"}
    for size in SIZES:
        copy_of_the_database(size.name)
    for size in SIZES:
        fill(place, size, leila)
    asks = [Ask(f"{name}, {size.handovers:,}", address, headers=send, database=size.name) for name, address in PARTS.items() for size in SIZES]
    asks.append(Ask("plain Django, 50 rows", f"/teams/{team_of(leila).pk}/actions/", headers=send, floor=True))
    costs = place.compare(asks, count=40)
    for name, cost in costs.items():
        place.say(f"    {name:<26}{cost}")
    met = [judge(part, costs, costs["plain Django, 50 rows"]) for part in ("page", "charts")]
    return all(met)


def judge(part: str, costs: dict[str, Cost], floor: Cost) -> bool:
    """Said as well: what it would be on a quiet machine, by how often the plain page's cost this is."""
    small, large = costs[f"{part}, {SIZES[0].handovers:,}"], costs[f"{part}, {SIZES[-1].handovers:,}"]
    grown = verdict(f"{part}: CPU at 1 million against 10 thousand", large.over(small), 1.5, " ×")
    met = verdict(f"{part}: CPU at 1 million", median(large.whole), 30, " ms")
    say(f"            {large.over(floor) * QUIET:.1f} ms where the plain page costs {QUIET:g} ms")
    return met and grown


def team_of(user: User) -> Team:
    return user.memberships.get().team


def copy_of_the_database(name: str) -> None:
    """As it stands now: the demo, and who is signed in."""
    connection.close()  # a template is copied while nobody looks
    began = psycopg2.connect(f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/template1")
    began.autocommit = True
    with began.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {connection.settings_dict['NAME']}")
    began.close()


def fill(place: Place, size: Size, leila: User) -> None:
    ours, at = connection.settings_dict["NAME"], timezone.now()
    connection.close()
    connection.settings_dict["NAME"] = size.name
    try:
        began = time.monotonic()
        make_history(team_of(leila), count=size.handovers, teams=size.teams, at=at)
        made = time.monotonic()
        facts = rollups.rebuild(at=at)
        made_in, counted_in = made - began, time.monotonic() - made
        place.say(f"    {facts:>9,} handovers of {size.teams:>2} teams made in {made_in:.0f} s; rebuild_sharing: {counted_in:.0f} s")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = ours
