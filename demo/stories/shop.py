"""Calder & Sons, Leeds, service desk, today. Minutes are counted from now."""

from demo.story import SHIFT, Brief, Story, accept, answer, close, complete, contact, log, note, offer, query, reply, see
from handover.checks.states import Outcome

SEARCH = Story(
    "Order 48213, walking boots: not on the shelf",
    "Click and collect problems",
    ("Mark Ellwood", "Order 48213", "Waits at the desk"),
    "An answer in twenty minutes",
    20,
    Brief(
        "He waits at the desk.",
        "Shelf C looked at twice.",
        "Search the van cage.",
        "Order from Bradford.",
        ("48213, boots, size 9", "Shelf C, counter", "At the desk"),
    ),
    (log(-50, "bea"), offer(-40, "bea", "imran", during=True), accept(-37, "imran"), note(-12, "imran", "Not in the cage. Looking behind the returns.")),
    "soon",
)
LATE_SEARCH = Story(
    "Order 48220, child’s raincoat: size is wrong",
    "Click and collect problems",
    ("Hannah Price", "Order 48220", "07700 900310"),
    "A text when the right one is here",
    160,
    Brief(
        "Bag holds a 6, she ordered an 8.",
        "Rail searched.",
        "Look in the new delivery.",
        "Refund and voucher.",
        ("48220, raincoat, 8", "Rail, bag", "07700 900310"),
    ),
    (log(-45, "bea"), offer(-25, "bea", "imran", during=True)),
)
RECEIPT = Story(
    "Return without a receipt: kettle",
    "Returns and refunds",
    ("Joyce Amos", "Kettle K20", "07700 900322"),
    "A decision today",
    200,
    Brief(),
    (log(-130, "bea"), contact(-15, "bea", "Rang: is it decided?", chased=True)),
)
VOUCHER = Story(
    "Goodwill voucher for the Hendersons",
    "Returns and refunds",
    ("Henderson", "Complaint 77", "Letter"),
    "A letter with the voucher",
    1700,
    Brief(),
    (log(-220, "sam"), note(-200, "sam", "£20, agreed with the manager.")),
)
SOFA = Story(
    "Sofa for 12 Moor Road: two people to carry",
    "Large item delivery",
    ("Nina Walsh", "Order 47990", "07700 900341"),
    "Between four and six",
    330,
    Brief(
        "Third floor, no lift.", "Slot is booked.", "Put a second person on the van.", "Deliver tomorrow, free.", ("Four to six, 12 Moor Road", "07700 900341")
    ),
    (log(-160, "sam"), offer(-10, "sam", "yusuf")),
)
WATCH_REPAIR = Story(
    "Watch back from repair, still stops",
    "Repairs under guarantee",
    ("Colin Frost", "Repair 3381", "07700 900355"),
    "A call before noon",
    -80,
    Brief("Stops at night.", "Maker was asked.", "Ring him with the answer.", "A new one.", ("3381", "His father’s")),
    (
        log(-1000, "hollie"),
        offer(-940, "hollie", "bea"),
        query(-380, "bea", "Has he had a loan watch?"),
        reply(-378, "hollie", "No, offer one."),
        accept(-375, "bea"),
        complete(-52, "bea", "Maker sends a new one; he is happy with a loan watch."),
    ),
)
TOASTER = Story(
    "Toaster under guarantee: parts do not come",
    "Repairs under guarantee",
    ("Ola Berg", "Repair 3367", "07700 900360"),
    "Repaired this week",
    900,
    Brief("Waiting for two weeks.", "Maker rang twice.", "Ask the maker for a date.", "Replace it.", ("3367", "Wedding present")),
    (
        log(-1100, "pete"),
        offer(-945, "pete", "bea"),
        accept(-372, "bea"),
        answer(-35, "bea", Outcome.UNABLE, "The maker has stopped making the part."),
    ),
)
GLOVES = Story(
    "Order 48188, gloves: found in the van cage",
    "Click and collect problems",
    ("Tim Rowe", "Order 48188", "07700 900371"),
    "By text",
    -100,
    Brief("Marked ready, not there.", "Shelf A.", "Van cage.", "Refund.", ("48188, gloves, M", "Shelf A", "07700 900371")),
    (log(-205, "bea"), offer(-200, "bea", "imran", during=True), accept(-197, "imran"), close(-140, "imran", "He bought another pair meanwhile.")),
)
TABLE = Story(
    "Table with a scratched top: exchange",
    "Large item delivery",
    ("Rosa Milne", "Order 47902", "07700 900388"),
    "A new top on Friday",
    2500,
    Brief("Scratch along the edge.", "Photo came.", "Book the exchange.", "20 % off.", ("Friday, 3 Park Lane", "07700 900388")),
    (log(-90, "sam"), offer(-8, "sam", SHIFT)),
)
UNASKED = Story(
    "Web order paid twice: gift wrap", "Returns and refunds", ("Web order", "Order 48230", "E-mail"), "", None, Brief(), (log(-35, "imran", pool=True),)
)
BIKE = Story(
    "Bicycle for Saturday: pedals are missing",
    "Large item delivery",
    ("Sean Doyle", "Order 48101", "07700 900399"),
    "Complete by Saturday",
    1300,
    Brief("Box was open.", "Maker was asked.", "Look in the bike room.", "Pedals from another.", ("Saturday, collects", "07700 900399")),
    (
        log(-120, "bea"),
        offer(-100, "bea", "sam", during=True),
        see(-95, "sam"),
        accept(-92, "sam"),
        answer(-30, "sam", Outcome.NOT_YET, "Bike room is locked until the lead is in.", again=180),
    ),
)
SHOP_TODAY = (SEARCH, LATE_SEARCH, RECEIPT, VOUCHER, SOFA, WATCH_REPAIR, TOASTER, GLOVES, TABLE, UNASKED, BIKE)
