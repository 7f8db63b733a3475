"""Amara works towards the standard: her evidence is on, the newest records are picked, and an assessor has a link."""

from __future__ import annotations

from datetime import datetime, timedelta

from demo.teams import HOTEL, Cast
from reviews.evidence import operations as evidence

WEEKS = timedelta(weeks=12)
STATEMENTS = {
    "A-P5": "Before I offer anything I read my brief as the night porter will: which room, what was promised, by when, and who has the key. "
    "What I do not know I write down as not known, so that nobody has to guess.",
    "A-K7": "A promise is only kept once somebody looked. When I ask early there is still time for another way; when I do not ask, the guest does.",
}


def make(cast: Cast, *, now: datetime) -> None:
    """All at this moment: the evidence is of what happened before."""
    amara, zone = cast.people["amara"], cast.teams[HOTEL].tz
    evidence.turn_on(by=amara, at=now, standard="A", since=(now - WEEKS).astimezone(zone).date())
    evidence.pick_newest(by=amara, at=now, zone=zone)
    for criterion, words in STATEMENTS.items():
        evidence.write(by=amara, at=now, criterion=criterion, words=words)
    evidence.make_link(by=amara, at=now, zone=zone, name="Ms Ford, assessor", days=30)
