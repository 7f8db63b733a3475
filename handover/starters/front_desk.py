"""A front desk: hotels, hostels, serviced flats. Requests that outlive the shift of whoever took them."""

from handover.agreements.models import Applies, CheckRule
from handover.catalog.words import SystemWords
from handover.due.limits import Urgency
from handover.starters.words import ALL, MUST, SHOULD, Ask, Deal, Part, StarterService, StarterSet, must, should

DESK, NIGHT, HOUSE, MAINTENANCE, MANAGER = "receptionist", "night receptionist", "housekeeper", "maintenance technician", "duty manager"
BOOKINGS = SystemWords("Booking system")
WHO_KNOWS = should("Who else knows?", "For example: the kitchen, told at the start of the shift")

ROOM_MOVES = StarterService(
    "room-moves",
    "Room moves",
    "A guest changes rooms because theirs is not as it should be.",
    "Promise a time, not “soon”. Never move a guest to a room that nobody has looked at.\nWrite in the booking what was agreed about the bill.",
    (
        Part("Take the request and promise a time", (DESK, NIGHT)),
        Part(
            "Find a room and have it made ready",
            (DESK, NIGHT, HOUSE),
            point="whoever took the request to whoever moves the guest",
            information="Which room, whether the key is cut, what was agreed about the bill",
            deals=(
                Deal(
                    "The guest is not in the new room when the shift ends",
                    (must("Which room is ready, and is the key cut?", "308, key in the desk drawer"), should("What was agreed about the bill?"), WHO_KNOWS),
                    channel="On screen, then face to face at the desk",
                    warm=True,
                    read_back=(Urgency.SOON, Urgency.URGENT),
                ),
            ),
        ),
        Part("Walk the guest over, and ask after an hour", (DESK, NIGHT)),
    ),
    (BOOKINGS,),
)
ROOM_FAULTS = StarterService(
    "room-faults",
    "Room faults",
    "Heating, water, light, doors: what is broken, and what the guest was told.",
    "Danger first: water near electricity, a door that does not lock, gas. Then offer another room.\nThe guest hears from us before they have to ask.",
    (
        Part(
            "Take the fault and promise a time",
            (DESK, NIGHT),
            point="desk to maintenance",
            information="Where, since when, whether the guest is in, what was promised",
            deals=(
                Deal(
                    "Somebody with tools is needed",
                    (must("Where exactly?", "Room 214, the radiator under the window"), should("Is the guest in, and may we enter?"), should("Since when?")),
                    Applies.DURING,
                    "On screen, with a phone call if urgent",
                    within=((Urgency.SOON, 15),),
                    check=CheckRule.AFTER,
                    minutes=60,
                ),
                Deal(
                    "It is not repaired when the shift ends",
                    (must("What was tried, and what is missing?"), Ask("Which contractor, which number?", "", SHOULD, SHOULD, MUST), WHO_KNOWS),
                    Applies.BETWEEN,
                    "On screen, then face to face",
                    warm=True,
                    check=CheckRule.NEXT_SHIFT,
                ),
            ),
        ),
        Part("Repair it, or make it safe", (MAINTENANCE,)),
        Part("Tell the guest, and look at the room again", (DESK, NIGHT)),
    ),
)
WAKE_UPS = StarterService(
    "early-departures",
    "Early departures and transport",
    "Wake-up calls, packed breakfasts, taxis and trains that leave before the day shift is in.",
    "Read the time back to the guest. A taxi is booked when there is a booking number, not before.",
    (
        Part(
            "Take the wish",
            (DESK,),
            point="late shift to night",
            information="Room, time, company and booking number, where to",
            deals=(
                Deal(
                    "It happens after the end of the shift",
                    (must("Which time, and who is woken or fetched?"), should("Which company, and the booking number?"), WHO_KNOWS),
                    read_back=ALL,
                ),
            ),
        ),
        Part("Do it at the time", (NIGHT,)),
    ),
    (BOOKINGS, SystemWords("Taxi line")),
)
LOST_PROPERTY = StarterService(
    "lost-property",
    "Lost property",
    "Looked for, found, and sent back.",
    "Write down what it looks like before anybody goes to look. Valuables go into the safe, with two names.",
    (
        Part("Take the description", (DESK, NIGHT)),
        Part(
            "Look for it",
            (HOUSE,),
            point="housekeeping to desk",
            information="What it looks like, where we have looked, where it lies now",
            deals=(
                Deal(
                    "It is not found, or not collected yet",
                    (must("What does it look like?"), should("Where have we looked?"), should("How do we return it?")),
                    check=CheckRule.NEXT_SHIFT,
                ),
            ),
        ),
        Part("Tell the guest, and send it", (DESK,)),
    ),
)
COMPLAINTS = StarterService(
    "complaints",
    "Complaints",
    "A guest is not content, and somebody has promised to put it right.",
    "Listen, write it down in the guest’s words, promise by when they hear from us. Money back is decided by the duty manager.",
    (
        Part(
            "Listen, and promise an answer",
            (DESK, NIGHT),
            point="desk to duty manager",
            information="What happened in the guest’s words, what they want, what was offered already",
            deals=(
                Deal(
                    "It needs a decision that the desk may not take",
                    (must("What does the guest want?"), must("What was offered already?"), should("How long are they still here?")),
                    warm=True,
                    channel="On screen, and say it",
                    read_back=(Urgency.SOON, Urgency.URGENT),
                    within=((Urgency.SOON, 20),),
                ),
            ),
        ),
        Part("Decide, and tell the guest", (MANAGER,)),
    ),
)
FRONT_DESK = StarterSet(
    "front-desk",
    "front_desk",
    "Front desk",
    "For hotels and hostels: what guests ask for in one shift and receive in the next.",
    (ROOM_MOVES, ROOM_FAULTS, WAKE_UPS, LOST_PROPERTY, COMPLAINTS),
)
