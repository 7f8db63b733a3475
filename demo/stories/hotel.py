"""Harbour View, front desk, today: Amara's late shift is about to end. Minutes are counted from now."""

from demo.story import SHIFT, Brief, Story, accept, answer, complete, contact, log, note, offer, query, reply, right, see
from handover.checks.states import Outcome

ELLIS = Story(
    "Move Mrs Ellis from 214: heating has failed",
    "Room moves",
    ("Margaret Ellis", "Room 214", "Room phone 214"),
    "A warm room tonight and £40 off the bill",
    66,
    Brief(
        "Margaret Ellis, room 214, travelling alone, walks with a stick. Radiator cold for hours. Polite but tired.",
        "308 is free, made up and warm. Dev has reset the boiler zone: no heat yet.",
        "Call 214, carry her case, walk her to 308 by the lift. Add £40 credit, code SR-HEAT.",
        "If she will not move: two heaters from store B, call Priya.",
        ("308. Key cut, in the desk drawer marked ELLIS", "£40 off, not yet on her bill", "Zofia (housekeeping) and Dev (maintenance)"),
    ),
    (log(-155, "amara"), note(-42, "amara", "308 is free, made up and warm. Key cut, in the desk drawer marked ELLIS.")),
    "urgent",
)
TAXI = Story(
    "Taxi for Mr Okafor’s early train",
    "Transport",
    ("Daniel Okafor", "Room 112", "Mobile on the booking"),
    "A taxi at the front door in good time for his train",
    346,
    Brief(
        "Daniel Okafor, room 112, two large cases. His train is the first one of the day.",
        "Booked with Whitby Cabs, confirmed by phone.",
        "Ring Whitby Cabs a quarter of an hour before to confirm, then ring room 112.",
        "If the cab is late: the duty driver, keys in the safe.",
        ("Whitby Cabs, booking 7731", "Front door", "Grace, who has the duty driver’s number"),
    ),
    (log(-210, "amara"), note(-200, "amara", "Whitby Cabs confirmed, booking 7731.")),
)
TRAY = Story(
    "Gluten-free breakfast tray for 305",
    "Room service",
    ("Sofia Rossi", "Room 305", "Room phone 305"),
    "A sealed gluten-free breakfast tray at her door, no charge",
    471,
    Brief(
        "Sofia Rossi, room 305, coeliac. Her tour leaves before the restaurant opens.",
        "Tray card written and in the night folder.",
        "Make up the tray from the night folder card, deliver to 305.",
        "",
        ("Gluten, not even traces", "Bread is in the labelled tub, pantry fridge", ""),
    ),
    (log(-225, "amara"), note(-180, "amara", "Tray card written and in the night folder. Bread is in the labelled tub, pantry fridge.")),
)
SUITCASE = Story(
    "Find Ms Fischer’s blue suitcase, left in the lobby store",
    "Lost property",
    ("Anke Fischer", "Room 226", "Mobile on the booking"),
    "An answer by phone in the morning",
    696,
    Brief(
        "Anke Fischer checked out today. The suitcase was in the lobby store at noon.",
        "Lobby store and luggage trolley searched twice. Callum remembers it on the trolley.",
        "Look in the coach company’s hold list, ring her either way.",
        "If it went with the coach: they bring it back on the evening run.",
        ("Blue hard shell, yellow ribbon, medium", "Lobby store, trolley, cloakroom", "By courier, she pays nothing"),
    ),
    (
        log(-380, "amara"),
        note(-330, "amara", "Lobby store and trolley searched twice."),
        contact(-60, "amara", "Rang from the airport: any news?", chased=True),
    ),
)
REFUND = Story(
    "Refund Mr Haddad’s double deposit, £120",
    "Payments",
    ("Karim Haddad", "Checked out", "E-mail on the booking"),
    "The second £120 back on his card",
    2256,
    Brief(
        "Karim Haddad paid his deposit twice, on line and at the desk.",
        "Both payments found on the bank list.",
        "Refund the payment that was made at the desk.",
        "",
        ("HV2291, £120", "", ""),
    ),
    (log(-300, "amara"),),
)
HELD = (ELLIS, TAXI, TRAY, SUITCASE, REFUND)
"""What Amara holds, with how far she is with the briefs; nothing of it is offered yet."""

BOILER = Story(
    "Reset boiler zone 2",
    "Room faults",
    ("Rooms 210 to 220", "210 to 220", "Text 216, knock elsewhere"),
    "Heat back within the hour",
    -54,
    Brief(
        "No heat on the corridor 210 to 220. Other zones are warm.",
        "Thermostats checked, pumps are running.",
        "Reset zone 2, feel radiators in 210 and 220.",
        "Portable heaters, call the contractor.",
        ("Plant room, zone 2", "Room phones; 216 has a baby", ""),
    ),
    (
        log(-125, "amara"),
        offer(-113, "amara", "dev", during=True, check=-9, missing="The contractor’s number is in Priya’s office.", warm=True, remind=True),
        query(-108, "dev", "Is anyone asleep on that corridor?"),
        reply(-107, "amara", "216 has a baby. Text, do not knock."),
        accept(-104, "dev", "Reset zone 2 now, feel the radiators in 210 and 220, ring you at the desk. If no heat, portable heaters and call the contractor."),
        right(-101, "amara"),
        note(-66, "dev", "Zone valve was stuck. Freed it, pressure now 1.4 bar. Giving it 45 minutes."),
    ),
    "soon",
)
COT = Story(
    "Cot to room 221",
    "Housekeeping requests",
    ("Brandt family", "Room 221", "Room phone 221"),
    "A cot before bedtime",
    -20,
    Brief("The Brandts have a baby of eight months.", "Nothing yet.", "Bring the cot from store A, with linen.", "Borrow one from the annexe.", ("221", "Yes")),
    (log(-95, "amara"), offer(-90, "amara", "zofia", during=True), accept(-85, "zofia", "Cot and linen to 221 now."), complete(-34, "zofia", "Cot made up.")),
    "soon",
)
ALLERGENS = Story(
    "Allergen list for Sunday’s wedding",
    "Weddings and events",
    ("Ellen and Jo Marsden", "Garden room", "ellen@marsden.example"),
    "The full allergen list by e-mail",
    820,
    Brief(
        "The couple ask for allergens of every course.", "Menu is final.", "Write the list, put it in the wedding folder.", "Ring Ellen.", ("Marsden", "Priya")
    ),
    (
        log(-50, "amara"),
        offer(-35, "amara", "marek", during=True),
        see(-20, "marek"),
        query(-12, "marek", "Does the list include drinks?"),
    ),
    "soon",
)
INVOICE = Story(
    "E-mail invoice to Thornton Ltd",
    "Invoices",
    ("Thornton Ltd", "Booking HV2204", "accounts@thornton.example"),
    "The invoice before their books close",
    636,
    Brief("Thornton want the invoice split by guest.", "Draft is in the shared folder.", "Split it, send it.", "Ask Helen.", ("Thornton Ltd, 4 Quay Street",)),
    (
        log(-440, "amara"),
        offer(-439, "amara", "callum", during=True, past="Callum wrote the booking and is still at the desk"),
        accept(-436, "callum"),
        note(-434, "callum", "Split by guest; I send it first thing."),
    ),
)
NOISE = Story(
    "Noise complaint, third floor: call back 408",
    "Room moves",
    ("Peter Lund", "Room 408", "Room phone 408"),
    "A call back once it is quiet, or another room",
    115,
    Brief(
        "Party in 411. Asked once to be quiet, by phone.",
        "411 was friendly about it.",
        "Walk past 411, then call 408.",
        "Offer 408 a move to 215 for the night.",
        ("215 is ready, no key cut yet", "Nothing agreed", "Tom"),
    ),
    (log(-30, "amara"), offer(-8, "amara", "priya", check=130)),
    "soon",
)
DEEP_CLEAN = Story(
    "Deep clean 309 after the leak",
    "Housekeeping requests",
    ("Room 309", "Room 309", ""),
    "309 can be sold again tomorrow",
    500,
    Brief("The bath of 409 leaked into 309.", "Ceiling is dry.", "Carpet, then the wardrobe.", "Keep it off sale another night.", ("309", "Empty")),
    (
        log(-260, "amara"),
        offer(-240, "amara", "zofia", during=True),
        accept(-236, "zofia"),
        note(-150, "zofia", "Carpet machine is in."),
        answer(-60, "zofia", Outcome.PARTLY, "The carpet is done. The wardrobe smells of damp and needs Dev.", again=110),
    ),
)
PILLOWS = Story(
    "Feather-free pillows to 118",
    "Housekeeping requests",
    ("Ruth Adler", "Room 118", "Room phone 118"),
    "The bed is changed before she is back from dinner",
    50,
    Brief("Allergic to feathers.", "Two foam pillows are in store A.", "Change both pillows and the duvet.", "Take the duvet of 120.", ("118", "Out")),
    (
        log(-38, "amara"),
        offer(-30, "amara", "zofia", during=True),
        accept(-24, "zofia", "I change pillows and duvet in 118 before she is back; if there is no duvet I take the one of 120."),
    ),
    "soon",
)
CHOIR = Story(
    "Choir coach is late: 14 rooms to check in",
    "Group arrivals",
    ("Tallinn Chamber Choir", "Group 5512", "Coach driver’s mobile"),
    "Everybody has a key within a quarter of an hour",
    25,
    Brief(
        "The coach is stuck behind an accident.",
        "Keys are in envelopes.",
        "Check them in at two desks.",
        "Late bar for those who wait.",
        ("14, 401 to 414", "Ms Kask"),
    ),
    (log(-470, "callum"), offer(-434, "callum", "amara", warm=True)),
)
IRON = Story(
    "Tell the guest in 118 the iron is on its way",
    "Housekeeping requests",
    ("Ruth Adler", "Room 118", "Room phone 118"),
    "An iron within half an hour",
    20,
    Brief("Asked in the corridor.", "Iron is on the second floor trolley.", "Ring 118.", "Offer to have it ironed.", ("118", "Yes")),
    (log(-9, "zofia"), offer(-7, "zofia", "amara", during=True)),
    "soon",
)
TO_SHIFT = Story(
    "Listen for the lift alarm",
    "Room faults",
    ("All guests", "Lift 2", ""),
    "",
    None,
    Brief("The alarm went off twice without reason.", "Door sensor cleaned.", "If it rings again: stop lift 2.", "Call the lift company.", ("Lift 2", "", "")),
    (log(-70, "dev"), offer(-15, "dev", SHIFT, missing="The number of the lift company is on the lift itself.")),
)
HOTEL_TODAY = (*HELD, BOILER, COT, ALLERGENS, INVOICE, NOISE, DEEP_CLEAN, PILLOWS, CHOIR, IRON, TO_SHIFT)
