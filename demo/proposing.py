"""Agreements that live: versions that were agreed, proposals that wait for answers, and one that is due for a review."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from demo.teams import CENTRE, HOTEL, SHOP, Cast
from handover.agreements import answering
from handover.agreements import operations as agreements
from handover.agreements.models import AgreementVersion, Means
from handover.agreements.operations import Asked
from handover.agreements.queries import complete
from handover.agreements.terms import Terms, terms_of

ESCALATES = "The stockroom takes it back, and the duty manager rings the customer"


def make(cast: Cast, *, now: datetime) -> None:
    shop(cast, now=now)
    hotel(cast, now=now)
    centre(cast, now=now)


def in_force(cast: Cast, team: str, service: str, *applies: str) -> AgreementVersion:
    found = AgreementVersion.objects.in_force().filter(agreement__team=cast.teams[team], agreement__point__service__name=service, agreement__point__letter="A")
    return complete(found.filter(agreement__applies__in=applies) if applies else found).get()


def propose(cast: Cast, now: AgreementVersion, who: str, *named: str, at: datetime, why: str, days: float = 7, **changed: object) -> AgreementVersion:
    terms: Terms = replace(terms_of(now), **changed)  # type: ignore[arg-type]
    people = [cast.people[name].pk for name in named]
    return agreements.propose(agreement=now.agreement, by=cast.people[who], at=at, terms=terms, named=people, why=why, answer_by=at + timedelta(days=days))


def agree(cast: Cast, version: AgreementVersion, *names: str, at: datetime) -> None:
    for hours, name in enumerate(names, 3):
        answering.answer(version_id=version.pk, by=cast.people[name], at=at + timedelta(hours=hours), answer="agree")


def shop(cast: Cast, *, now: datetime) -> None:
    """Three versions between shifts, and a fourth that was proposed yesterday."""
    name, between = "Click and collect problems", "between"
    at = now - timedelta(days=33)
    words = "Twice nobody knew who rings the customer when the search came to nothing."
    agree(cast, propose(cast, in_force(cast, SHOP, name, between), "sam", "yusuf", "pete", at=at, why=words, escalation=ESCALATES), "yusuf", "pete", at=at)
    at, review_on = now - timedelta(days=19), (now + timedelta(days=71)).date()
    words = "Notes on paper got lost at the desk. Said face to face, and written in Baton, nothing did."
    third = propose(
        cast,
        in_force(cast, SHOP, name, between),
        "yusuf",
        "sam",
        "pete",
        at=at,
        why=words,
        means=Means.FACE,
        channel="at the service desk",
        review_on=review_on,
    )
    agree(cast, third, "pete", "sam", at=at)
    at = now - timedelta(days=1, hours=3)
    before = in_force(cast, SHOP, name, between)
    fourth = propose(
        cast,
        before,
        "yusuf",
        "sam",
        "bea",
        "pete",
        at=at,
        why="4 of the last 22 came to me in the last minutes, so I could not read them back before I left. The wrong size was picked twice.",
        trigger="Any search still open half an hour before the end of the shift, so the stockroom lead has time to read it back",
        required=[*terms_of(before).required, Asked("A photo of the order screen?", "", "should", "should", "should")],
    )
    words = "Yes to half an hour. Is the photo needed when the order number is already there?"
    answering.comment(version_id=fourth.pk, by=cast.people["pete"], at=at + timedelta(hours=4), words=words)
    agree(cast, fourth, "sam", at=at)


def hotel(cast: Cast, *, now: datetime) -> None:
    """One waits for Amara's answer; one was to be looked at again the day before yesterday."""
    at = now - timedelta(days=1, hours=6)
    version = propose(
        cast,
        in_force(cast, HOTEL, "Room faults"),
        "dev",
        "priya",
        "amara",
        "tom",
        at=at,
        why="Three times this month I stood in front of a room with the guest asleep in it, and nobody had told me.",
        trigger="Maintenance is needed, and the guest knows when somebody comes",
        means=Means.PHONE,
        channel="extension 14, then on screen",
        escalation="The desk takes it back, offers another room, and tells the duty manager",
        accept_within={"urgent": 5, "soon": 20, "routine": None},
    )
    agree(cast, version, "priya", at=at)
    words = "Yes to the phone call. At night there is nobody on extension 14: could it be the mobile after 22:00?"
    answering.answer(version_id=version.pk, by=cast.people["tom"], at=at + timedelta(hours=8), answer="change", line="How", words=words)
    at, lost = now - timedelta(days=41), in_force(cast, HOTEL, "Lost property")
    words = "Guests rang again because nobody said who posts it."
    posted = propose(
        cast,
        lost,
        "amara",
        "priya",
        "callum",
        at=at,
        why=words,
        escalation="The giver rings the guest and agrees a new day",
        review_on=(now - timedelta(days=2)).date(),
    )
    agree(cast, posted, "callum", "priya", at=at)


def centre(cast: Cast, *, now: datetime) -> None:
    """Its time to answer is over: Leila, the lead, may decide."""
    at, supply = now - timedelta(days=8), in_force(cast, CENTRE, "Supply")
    words = "Customers ask how long, and the next shift has to ring the crew again to find out."
    required = [*terms_of(supply).required, Asked("Which crew, and when did they last ring?", "", "should", "should", "must")]
    version = propose(cast, supply, "jamie", "leila", "rhys", "sana", at=at, why=words, required=required, escalation="Escalate to the team lead on shift")
    agree(cast, version, "sana", at=at)
    words = "I would keep it: the crew’s number is on the job sheet."
    answering.answer(version_id=version.pk, by=cast.people["rhys"], at=at + timedelta(hours=30), answer="keep", words=words)
