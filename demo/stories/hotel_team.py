"""Harbour View, front desk, today: what Amara’s colleagues have between them. Minutes are counted from now."""

from demo.story import (
    SHIFT,
    Brief,
    Story,
    accept,
    answer,
    close,
    complete,
    contact,
    decide,
    decline,
    log,
    not_quite,
    note,
    offer,
    query,
    right,
    see,
    take_back,
    withdraw,
)
from demo.teams import MACHINE
from handover.checks.states import Outcome
from handover.followups.models import Decision

FAULT = ("Room phone", "")
"""The answers about a room fault after “Where exactly?”: how to reach the guest, and no contractor needed."""
NO_CONTRACTOR = "No contractor is needed for this."


def fault(where: str, situation: str, done: str, next_step: str, if_then: str) -> Brief:
    return Brief(situation, done, next_step, if_then, (where, *FAULT))


SAFE = Story(
    "Safe in 117 will not open",
    "Room faults",
    ("Lena Hartmann", "Room 117", "Room phone 117"),
    "Her passport is out of the safe before she leaves",
    540,
    fault("117, wardrobe", "Passport and tickets are in it.", "Master code tried twice.", "Open it with the service key.", "Call the locksmith."),
    (
        log(-215, "amara"),
        offer(-200, "amara", "dev", during=True, missing=NO_CONTRACTOR),
        accept(-192, "dev", "I open it with the service key; if that fails I say so at once and you call the locksmith."),
        right(-190, "amara"),
        note(-120, "dev", "Service key turns but the bolt is stuck."),
        answer(-25, "dev", Outcome.UNABLE, "The bolt is bent. It needs a locksmith, and I may not drill without a manager."),
    ),
    "soon",
)
BATH_TAP = Story(
    "Bath tap in 402 drips",
    "Room faults",
    ("Owen and Mair Rees", "Room 402", "Room phone 402"),
    "Quiet by tonight",
    120,
    fault("402, bath", "It kept them awake.", "Towel under it.", "New washer.", "Close the valve, offer the bath of 404."),
    (
        log(-265, "amara"),
        offer(-250, "amara", "dev", during=True, missing=NO_CONTRACTOR),
        accept(-246, "dev"),
        answer(-95, "dev", Outcome.NOT_YET, "Washer is in the van. I go there after the boiler.", again=45),
    ),
)
CHUTE = Story(
    "Unblock the laundry chute",
    "Room faults",
    ("Housekeeping", "Second floor", ""),
    "",
    None,
    fault("Second floor hatch", "Linen is stuck above the first floor.", "Pushed with the pole.", "Free it from below.", "Carry the linen by lift."),
    (
        log(-45, "zofia"),
        offer(-40, "zofia", "dev", during=True, missing="There is no promise to a guest in this."),
        decline(-18, "dev", "I stay with the boiler until 214 to 220 are warm."),
    ),
)
DOOR = Story(
    "Balcony door of 311 does not lock",
    "Room faults",
    ("Hugo Lefevre", "Room 311", "Room phone 311"),
    "It locks before he goes to bed",
    150,
    fault("311, balcony", "The handle turns without catching.", "Wedge put in.", "Change the handle.", "Move him to 314."),
    (
        log(-100, "dev"),
        offer(-80, "dev", SHIFT, missing=NO_CONTRACTOR),
        withdraw(-55, "dev", "I have the handle here after all and do it myself."),
        note(-20, "dev", "Handle is on. I test it once more before I go."),
    ),
)
FRIDGE = Story(
    "Walk-in fridge shows nine degrees",
    "Room faults",
    ("Kitchen", "Cold store", ""),
    "",
    None,
    fault("Cold store", "Alarm went at the start of service.", "Everything moved to the small fridge.", "Look at the compressor.", "Ring the supplier."),
    (
        log(-150, "marek"),
        offer(-145, "marek", "dev", during=True, missing="There is no promise to a guest in this."),
        accept(-140, "dev"),
        take_back(-75, "marek", "The supplier comes tonight and I open the yard for them."),
    ),
)
UNCLAIMED = Story(
    "Send the parking permit to Dr Ahmadi",
    "Invoices",
    ("Nilou Ahmadi", "Booking HV2317", "n.ahmadi@clinic.example"),
    "The permit before she drives up",
    400,
    Brief("She comes with a van.", "Asked the council.", "Send the permit by e-mail.", "Reserve a place in the yard.", ("Dr Ahmadi, by e-mail",)),
    (log(-710, "callum"), offer(-700, "callum", "ines", during=True), accept(-690, "ines")),
)
POOL = Story(
    "Late arrival: Mr and Mrs Tanaka, send the door code",
    "Transport",
    ("Kenji Tanaka", "Booking HV2340", "Mobile on the booking"),
    "The door code by text before they land",
    95,
    Brief(),
    (log(-20, MACHINE, pool=True),),
    "soon",
)
NOBODY_TOOK = Story(
    "Post Mr Weiss his charger",
    "Lost property",
    ("Jonas Weiss", "Checked out", "j.weiss@post.example"),
    "Posted within two days",
    900,
    Brief("Left in 203.", "It is in the drawer.", "Pack it, post it.", "Ask for the address again.", ("White, USB-C", "Drawer, front desk", "By post")),
    (log(-1500, "zofia"), offer(-1417, "zofia", SHIFT)),
)
TOWELS = Story(
    "Towels and a second duvet to 410",
    "Housekeeping requests",
    ("Maria Santos", "Room 410", "Mobile on the booking"),
    "In the room when they land",
    150,
    Brief("Family of four, one bed is a sofa.", "Duvet is on the trolley.", "Bring both to 410.", "Take a duvet from store B.", ("410", "Not yet")),
    (log(-60, "zofia"), offer(-12, "zofia", "tom")),
    "soon",
)
DAIRY = Story(
    "Let the dairy in at the back door",
    "Room service",
    ("Hill Farm Dairy", "Back door", "Driver’s mobile is on the list"),
    "",
    400,
    Brief("They come before the kitchen does.", "Crates are out.", "Open, count, sign.", "Leave the crates in the cold porch.", ("Nothing", "Back door", "")),
    (
        log(-40, "marek"),
        offer(-25, "marek", "tom", missing="Nobody else is in at that time."),
        see(-10, "tom"),
        query(-6, "tom", "Which key is it, the one with the red ring?"),
    ),
)
PASSPORT = Story(
    "Lost passport: Mr Lindqvist’s embassy rings back",
    "Lost property",
    ("Per Lindqvist", "Room 208", "Room phone 208"),
    "The embassy’s letter before his flight",
    1500,
    Brief(
        "Passport lost in town.",
        "Police number taken.",
        "Wait for the embassy’s call.",
        "He rebooks.",
        ("Swedish passport", "Room, lobby, taxi", "To the desk"),
    ),
    (
        log(-1960, "callum"),
        offer(-1889, "callum", "amara", check=1520),
        accept(-1872, "amara"),
        note(-1600, "amara", "Embassy needs a photo; he has one."),
        offer(-1425, "amara", "tom", check=1520),
        accept(-1412, "tom"),
        note(-1200, "tom", "Embassy rang: letter will be ready tomorrow. I have their number."),
    ),
)
KEY = Story(
    "Spare key for 117’s car in the safe, he collects it",
    "Lost property",
    ("Lena Hartmann", "Room 117", "Room phone 117"),
    "At the desk at any time",
    620,
    Brief(),
    (log(-1100, "tom"), contact(-1000, "tom", "He will come down early.", channel="At the desk")),
)
DISHWASHER = Story(
    "Dishwasher leaks under the bar",
    "Room faults",
    ("Bar", "Ground floor", ""),
    "",
    None,
    fault("Under the bar, left", "Water under the mat.", "Switched off.", "Find the leak.", "Wash by hand."),
    (
        log(-300, "marek"),
        offer(-290, "marek", "dev", during=True, missing="There is no promise to a guest in this."),
        accept(-280, "dev"),
        answer(-150, "dev", Outcome.UNABLE, "The pump is broken and the guarantee forbids opening it."),
        decide(-140, "marek", Decision.ESCALATE, "Can Priya order the fitter? I may not sign for it."),
    ),
)
RAIL = Story(
    "Curtain rail in 315 came down",
    "Room faults",
    ("Ada Nwosu", "Room 315", "Room phone 315"),
    "The room is dark at night again",
    180,
    fault("315, window", "Both screws are out.", "Sheet put up.", "New plugs and screws.", "Move her to 316."),
    (
        log(-330, "zofia"),
        offer(-320, "zofia", "dev", during=True, missing=NO_CONTRACTOR),
        accept(-310, "dev"),
        answer(-130, "dev", Outcome.UNABLE, "The plaster is loose, it needs filler that dries overnight."),
        decide(-120, "zofia", Decision.NEW_TIME, "She keeps the sheet tonight and gets a late breakfast.", new=900),
    ),
)
LIGHT = Story(
    "Light out in the lift lobby, second floor",
    "Room faults",
    ("Guests of the second floor", "Lift lobby", ""),
    "Light again this evening",
    -15,
    Brief(),
    (log(-120, "dev"), contact(-30, "zofia", "Two guests asked at the trolley.", channel="In person", chased=True)),
    "soon",
)
AUDIT = Story(
    "Night audit: £14.20 too much in the till",
    "Payments",
    ("Night audit", "Till 1", ""),
    "",
    None,
    Brief("The till is over by £14.20.", "Counted twice.", "Compare with the card list.", "Book it as found.", ("Till 1, £14.20", "None, it is cash", "Priya")),
    (
        log(-1000, "tom"),
        offer(-940, "tom", "helen", missing="No guest waits for this."),
        accept(-931, "helen"),
        complete(-560, "helen", "A deposit was booked as a card payment. Put right."),
    ),
)
LATE_CHECKOUT = Story(
    "Ask 402 about late checkout",
    "Room moves",
    ("Owen and Mair Rees", "Room 402", "Room phone 402"),
    "An answer before dinner",
    -60,
    Brief(
        "They fly in the evening.", "402 is not sold tomorrow.", "Offer two o’clock.", "Offer the day room.", ("402 stays theirs", "Free of charge", "Amara")
    ),
    (
        log(-200, "zofia"),
        offer(-190, "zofia", "marek", during=True),
        accept(-188, "marek", "I ask them when I bring the cake: until two, else the day room."),
        not_quite(-186, "zofia", "Until two at no charge; say that first, please."),
        close(-100, "marek", "They changed their flight and leave early."),
    ),
)
HOTEL_TEAM_TODAY = (
    SAFE,
    BATH_TAP,
    CHUTE,
    DOOR,
    FRIDGE,
    UNCLAIMED,
    POOL,
    NOBODY_TOOK,
    TOWELS,
    DAIRY,
    PASSPORT,
    KEY,
    DISHWASHER,
    RAIL,
    LIGHT,
    AUDIT,
    LATE_CHECKOUT,
)
