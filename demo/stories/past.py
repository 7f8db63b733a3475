"""What the last fortnight was made of: plain work that was handed over at the end of a shift, and how it went.

Minutes are counted from the end of the giver's shift.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from demo.story import (
    SHIFT,
    Brief,
    Step,
    Story,
    accept,
    answer,
    complete,
    contact,
    decide,
    decline,
    log,
    not_quite,
    not_so,
    note,
    offer,
    query,
    reply,
    right,
    seen,
)
from demo.teams import CENTRE, HOTEL, SHOP
from handover.checks.states import Outcome
from handover.followups.models import Decision

OFFERED = -25
"""All that one colleague passes on to another goes in one press."""
NEXT_SHIFT = 970
"""When the giver is back, whatever the team."""


@dataclass(frozen=True)
class Work:
    """One kind of work: ``{name}`` and ``{place}`` change from day to day."""

    title: str
    service: str
    promise: str
    done: str
    next_step: str
    if_then: str
    answers: tuple[str, ...]


WORK: dict[str, tuple[Work, ...]] = {
    HOTEL: (
        Work(
            "Extra bed for {name} in {place}",
            "Housekeeping requests",
            "Made up tonight",
            "Bed is in store A.",
            "Make it up in {place}.",
            "Sofa bed.",
            ("{place}", "Yes"),
        ),
        Work(
            "{name}’s taxi to the airport",
            "Transport",
            "At the front door",
            "Booked with Whitby Cabs.",
            "Ring to confirm.",
            "Duty driver.",
            ("Whitby Cabs", "Front door", "Desk"),
        ),
        Work(
            "Radiator in {place} stays cold",
            "Room faults",
            "Warm tonight",
            "Bled once.",
            "Bleed it again.",
            "Heater.",
            ("{place}", "Room phone", "Hull Heating, 4410"),
        ),
        Work(
            "Breakfast tray for {name}, {place}",
            "Room service",
            "At the door",
            "Card is written.",
            "Make it up, take it up.",
            "Packed tray.",
            ("Nuts", "Night folder", "Marek"),
        ),
        Work(
            "{name} left a scarf in {place}",
            "Lost property",
            "An answer by phone",
            "Room searched.",
            "Ask housekeeping.",
            "Post a voucher.",
            ("Red wool", "{place}", "By post"),
        ),
        Work(
            "Move {name} to a quiet room",
            "Room moves",
            "Before bedtime",
            "{place} is ready.",
            "Walk them over.",
            "Ear plugs and a free night.",
            ("{place}, key cut", "Nothing", "Zofia"),
        ),
    ),
    CENTRE: (
        Work("Ring {name} when water is back", "Supply", "A call", "Crew is on site.", "Ring when the crew rings.", "Text.", ("Since noon", "Mobile")),
        Work(
            "Leak at {name}’s stop tap",
            "Bursts and leaks",
            "A visit",
            "Visit is booked.",
            "Check that the crew went.",
            "Bottled water.",
            ("{place}, one", "Crew 2", "Mobile"),
        ),
        Work("{name}: water tastes of chlorine", "Water quality", "A sample", "Tap run.", "Book a sample.", "Bottled water.", ("Chlorine", "Landline")),
        Work("Bottled water for {name}", "Priority services", "At the door", "Van has it.", "Ring when it is there.", "Depot 2.", ("On the register", "Carer")),
        Work(
            "{name} asks for the bill in large print", "Another channel", "By post", "Address checked.", "Print and post.", "Read it by phone.", ("Landline",)
        ),
    ),
    SHOP: (
        Work(
            "Repair for {name}: ring when it is back",
            "Repairs under guarantee",
            "A call",
            "Sent to the maker.",
            "Ring the maker.",
            "Loan one.",
            ("33{place}", "Much"),
        ),
        Work(
            "Order for {name}: find the second parcel", "Returns and refunds", "Found or refunded", "Shelf searched.", "Search the cage.", "Refund.", ("Card",)
        ),
        Work(
            "Wardrobe for {name}: confirm the slot",
            "Large item delivery",
            "A slot",
            "Van is full on Monday.",
            "Ring with Tuesday.",
            "Free delivery.",
            ("Tuesday", "Mobile"),
        ),
    ),
}
NAMES = ("Mrs Alder", "Mr Boyd", "Ms Cho", "Mr Dunn", "Mrs Eze", "Ms Finn", "Mr Gale", "Mrs Holt", "Mr Iqbal", "Ms Jansen", "Mr Keane", "Mrs Lowe", "Ms Moran")
PLACES = {
    HOTEL: ("104", "117", "202", "219", "303", "316", "405"),
    CENTRE: ("Ash Row", "Bank Top", "Cross Lane", "Dale End", "East Mount"),
    SHOP: ("10", "21", "32", "43"),
}


def past_story(team: str, number: int, giver: str, receiver: str) -> Story:
    """The ``number``-th piece of past work of a team, and one of the ways in which such work goes."""
    work = WORK[team][number % len(WORK[team])]
    name, place = NAMES[number % len(NAMES)], PLACES[team][number % len(PLACES[team])]
    filled = {"name": name, "place": place}
    brief = Brief(
        f"{name}, {place}. {work.title.format(**filled)}.",
        work.done.format(**filled),
        work.next_step.format(**filled),
        work.if_then,
        tuple(text.format(**filled) for text in work.answers),
    )
    soon = number % 3 == 0 or number in SLOW.get(team, ())
    steps = tuple(way_of(team, number)(giver, receiver, brief.next_step))
    return Story(work.title.format(**filled), work.service, (name, place, "As on the booking"), work.promise, 300, brief, steps, "soon" if soon else "routine")


def plainly(giver: str, receiver: str, will: str, *, late: float = 0) -> Iterator[Step]:
    yield from (log(-95, giver), offer(OFFERED, giver, receiver), accept(-9 + late, receiver, f"I take it: {will}"))
    yield from (complete(150, receiver, "Done."), seen(NEXT_SHIFT, giver))


def late(giver: str, receiver: str, will: str) -> Iterator[Step]:
    yield from plainly(giver, receiver, will, late=52)


def anyone(giver: str, receiver: str, will: str) -> Iterator[Step]:
    yield from (log(-60, giver), offer(-14, giver, SHIFT), accept(4, receiver, f"I do it: {will}"), complete(220, receiver, "Done."), seen(NEXT_SHIFT, giver))


def asked(giver: str, receiver: str, will: str) -> Iterator[Step]:
    yield from (
        log(-120, giver),
        offer(OFFERED, giver, receiver),
        query(-12, receiver, "Until when does the customer wait?"),
        reply(-10, giver, "Until the promise, no longer."),
    )
    yield from (accept(-4, receiver, will), right(-2, giver), complete(190, receiver, "Done, and told the customer."), seen(NEXT_SHIFT, giver))


def in_parts(giver: str, receiver: str, will: str) -> Iterator[Step]:
    yield from (log(-80, giver), offer(OFFERED, giver, receiver), accept(-9, receiver, will), not_quite(-6, giver, "Tell the customer first, please."))
    yield answer(180, receiver, Outcome.PARTLY, "Half of it is done.", again=330)
    yield from (answer(320, receiver, Outcome.COMPLETED, "Now all of it."), seen(NEXT_SHIFT, giver))


def unable(giver: str, receiver: str, will: str) -> Iterator[Step]:
    yield from (log(-70, giver), offer(OFFERED, giver, receiver), accept(-7, receiver, will), note(30, receiver, "Tried, no answer."))
    yield answer(240, receiver, Outcome.UNABLE, "Nobody could be reached, and it needs their word.")
    yield decide(NEXT_SHIFT, giver, Decision.TAKE_BACK, "I ring them myself.")
    yield complete(NEXT_SHIFT + 60, giver, "Reached them, done.")


def declined(giver: str, receiver: str, will: str) -> Iterator[Step]:
    yield from (log(-70, giver), offer(OFFERED, giver, receiver), decline(-12, receiver, "Three arrivals at once, I cannot promise it."))
    yield complete(-3, giver, "Done before I went.")


def new_time(giver: str, receiver: str, will: str) -> Iterator[Step]:
    yield from (log(-70, giver), offer(OFFERED, giver, receiver), accept(-5, receiver, will), answer(200, receiver, Outcome.UNABLE, "It takes until tomorrow."))
    yield decide(260, giver, Decision.NEW_TIME, "They agreed to tomorrow.", new=NEXT_SHIFT + 40)
    yield from (complete(400, receiver, "Done after all."), seen(NEXT_SHIFT, giver))


def chased(giver: str, receiver: str, will: str) -> Iterator[Step]:
    yield from (log(-50, giver), offer(OFFERED, giver, receiver), accept(12, receiver, will), contact(130, receiver, "Asked where we are.", chased=True))
    yield from (complete(160, receiver, "Done, with apologies."), seen(NEXT_SHIFT, giver))


def too_early(giver: str, receiver: str, will: str) -> Iterator[Step]:
    yield from (log(-85, giver), offer(OFFERED, giver, receiver), accept(-9, receiver, will), complete(120, receiver, "Done."))
    yield from (not_so(130, giver, "The customer rang me: it is not."), complete(210, receiver, "Now it is."), seen(NEXT_SHIFT, giver))


WAYS = (plainly, anyone, plainly, asked, late, plainly, in_parts, plainly, unable, chased, declined, plainly, new_time, plainly, too_early, asked, late)
SLOW = {HOTEL: {0, 1, 2, 4, 5}, CENTRE: {0, 1, 2, 4, 5}}
"""By team, what was accepted late, the oldest first: until they agreed to change that (``demo.improving``)."""


def way_of(team: str, number: int) -> Callable[[str, str, str], Iterator[Step]]:
    return late if number in SLOW.get(team, ()) else WAYS[number % len(WAYS)]
