"""A shop with a service desk: orders, returns, repairs and deliveries that several colleagues see through together."""

from handover.agreements.models import Applies, CheckRule
from handover.catalog.words import SystemWords
from handover.due.limits import Urgency
from handover.starters.words import ALL, Deal, Part, StarterService, StarterSet, must, should

DESK, STOCK, LEAD, CARE = "service desk colleague", "stockroom colleague", "service desk lead", "customer care colleague"
REACH = should("How do we reach the customer?", "Mobile, not before nine")
ORDERS = SystemWords("Order system")
ORDER = (must("Order number, item and size?"), must("Where have we looked?"), REACH)

COLLECT = StarterService(
    "click-and-collect",
    "Click and collect problems",
    "The order says ready, the shelf says no.",
    "Check the order before the shelf. Promise a time: fifteen minutes at the desk, one hour by phone.\nNothing is refunded while somebody is still looking.",
    (
        Part("Customer says the order is not here", (DESK,)),
        Part(
            "Check the order and promise a time",
            (DESK,),
            point="service desk to stockroom",
            information="Order number, item and size, where we looked, what was promised",
            deals=(
                Deal(
                    "Not on the shelf after two checks, or the customer has waited five minutes",
                    ORDER,
                    Applies.DURING,
                    "On screen, and say it on the radio",
                    warm=True,
                    within=((Urgency.ROUTINE, 15), (Urgency.SOON, 5), (Urgency.URGENT, 5)),
                    check=CheckRule.AFTER,
                    minutes=30,
                ),
                Deal("Any search still open fifteen minutes before the end of the shift", ORDER, Applies.BETWEEN, read_back=ALL, check=CheckRule.NEXT_SHIFT),
            ),
        ),
        Part(
            "Search the stockroom and the van cage",
            (STOCK,),
            point="stockroom to service desk",
            information="Where it is now, or that it is surely not here",
            deals=(Deal("Found, or surely not here", (must("Where is it now?", "Cage 3, with the name on it"),)),),
        ),
        Part("Ring the customer with the answer", (DESK, CARE)),
    ),
    (ORDERS, SystemWords("Stock system")),
)
RETURNS = StarterService(
    "returns",
    "Returns and refunds",
    "Goods that come back, and money that has to.",
    "Look at the receipt and the goods together. A refund above the desk’s limit is approved by a lead before it is promised.",
    (
        Part(
            "Take the goods and the receipt",
            (DESK,),
            point="service desk to lead",
            information="Receipt or card, amount, state of the goods, what was promised",
            deals=(
                Deal(
                    "It is not settled at the desk, or above its limit",
                    (must("Which receipt or card, which amount?", "Never the whole card number"), should("What state are the goods in?"), REACH),
                ),
            ),
        ),
        Part("Approve, and pay back", (LEAD,)),
        Part("Tell the customer", (DESK, CARE)),
    ),
)
DELIVERY = StarterService(
    "large-delivery",
    "Large item delivery",
    "Sofas, tables, machines: two people to carry and somebody at home.",
    "A slot is promised only when the driver has it. Ask about stairs, doors and parking once, and write it down.",
    (
        Part("Agree a slot", (DESK,)),
        Part(
            "Plan the van",
            (STOCK,),
            point="service desk to stockroom",
            information="Slot, address, stairs and doors, who is at home",
            deals=(
                Deal(
                    "A slot is promised",
                    (must("Which slot, which address?"), should("Stairs, doors, parking?"), REACH),
                    read_back=(Urgency.SOON, Urgency.URGENT),
                ),
            ),
        ),
        Part("Ring an hour before", (CARE,)),
    ),
)
REPAIRS = StarterService(
    "repairs",
    "Repairs under guarantee",
    "Sent away and come back: weeks in which the customer hears from several of us.",
    "The customer gets a number and the next date at which they hear from us, each time.",
    (
        Part(
            "Take it in, give a number",
            (DESK,),
            point="desk to whoever is on next",
            information="Repair number, what was promised, next date",
            deals=(
                Deal(
                    "The customer hears from the next shift",
                    (must("Which repair number?"), should("What is it worth to them?"), REACH),
                    check=CheckRule.NEXT_SHIFT,
                ),
            ),
        ),
        Part("Send it, chase it, tell the customer", (DESK, CARE)),
    ),
)
GIFT_CARDS = StarterService(
    "gift-cards",
    "Gift cards",
    "Sold and loaded by one person.",
    "Load it while the customer stands there.",
    (Part("Sell and load the card", (DESK,)),),
    relies=False,
)
SHOP = StarterSet(
    "shop",
    "shop",
    "Shop",
    "For a service desk with a stockroom: what a customer waits for while several of us look.",
    (COLLECT, RETURNS, DELIVERY, REPAIRS, GIFT_CARDS),
)
