"""Northmoor Water, contact centre, today: what Leila passed on, and what took another turn. Minutes are counted from now."""

from demo.stories.centre import OPENED, brief
from demo.story import SHIFT, Brief, Story, accept, answer, ask, claim, complete, decline, lapse, log, note, offer, reassign, right, take_back, withdraw
from handover.checks.states import Outcome

DIALYSIS = Story(
    "Water for Beck Lane during the works: home treatment",
    "Priority services",
    ("Household on the register", "Account 6003318", "Carer’s mobile"),
    "Delivered before the water goes off",
    60,
    brief(
        "Needs water three times a day.", "Van booked.", "Ring the carer when the van is there.", "Tanker from depot 2.", "Treatment at home", "Carer, all day"
    ),
    (
        log(-230, "leila"),
        offer(-200, "leila", "sana", during=True),
        accept(-192, "sana", "I ring the carer when the van is there. If it is late, a tanker from depot 2 before the water goes off."),
        right(-190, "leila"),
        note(-150, "sana", "Van left the depot."),
        ask(-8, "leila", "Is the van there? The water goes off within the hour."),
    ),
    "urgent",
)
COUNCIL = Story(
    "Councillor’s complaint: roadworks in Mill Lane",
    "Another channel",
    ("Councillor Bright", "Complaint 118", "councillor.bright@town.example"),
    "A date when the lane is open again",
    180,
    brief("Third week of works.", "Crew asked.", "Get a date, write to her.", "Offer a call with the manager.", "By e-mail"),
    (
        log(-260, "leila"),
        offer(-240, "leila", "jamie", during=True),
        accept(-232, "jamie"),
        note(-150, "jamie", "Crew leader rings back."),
        answer(-70, "jamie", Outcome.UNABLE, "The crew has no date: they found a second leak."),
    ),
    "soon",
)
COMPENSATION = Story(
    "Compensation for twelve hours without water, Ferry Road",
    "Billing",
    ("Ferry Road residents", "Incident 20388", "Letter"),
    "A credit on the next bill",
    OPENED,
    brief("Eleven accounts.", "List is checked.", "Credit £30 each.", "Cheques.", "11 accounts, £330", "On the next bill"),
    (log(-290, "leila"), offer(-280, "leila", "nadia", during=True), accept(-270, "nadia"), complete(-50, "nadia", "All eleven credited.")),
)
TANKER = Story(
    "Tanker to Dunmore school before it opens",
    "Priority services",
    ("Dunmore Primary", "Account 9001220", "Caretaker’s mobile"),
    "Water in the yard before school",
    900,
    brief("Boundary box is out.", "Tanker is free.", "Book it, ring the caretaker.", "Bottled water, 300 litres.", "School with a kitchen", "Caretaker"),
    (
        log(-48, "leila"),
        offer(-22, "leila", "kofi"),
        accept(-16, "kofi", "Tanker booked for the yard before school; caretaker knows; else 300 litres of bottles."),
    ),
    "soon",
)
LATE_LEAD = Story(
    "Ring back the press about Station Road",
    "Another channel",
    ("Northmoor Post", "Desk", "press@post.example"),
    "A call before they print",
    90,
    brief("They print tonight.", "Statement is agreed.", "Read them the statement.", "Send it by e-mail.", "Desk line"),
    (log(-40, "leila"), offer(-12, "leila", "rhys")),
    "urgent",
)
FREEZING = Story(
    "Lagging kits for six tenants, Weir Court",
    "Priority services",
    ("Weir Court tenants", "Six accounts", "Housing officer"),
    "All six before the frost",
    OPENED,
    brief("Pipes froze last year.", "Kits are in the store.", "Send them out.", "Collect from the office.", "Elderly tenants", "Housing officer"),
    (
        log(-330, "leila"),
        offer(-310, "leila", "sana", during=True),
        accept(-302, "sana", "Six kits go out with the van today; what is left over they collect."),
        right(-300, "leila"),
        answer(-75, "sana", Outcome.PARTLY, "Four are delivered. Two tenants were out.", again=120),
    ),
)
VOICEMAIL = Story(
    "Voicemail: caller gave no address",
    "Bursts and leaks",
    ("Unknown caller", "", "Number withheld"),
    "",
    None,
    Brief(),
    (log(-80, "jamie", pool=True),),
    "soon",
)
METER_BOX = Story(
    "Web form: meter box lid is broken", "Supply", ("Paul Reed", "Account 7714402", "E-mail"), "A new lid", 3000, Brief(), (log(-135, "sana", pool=True),)
)
VALVE = Story(
    "Valve noise, Harbour Terrace",
    "Supply",
    ("Lily Ng", "Account 5219904", "Mobile on the account"),
    "Quiet by tomorrow night",
    700,
    brief("Hums at night.", "Crew told.", "See whether the crew went.", "Visit.", "Since Friday", "Mobile"),
    (
        log(-830, "graham"),
        offer(-810, "graham", "mina", during=True),
        accept(-800, "mina", "I see whether the crew went; if not, a visit."),
        lapse(-740, "mina"),
        claim(-480, "sana"),
        note(-400, "sana", "Crew goes tonight."),
    ),
    "urgent",
)
MOVED = Story(
    "Final bill for 3 Fell View: moving home",
    "Billing",
    ("Amir Khan", "Account 6120045", "E-mail on the account"),
    "The bill before he leaves",
    1500,
    Brief(),
    (log(-240, "jamie"), reassign(-110, "leila", "nadia", "It needs a billing specialist, and Jamie has the burst.")),
)
WITHDRAWN = Story(
    "Hose ban: may the bowling club water?",
    "Another channel",
    ("Northmoor Bowls", "Club", "Secretary’s mobile"),
    "An answer this week",
    2000,
    brief("Asks for an exception.", "Rule looked up.", "Ring the secretary.", "Letter.", "Mobile"),
    (log(-50, "jamie"), offer(-26, "jamie", "rhys"), withdraw(-11, "jamie", "He rang back and I answered it, only the letter is left.")),
)
DECLINED = Story(
    "Meter of flat 4 reads like flat 5",
    "Supply",
    ("Sunil Perera", "Account 2287761", "Mobile on the account"),
    "A visit is booked",
    800,
    brief("Meters may be crossed.", "Photos asked for.", "Book a visit.", "Swap by desk.", "Since he moved in", "Mobile"),
    (log(-70, "sana"), offer(-25, "sana", "rhys"), decline(-10, "rhys", "I am on the priority line until it is quiet.")),
    "soon",
)
BACK = Story(
    "Letter in Polish for Mrs Zielinska",
    "Another channel",
    ("Anna Zielinska", "Account 3377210", "Letter"),
    "A letter she can read",
    2600,
    brief("Cannot read the bill.", "Template found.", "Translate, send.", "Interpreter line.", "Letter"),
    (
        log(-210, "sana"),
        offer(-205, "sana", "jamie", during=True),
        accept(-180, "jamie"),
        take_back(-90, "sana", "Jamie has the burst, and I have the template open."),
    ),
)
CHAIN = Story(
    "Pump alarm at Weir Court, caretaker rings twice a shift",
    "Supply",
    ("Weir Court", "Pump 2", "Caretaker’s mobile"),
    "Pump checked by the weekend",
    1700,
    brief("Alarm light is on.", "Caretaker resets it.", "Get the fitter’s date.", "Bypass.", "Since Wednesday", "Caretaker"),
    (
        log(-700, "graham"),
        offer(-500, "graham", "jamie"),
        accept(-470, "jamie"),
        note(-300, "jamie", "Fitter has the part."),
        offer(-21, "jamie", "rhys"),
        accept(-7, "rhys"),
    ),
)
TO_SHIFT = Story(
    "Watch for calls from Quarry Row: works start tonight",
    "Supply",
    ("Quarry Row", "Works 771", ""),
    "",
    None,
    brief("Valve is changed tonight.", "Cards were put through doors.", "Tell callers: back by morning.", "Tanker at number 20.", "Tonight", ""),
    (log(-60, "nadia"), offer(-20, "nadia", SHIFT, missing="Nobody in particular is to be rung.")),
)
CENTRE_TURNS = (
    DIALYSIS,
    COUNCIL,
    COMPENSATION,
    TANKER,
    LATE_LEAD,
    FREEZING,
    VOICEMAIL,
    METER_BOX,
    VALVE,
    MOVED,
    WITHDRAWN,
    DECLINED,
    BACK,
    CHAIN,
    TO_SHIFT,
)
