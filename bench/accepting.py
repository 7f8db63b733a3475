"""P8: accepting what was offered to a shift, as a move: beside plain Django, and eight colleagues at once."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Membership, Team, User
from audit import operations as audit
from bench import content
from bench.floor import accept as plain
from bench.place import NOT_COUNTED, Place
from bench.table import heading, verdict
from common.errors import Refusal
from handover import moves
from handover.handovers.models import Item, When
from handover.shifts.models import Rostering, Shift

EACH = 40  # accepted in a round
RACES = 20
COLLEAGUES = 8
WORDS = "I will bring the cot to 220 by ten, else I call the lead."


@dataclass
class Desk:
    """A team with a shift that runs now: a giver, and eight who may accept."""

    giver: User
    colleagues: list[User]
    shift: Shift


def make_desk(at: datetime) -> Desk:
    team = Team.objects.create(name="Benchmark desk", zone="Europe/London")
    people = [User.objects.create_user(f"bench{number}@example.org", f"Colleague {number}") for number in range(COLLEAGUES + 1)]
    Membership.objects.bulk_create(Membership(team=team, user=user, level="member") for user in people)
    hours = {"starts_at": at - timedelta(hours=2), "ends_at": at + timedelta(hours=6)}
    shift = Shift.objects.create(team=team, name="Late", local_date=at.date(), **hours)
    Rostering.objects.bulk_create(Rostering(shift=shift, colleague=user) for user in people)
    return Desk(people[0], people[1:], shift)


def offer(desk: Desk, at: datetime) -> Item:
    action = content.log(desk.shift.team, desk.giver, at, "Bring a cot to room 220")
    entry = moves.Entry(action_id=action.pk, situation="The guest asked twice.", done_so_far="Nothing.", next_step="Do it.", if_then="Else call the lead.")
    return moves.offer(entries=[entry], by=desk.giver, to_shift_id=desk.shift.pk, at=at, when=When.IN_SHIFT).items.get()


def accept(item: Item, by: User) -> None:
    moves.accept(item_id=item.pk, by=User.objects.get(pk=by.pk), at=timezone.now(), read_back=WORDS)


def accept_plainly(item: Item, by: User) -> None:
    plain.accept(item_id=item.pk, by=User.objects.get(pk=by.pk), at=timezone.now())


def accepting(place: Place) -> bool:
    """The move itself, without HTTP; each colleague is read anew, as a request does."""
    heading("P8", "accept what was offered to a shift")
    desk = make_desk(timezone.now())
    ways: dict[str, Callable[[Item, User], None]] = {"Baton": accept, "plain Django": accept_plainly}
    costs: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    counted = {name: statements(way, desk) for name, way in ways.items()}
    for _ in range(place.rounds):
        for name, way in ways.items():
            costs[name].append(cost_of(place, way, desk))
    for name, rounds in costs.items():
        app, data = (median(part) for part in zip(*rounds, strict=True))
        place.say(f"    {name:<22}{app:6.2f} + {data:.2f} = {app + data:6.2f} ms   {counted[name]:2d} statements")
    whole = {name: median(sum(parts) for parts in rounds) for name, rounds in costs.items()}
    waits = [wait for _ in range(RACES) for wait in race(desk)]
    place.say(f"    {COLLEAGUES} at once on one item, {RACES} times: one winner each time; median {median(waits) * 1000:.0f} ms")
    return all(
        [
            verdict("statements inside the move", counted["Baton"], 16, digits=0),
            verdict("CPU", whole["Baton"], 12, " ms"),
            verdict("longest wait of any of them", max(waits) * 1000, 250, " ms", digits=0),
        ]
    )


def statements(way: Callable[[Item, User], None], desk: Desk) -> int:
    way(offer(desk, timezone.now()), desk.colleagues[0])
    item = offer(desk, timezone.now())
    with CaptureQueriesContext(connection) as caught:
        way(item, desk.colleagues[0])
    return sum(not query["sql"].startswith(NOT_COUNTED) for query in caught.captured_queries) - 1  # the colleague is read by the request


def cost_of(place: Place, way: Callable[[Item, User], None], desk: Desk) -> tuple[float, float]:
    """Milliseconds of CPU of one: ours, and of PostgreSQL and Valkey."""
    items = [offer(desk, timezone.now()) for _ in range(EACH)]
    audit.seal()
    app, data = time.process_time(), place.data_seconds()
    for number, item in enumerate(items):
        way(item, desk.colleagues[number % COLLEAGUES])
    return (time.process_time() - app) / EACH * 1000, (place.data_seconds() - data) / EACH * 1000


def race(desk: Desk) -> Sequence[float]:
    """Seconds that each colleague waited for an answer, one of them *yes*."""
    item, start = offer(desk, timezone.now()), threading.Barrier(COLLEAGUES)
    waited: list[float] = []
    winners: list[Any] = []

    def try_it(by: User) -> None:
        connection.ensure_connection()
        start.wait()
        began = time.perf_counter()
        try:
            accept(item, by)
            winners.append(by)
        except Refusal:
            pass
        waited.append(time.perf_counter() - began)
        connection.close()

    threads = [threading.Thread(target=try_it, args=[colleague]) for colleague in desk.colleagues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(winners) == 1 and len(waited) == COLLEAGUES, winners  # noqa: S101 - a benchmark of something wrong is worth nothing
    return waited
