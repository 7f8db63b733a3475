"""What the demo's teams deliver, and what they agreed for the points at which one colleague hands over to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from demo.teams import CENTRE, HOTEL, SHOP
from handover.agreements.models import Applies, CheckRule, Need
from handover.due.limits import Urgency

MUST, SHOULD = Need.MUST, Need.SHOULD
AGREED = timedelta(days=47)
ALL = tuple(Urgency.values)


@dataclass(frozen=True)
class Agreed:
    """An agreement in force. ``asks``: question, need, example. ``within``: minutes to accept, where they differ from the usual."""

    trigger: str
    asks: tuple[tuple[str, Need, str], ...]
    applies: Applies = Applies.BOTH
    within: tuple[tuple[str, int], ...] = ()
    read_back: tuple[str, ...] = (Urgency.URGENT,)
    roles: tuple[str, ...] = ()
    check: CheckRule = CheckRule.PROMISE
    minutes: int | None = None
    channel: str = "On screen, then face to face at the desk"
    go_past: bool = False


@dataclass(frozen=True)
class Delivered:
    """A service: its steps (what, by whom), and its handover points (after which step, name, what is agreed there)."""

    name: str
    about: str
    steps: tuple[tuple[str, str], ...]
    points: tuple[tuple[int, str, tuple[Agreed, ...]], ...] = ()


KNOWS = ("Who else knows?", SHOULD, "For example: Marek in the kitchen, told at the start of the shift")
TEAMWORK = (("Take the request", "Front desk"), ("Do it, or find who can", "Whoever is responsible"), ("Tell the guest", "Front desk"))


def one(name: str, about: str, agreed: Agreed, *, steps: tuple[tuple[str, str], ...] = TEAMWORK, point: str = "request to whoever does it") -> Delivered:
    """A service with one handover point, after its first step."""
    return Delivered(name, about, steps, ((1, point, (agreed,)),))


HOTEL_SERVICES = (
    one(
        "Room moves",
        "A guest changes rooms because theirs is not as it should be.",
        Agreed(
            "The guest is not in the new room yet when the shift ends",
            (("Which room is ready, and is the key cut?", MUST, "308, key in the desk drawer"), ("What was agreed about the bill?", SHOULD, ""), KNOWS),
            read_back=ALL,
        ),
    ),
    one(
        "Transport",
        "Taxis, early trains, parking for coaches.",
        Agreed(
            "The pick-up is after the end of the shift",
            (("Which company, and the booking number?", MUST, ""), ("Where is the pick-up?", SHOULD, "Front door"), KNOWS),
        ),
    ),
    one(
        "Room service",
        "Meals and trays to rooms, with what guests cannot eat.",
        Agreed(
            "The tray goes up after the end of the shift",
            (("What must not be on it?", MUST, "Gluten: the guest is coeliac"), ("Where is everything?", SHOULD, "Pantry fridge, labelled tub"), KNOWS),
        ),
    ),
    one(
        "Lost property",
        "Found, looked for, and sent back.",
        Agreed(
            "Nobody has found it, or it is not collected yet",
            (("What does it look like?", MUST, ""), ("Where have we looked?", SHOULD, ""), ("How do we return it?", SHOULD, "")),
            check=CheckRule.NEXT_SHIFT,
        ),
    ),
    one(
        "Payments",
        "Deposits, refunds, bills that are not right.",
        Agreed(
            "Money goes back to a guest",
            (("Which booking, which amount?", MUST, ""), ("Which card, last four digits?", SHOULD, ""), ("Who approves it?", SHOULD, "")),
            roles=("finance officer",),
        ),
    ),
    one(
        "Room faults",
        "Heating, water, light, doors.",
        Agreed(
            "Maintenance is needed",
            (("Where exactly?", MUST, "Rooms 210 to 220"), ("How do we reach the guests?", SHOULD, ""), ("Which contractor, which number?", SHOULD, "")),
            read_back=("soon", "urgent"),
            channel="On screen, with a phone call",
        ),
    ),
    one(
        "Weddings and events",
        "What the kitchen and the desk have to know of each other.",
        Agreed("Anything that a guest of an event may ask", (("Which event, who asks?", MUST, ""), KNOWS), within=(("soon", 60),)),
    ),
    one(
        "Housekeeping requests",
        "Cots, pillows, irons, towels.",
        Agreed("A guest asks at the desk", (("Which room?", MUST, ""), ("Is the guest in?", SHOULD, "")), within=(("soon", 15),), read_back=("soon",)),
    ),
    one(
        "Group arrivals",
        "Coaches and groups, checked in together.",
        Agreed("The group comes in the next shift", (("How many rooms, which?", MUST, ""), ("Who leads the group?", SHOULD, "")), within=(("routine", 420),)),
    ),
    one(
        "Invoices",
        "Invoices to companies, sent by the desk.",
        Agreed("Whoever wrote the booking is not on", (("Which company, which address?", MUST, ""),), go_past=True),
    ),
    Delivered("Gift cards", "Sold and loaded at the desk by one person, without a handover.", (("Sell and load the card", "Front desk"),)),
)

CALLS = (("Take the call", "Customer adviser"), ("Send somebody, or look into it", "Adviser or specialist"), ("Tell the customer", "Whoever is responsible"))
REACH = ("How do we reach the customer?", SHOULD, "Mobile, not before nine")

CENTRE_SERVICES = (
    one(
        "Bursts and leaks",
        "Water where it should not be.",
        Agreed(
            "Customers are still without water when the shift ends",
            (("Which streets, how many homes?", MUST, ""), ("Which crew is on it?", SHOULD, ""), REACH),
            read_back=("soon", "urgent"),
            channel="On screen and phone",
        ),
        steps=CALLS,
    ),
    one(
        "Supply", "No water, low pressure.", Agreed("A promise reaches past the shift", (("Since when?", MUST, ""), REACH), within=(("soon", 15),)), steps=CALLS
    ),
    one("Water quality", "Colour, taste, smell.", Agreed("A sample or a visit is open", (("What did the customer notice?", MUST, ""), REACH)), steps=CALLS),
    one(
        "Billing",
        "Bills, meter readings, refunds.",
        Agreed(
            "It needs somebody from billing",
            (("Which account, which amount?", MUST, ""), ("What did we tell the customer?", SHOULD, "")),
            within=(("soon", 20),),
            roles=("billing specialist",),
        ),
        steps=CALLS,
    ),
    one(
        "Priority services",
        "Customers who must not be without water.",
        Agreed(
            "Anything promised to somebody on the register",
            (("Why are they on the register?", MUST, "Never the diagnosis, only what they need"), ("Who is with them?", SHOULD, "")),
            within=(("soon", 10), ("urgent", 5)),
            read_back=ALL,
        ),
        steps=CALLS,
    ),
    one("Another channel", "Chat to phone, letter to e-mail.", Agreed("The customer cannot go on here", (REACH,), within=(("soon", 60),)), steps=CALLS),
)

SHOP_STEPS = (
    ("Customer says the order is not here", "Service desk"),
    ("Check the order and promise a time", "Service desk"),
    ("Search the stockroom and van cage", "Stockroom"),
    ("Ring the customer with the answer", "Service desk or customer care"),
    ("Refund or replace", "Finance"),
)
ORDER = (
    ("Order number, item and size?", MUST, ""),
    ("Where have we looked?", MUST, ""),
    ("Best phone number?", SHOULD, ""),
)
SHOP_SERVICES = (
    Delivered(
        "Click and collect problems",
        "The order says ready, the shelf says no.",
        SHOP_STEPS,
        (
            (
                2,
                "service desk to stockroom",
                (
                    Agreed(
                        "Not on the shelf after two checks, or the customer is still waiting at five minutes",
                        ORDER,
                        Applies.DURING,
                        tuple((urgency, 5) for urgency in ALL),
                        channel="On screen, and say it on radio channel 2",
                        check=CheckRule.AFTER,
                        minutes=30,
                    ),
                    Agreed(
                        "Any search still open a quarter of an hour before the end of the shift",
                        ORDER,
                        Applies.BETWEEN,
                        read_back=ALL,
                        roles=("stockroom lead",),
                        check=CheckRule.NEXT_SHIFT,
                    ),
                ),
            ),
            (3, "stockroom to service desk", (Agreed("Found, or surely not here", (("Where is it now?", MUST, ""),)),)),
            (4, "service desk to finance", ()),
        ),
    ),
    one("Returns and refunds", "Goods that come back.", Agreed("It is not settled at the desk", (("Which receipt or card?", MUST, ""),))),
    one("Large item delivery", "Sofas, tables, two people to carry.", Agreed("A slot is promised", (("Which slot, which address?", MUST, ""), REACH))),
    one(
        "Repairs under guarantee",
        "Sent away and come back.",
        Agreed("The customer hears from the next shift", (("Which repair number?", MUST, ""), ("What is it worth to them?", SHOULD, ""))),
    ),
)
SERVICES: dict[str, tuple[Delivered, ...]] = {HOTEL: HOTEL_SERVICES, CENTRE: CENTRE_SERVICES, SHOP: SHOP_SERVICES}
