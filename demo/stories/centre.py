"""Northmoor Water, contact centre, today: the day shift hands over to the late one. Minutes are counted from now."""

from demo.story import Brief, Story, accept, complete, contact, log, note, offer, query, seen

OPENED = 1200  # the office opens again: after the next night


def brief(situation: str, done: str, next_step: str, if_then: str, *answers: str) -> Brief:
    return Brief(situation, done, next_step, if_then, answers)


def held(title: str, service: str, customer: tuple[str, str, str], promise: str, by: float, who: str, since: float, urgency: str = "routine") -> Story:
    return Story(title, service, customer, promise, by, Brief(), (log(since, who), note(since + 12, who, "Looked it up, not solved yet.")), urgency)


BURST = Story(
    "Burst main, Station Road: 40 homes to text",
    "Bursts and leaks",
    ("Station Road", "Incident 20417", "Text list 7"),
    "A text to all 40 homes when water is back",
    70,
    brief(
        "Main burst by the bridge.",
        "Crew is digging.",
        "Text list 7 when the crew rings.",
        "Water bottles at the school.",
        "Station Road, 40 homes",
        "Crew 3",
        "Text list 7",
    ),
    (log(-110, "jamie"), note(-60, "jamie", "Crew 3 is on site."), offer(-24, "jamie", "kofi", warm=True)),
    "urgent",
)
NO_WATER = Story(
    "No water at Mr Stone’s, two calls today",
    "Supply",
    ("Alan Stone", "Account 4471902", "Mobile on the account"),
    "An engineer today",
    150,
    brief(
        "No water since breakfast, neighbours have it.",
        "Stop tap checked by phone.",
        "Chase the engineer.",
        "Bottled water tonight.",
        "Since breakfast",
        "Mobile",
    ),
    (
        log(-190, "sana"),
        contact(-100, "sana", "Still nothing, nobody came.", chased=True),
        contact(-40, "jamie", "Second call: he has a baby at home.", chased=True),
        offer(-23, "sana", "kofi"),
    ),
    "soon",
)
REFUND = Story(
    "Refund £86.20, direct debit taken twice",
    "Billing",
    ("Ivy Pearce", "Account 5520118", "Landline"),
    "The money within three working days",
    2900,
    brief(
        "Taken twice on the same day.",
        "Bank reference noted.",
        "Release the refund.",
        "Credit the account and ring her.",
        "5520118, £86.20",
        "Three working days",
    ),
    (log(-130, "nadia"), offer(-24, "nadia", "ellie")),
    "soon",
)
PRESSURE = Story(
    "Low pressure, Hill Top: customer wants a call",
    "Supply",
    ("Joan Field", "Account 3019447", "Mobile on the account"),
    "A call with the reading",
    120,
    brief("Shower is a trickle upstairs.", "Logger reading asked for.", "Ring her with the reading.", "Book a visit.", "Since Monday", "Mobile"),
    (log(-75, "jamie"), offer(-9, "jamie", "rhys")),
    "soon",
)
SMELL = Story(
    "Sewer smell, café on Dock Street",
    "Water quality",
    ("Dock Street Café", "Account 6612003", "Owner’s mobile"),
    "Somebody looks today",
    260,
    brief(
        "Smell in the cellar, customers complain.",
        "Asked about drains: not theirs.",
        "Book the sewer team.",
        "Environmental health.",
        "Smell, cellar",
        "Mobile",
    ),
    (log(-80, "sana"), offer(-18, "sana", "kofi"), query(-6, "kofi", "Is it inside or at the kerb? The sewer team asks.")),
)
PLAN = Story(
    "Payment plan, Ms Abara",
    "Billing",
    ("Chioma Abara", "Account 7750021", "E-mail on the account"),
    "A plan she can pay by e-mail",
    OPENED,
    brief("Lost her job.", "Budget sheet filled in.", "Set up the plan.", "Breathing space of 30 days.", "7750021, £412", "An e-mail tomorrow"),
    (log(-55, "nadia"), offer(-9, "nadia", "ellie")),
    "soon",
)
LEAK = Story(
    "Leak on the drive, 8 Elm Close",
    "Bursts and leaks",
    ("Tony Marsh", "Account 2201877", "Mobile on the account"),
    "A visit this evening",
    130,
    brief("Wet patch growing.", "Stop tap off.", "Check that the visit is booked.", "Bottled water.", "8 Elm Close, one", "None yet", "Mobile"),
    (log(-95, "jamie"), offer(-20, "jamie", "kofi", check=74), accept(-15, "kofi")),
)
BOUNDARY = Story(
    "Boundary box, school kitchen",
    "Bursts and leaks",
    ("Dunmore Primary", "Account 9001220", "Caretaker’s mobile"),
    "Kitchen can cook tomorrow",
    149,
    brief("Box is flooded.", "Photo is on the action.", "Crew before school opens.", "Tanker to the yard.", "Dunmore, the school", "Crew 5", "Caretaker"),
    (log(-140, "sana"), offer(-22, "sana", "kofi"), accept(-12, "kofi", "I make sure crew 5 is there before the school opens; if not, a tanker in the yard.")),
    "soon",
)
BROWN = Story(
    "Brown water, Mill Lane",
    "Water quality",
    ("Gita Rao", "Account 4410096", "Mobile on the account"),
    "Clear water by noon",
    -60,
    brief("Brown since the works.", "Told to run the tap.", "Ask the crew to flush.", "Sample.", "Brown", "Mobile"),
    (
        log(-320, "jamie"),
        offer(-300, "jamie", "sana", during=True),
        accept(-295, "sana"),
        complete(-45, "sana", "Flushed, she says it is clear."),
        seen(-36, "jamie"),
    ),
)
COPY_BILL = Story(
    "Copy bill, Ms Novak",
    "Billing",
    ("Eva Novak", "Account 8801254", "E-mail on the account"),
    "By e-mail today",
    100,
    brief("Needs it for a landlord.", "Address checked.", "Send March to June.", "Post it.", "8801254, March to June", "Today"),
    (log(-215, "sana"), offer(-200, "sana", "nadia", during=True), accept(-190, "nadia"), complete(-60, "nadia", "Sent."), seen(-51, "sana")),
)
CHAT = Story(
    "Chat to phone: customer cannot type",
    "Another channel",
    ("George Hale", "Account 3310087", "Landline"),
    "A call within the hour",
    10,
    brief("Broke his wrist.", "Chat is kept.", "Ring him, read the bill to him.", "Letter in large print.", "Landline"),
    (log(-66, "sana"), offer(-58, "sana", "jamie", during=True)),
    "soon",
)
ESTIMATE = Story(
    "Estimate too high, Mr Lamb",
    "Billing",
    ("Derek Lamb", "Account 1180443", "Mobile on the account"),
    "A corrected bill today",
    -16,
    brief("Three times last year’s.", "Photo of the meter came.", "Enter the reading, send the bill.", "Visit.", "1180443, £390", "A bill today"),
    (log(-170, "jamie"), offer(-160, "jamie", "nadia", during=True), accept(-150, "nadia"), note(-90, "nadia", "Photo is blurred, asked for another.")),
)
CENTRE_CHANGE = (
    BURST,
    NO_WATER,
    REFUND,
    PRESSURE,
    SMELL,
    PLAN,
    LEAK,
    BOUNDARY,
    BROWN,
    COPY_BILL,
    CHAT,
    ESTIMATE,
    held("Ring Mrs Bell back: meter reading dispute", "Billing", ("Norah Bell", "Account 1099321", "Landline"), "A call with an answer", OPENED, "nadia", -90),
    held("Bottled water to 14 Quarry Row", "Priority services", ("Resident", "14 Quarry Row", "Carer’s mobile"), "At the door", 134, "jamie", -70, "soon"),
    held("Answer the water council’s question on leaks", "Another channel", ("Water council", "Letter 44", "E-mail"), "A letter", 4000, "leila", -300),
)
