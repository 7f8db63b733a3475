"""A contact centre: promises made on the phone or in a chat, kept by a specialist or by the next shift."""

from handover.agreements.models import Applies, CheckRule
from handover.catalog.words import SystemWords
from handover.due.limits import Urgency
from handover.starters.words import ALL, MUST, SHOULD, Ask, Deal, Part, StarterService, StarterSet, must, should

ADVISER, SPECIALIST, LEAD, NIGHT = "customer adviser", "billing specialist", "team lead", "night adviser"
REACH = should("How do we reach the customer, and when not?", "Mobile, not before nine")
TOLD = must("What did we tell the customer?", "That somebody rings by four")
RECORDS = SystemWords("Customer records")

CALL_BACKS = StarterService(
    "call-backs",
    "Promised call-backs",
    "Somebody said: we ring you back.",
    "Promise a time that a colleague can keep. If the answer is not there by then, ring all the same and say so.",
    (
        Part(
            "Promise a call-back",
            (ADVISER, NIGHT),
            point="adviser to whoever is on then",
            information="What was asked, what we told them, by when, how to reach them",
            deals=(Deal("The call-back is after the end of the shift", (TOLD, REACH), read_back=(Urgency.SOON, Urgency.URGENT), check=CheckRule.PROMISE),),
        ),
        Part("Ring, and write down what was said", (ADVISER, NIGHT)),
    ),
    (RECORDS,),
)
BILLING = StarterService(
    "billing",
    "Bills and refunds",
    "A bill that is not right, a refund that is due.",
    "Say which bill, which amount, and what the customer believes is right. Never take card numbers by chat or note.",
    (
        Part(
            "Take the question",
            (ADVISER,),
            point="adviser to billing",
            information="Account, bill, amount, what we told the customer",
            deals=(
                Deal(
                    "It needs somebody from billing",
                    (must("Which account, which bill, which amount?"), TOLD, REACH),
                    Applies.DURING,
                    within=((Urgency.SOON, 20),),
                    check=CheckRule.AFTER,
                    minutes=120,
                ),
                Deal("It is still open when the shift ends", (must("Which account, what is done so far?"), TOLD), Applies.BETWEEN, check=CheckRule.NEXT_SHIFT),
            ),
        ),
        Part("Look into it, put it right", (SPECIALIST,)),
        Part("Tell the customer", (ADVISER, SPECIALIST)),
    ),
    (RECORDS, SystemWords("Billing system")),
)
OUTAGES = StarterService(
    "outages",
    "Outages and emergencies",
    "Customers are without what we supply, and the same people ring twice.",
    "Safety first, then the register of those who cannot be without. One colleague speaks with the crew; everybody else reads here.",
    (
        Part("Take the call, look whether we know of it", (ADVISER, NIGHT)),
        Part(
            "Send a crew, keep the list",
            (LEAD, NIGHT),
            point="outgoing lead to incoming lead",
            information="Where, how many, which crew, next news when",
            deals=(
                Deal(
                    "Customers are still without it when the shift ends",
                    (
                        must("Where, and how many customers?"),
                        must("Which crew, and when is the next news?"),
                        Ask("Who on the register is affected?", "", SHOULD, MUST, MUST),
                    ),
                    Applies.BETWEEN,
                    "On screen, and by phone",
                    warm=True,
                    read_back=ALL,
                ),
                Deal(
                    "It grows beyond one adviser",
                    (must("Where, and how many customers?"), REACH),
                    Applies.DURING,
                    within=((Urgency.SOON, 10), (Urgency.URGENT, 3)),
                ),
            ),
        ),
        Part("Tell those who asked", (ADVISER, NIGHT)),
    ),
)
CHANNELS = StarterService(
    "another-channel",
    "Another channel",
    "From chat to phone, from letter to e-mail: the customer should not begin again.",
    "Read what was said before you answer. Tell the customer which of us goes on, and where.",
    (
        Part(
            "See that the customer cannot go on here",
            (ADVISER,),
            point="channel to channel",
            information="What was said so far, what the customer wants, where they are reached",
            deals=(Deal("The customer cannot go on here", (must("What was said so far?"), REACH), within=((Urgency.SOON, 60),)),),
        ),
        Part("Go on where the customer is", (ADVISER,)),
    ),
)
CONTACT_CENTRE = StarterSet(
    "contact-centre",
    "contact_centre",
    "Contact centre",
    "For phone, chat and post: promises that a specialist or the next shift keeps.",
    (CALL_BACKS, BILLING, OUTAGES, CHANNELS),
)
