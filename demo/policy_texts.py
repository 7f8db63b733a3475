"""The wording of the demo's policies: short, in the words of those who work by them, with a link to the law or the code itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handover.policies.models import Kind, Place


@dataclass(frozen=True)
class Text:
    kind: str
    title: str
    kept_by: str
    body: str
    source: str = ""
    hints: tuple[tuple[str, str], ...] = ()
    what_changed: str = ""

    def newer(self) -> Text:
        return replace(self, body=ACCESS_NOW, what_changed=ACCESS_CHANGED)


DATA = Text(
    Kind.LAW,
    "Least customer data (UK GDPR)",
    "Data protection officer",
    """Write down only what a colleague needs to do the next step. Article 5 of the UK GDPR calls it data minimisation.

A name and a room, booking or account are enough to find the customer. Add a way to reach them only if somebody will have to.

Never write card numbers, passwords, or anything about health, faith or family into an action, a brief or a note. Where somebody's health matters, \
write what they need: a ground floor room, a call before noon.

If a customer asks what we hold about them, pass it to the data protection officer on the same day. We have one month to answer.""",
    "https://www.legislation.gov.uk/eur/2016/679/article/5",
    ((Place.CUSTOMER, "A name and a room, booking or account are enough."), (Place.CONTACT, "Only what somebody will use to reach them.")),
)
PROMISES = Text(
    Kind.ORGANISATION,
    "Promises to customers",
    "Head of customer service",
    """Promise a time that a colleague can keep, and say it as a time: “by 21:30”, not “soon”.

A promise that reaches past your shift is handed over, with what was promised in the customer's own words.

If a promise cannot be kept, the customer hears it from us before the time has passed, with a new time. Whoever holds the action does that.""",
    hints=((Place.PROMISE, "A time of the clock, and nothing that the next shift cannot keep."),),
)
RIGHTS = Text(
    Kind.LAW,
    "Faulty goods (Consumer Rights Act 2015)",
    "Store manager",
    """For 30 days a customer may reject goods that are faulty, not as described or not fit for purpose, and have all their money back.

After 30 days we may repair or replace once. If that does not put it right, they may have money back or keep it at a lower price.

For the first six months a fault counts as having been there from the start, unless we can show otherwise.

A refund is made within 14 days of our agreeing to it, in the way in which they paid. No sign, receipt or shop rule takes these rights away.""",
    "https://www.legislation.gov.uk/ukpga/2015/15/contents",
    (
        (Place.PROMISE, "Faulty within 30 days: all the money back, if they want it. Never promise less."),
        (Place.SITUATION, "Say when it was bought: the first 30 days and six months decide what they may ask for."),
    ),
)
EXTRA_HELP = Text(
    Kind.CODE,
    "Customers who need extra help (Ofwat, Service for all)",
    "Vulnerability lead",
    """Ask every customer who reports a loss of supply whether anybody in the home needs water for their health, is very young or very old, or cannot carry it.

If so, offer the priority services register, and note the need, not the reason. Bottled water goes to them first.

Reach them in the way that they have asked for: text relay, large print, a nominated person. Do not leave a message with a time that they cannot check.

An action about such a customer is at least “soon”, and is spoken as well when it is handed over.""",
    "https://www.ofwat.gov.uk/",
    (
        (Place.CONTACT, "The way that they have asked for: text relay, a nominated person."),
        (Place.IF_THEN, "If water is not back in time: who brings bottled water, and by when?"),
    ),
)
ALLERGENS = Text(
    Kind.LAW,
    "What guests cannot eat (food information rules)",
    "Head chef",
    """Fourteen allergens have to be named, by law, whenever a guest asks. Never guess, and never say that it should be fine.

Write the allergen in the guest's own words, and the dish that it is about. The chef on duty confirms it, by name, before the tray leaves the kitchen.

At a shift change the kitchen is told again. It is handed over read back, every time.""",
    "https://www.food.gov.uk/",
    ((Place.SITUATION, "Name the allergen in the guest’s own words, and who in the kitchen has confirmed it."),),
)
ACCESS = Text(
    Kind.CODE,
    "Guests with access needs",
    "Priya Kaur, duty manager",
    """Ask each guest what they need. Do not guess from what you see.

Write what they need, not what they have: “shower with a seat”, not a diagnosis.

A guest with access needs is never moved to a room that nobody has looked at. Whoever is responsible looks at it, or asks maintenance to.

If the lift is out of service, the duty manager rings every guest concerned before they come back to the hotel.""",
    hints=(
        (Place.SITUATION, "Say what the guest needs, not what they have."),
        (Place.NEXT_STEP, "Has somebody looked at the new room with these needs in mind?"),
    ),
)
ACCESS_NOW = """Ask each guest what they need. Do not guess from what you see.

Write what they need, not what they have: “shower with a seat”, not a diagnosis.

A guest with access needs is never moved to a room that nobody has looked at. Whoever is responsible looks at it, or asks maintenance to, \
and says in the handover who looked and when.

If the lift is out of service, the duty manager rings every guest concerned before they come back to the hotel. \
The night porter knows which rooms are concerned, and how each guest would leave in a fire.

A refuge call from the second floor is answered before anything else."""
ACCESS_CHANGED = "Say in the handover who looked at the room, and when. New: what the night porter knows when the lift is out, and refuge calls."
