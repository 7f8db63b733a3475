"""The contact centre is in the middle of a review, filled in with its evidence; the hotel concluded its own some days ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import Team, User
from demo.teams import CENTRE, HOTEL, SHOP, Cast
from reviews.reviewing import cycle_operations as cycles
from reviews.reviewing import due_operations as due
from reviews.reviewing import opening_operations as opening
from reviews.reviewing import operations as reviewing
from reviews.reviewing.cycle_operations import Plan
from reviews.reviewing.models import Participant, Review
from reviews.reviewing.operations import View
from reviews.sharing import rollups
from reviews.suggestions import operations as suggestions
from reviews.suggestions.models import Decision

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CONCLUDED, OPENED = 6, 2
"""Days ago that the hotel's review opened, and the centre's."""
SET_UP = timedelta(days=40)

SAID: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    CENTRE: {
        "ellie": (
            ("Mostly", "What the list asks is there. For the second reading I ring back about twice a day: it is not on the list."),
            ("Mostly", "After 16:00 there is one of us in billing. What comes then waits until the morning."),
            ("Mostly", ""),
            ("Sometimes", "I answer when I am asked. Nobody asks on a Friday."),
            ("", "It goes back to phones, and the customer hears nothing until somebody picks it up again."),
        ),
        "jamie": (
            ("Mostly", "I did not know that billing needs a second one. Nothing asks me for it."),
            ("Sometimes", "I hold it too long, because I hope to finish it myself."),
            ("Always", "Reading back is quick, and twice it was wrong."),
            ("Mostly", ""),
            ("", ""),
        ),
        "sana": (
            ("Mostly", ""),
            ("Mostly", "Leaks: yes. Bills: too late."),
            ("Mostly", ""),
            ("Mostly", "The watch list does it for me."),
            ("", "I ring the customer first."),
        ),
        "kofi": (("Mostly", "With the new access notes it is better than in September."), ("Mostly", ""), ("Sometimes", ""), ("Always", ""), ("", "")),
    },
    HOTEL: {
        "amara": (
            ("Mostly", "The room number is there. Who is in the room often is not."),
            ("Sometimes", "At five to eleven everything comes at once."),
            ("Mostly", ""),
            ("Mostly", ""),
            ("", "Tom rings me at home. I do not mind, but it should be written down."),
        ),
        "tom": (
            ("Sometimes", "I walk up to look which key it is."),
            ("Sometimes", "Give it to me at 22:30, and I can still ask."),
            ("Always", ""),
            ("Mostly", ""),
            ("", "It waits for the morning, and the guest is gone by then."),
        ),
        "callum": (("Mostly", ""), ("Mostly", ""), ("Mostly", "A nod is not a read-back. We know that."), ("Sometimes", ""), ("", "")),
        "grace": (("Mostly", "Porters get half a sentence."), ("Mostly", ""), ("Sometimes", ""), ("Sometimes", ""), ("", "")),
    },
}
CONCLUSION = (
    "The information is there when we have the time to write it, and at five to eleven we have not. From now on what is ready is offered at 22:30, "
    "and only what happens after that at the end. We look at the same figures again in four weeks."
)
IDEA = "Show the key number beside the room number, so that nobody has to walk up to look."
ANSWER = "Yes: it is now a line of the required information for room moves."
QUESTION = "How do phones and billing share what customers call about?"
WAITING = "Ask for both meter readings on the phone form. It has one box."
REMARK = "Two is not my work. What I finish before the end nobody counts."
ANSWERED = "True: this counts what is passed on, not what is done. I say so when I show the figures."


def make(cast: Cast, *, now: datetime) -> None:
    rollups.refresh(at=now)
    for name, ago in ((HOTEL, SET_UP), (CENTRE, SET_UP / 2), (SHOP, SET_UP / 2)):
        due.begin(cast.teams[name], at=now - ago)
    concluded(cast, now=now)
    open_one(cast, now=now)


def concluded(cast: Cast, *, now: datetime) -> None:
    team, lead, amara = cast.teams[HOTEL], cast.lead_of(HOTEL), cast.people["amara"]
    made = suggestions.suggest(team=team, by=cast.people["tom"], at=now - 9 * DAY, words=IDEA, about_path="/handovers/new/")
    suggestions.answer(suggestion_id=made.pk, by=lead, at=now - 8 * DAY, decision=Decision.IN_REVIEW)
    cycle = team.review_cycles.get()
    cycles.change(cycle_id=cycle.pk, by=lead, at=now - SET_UP, plan=Plan((team.local(now) - CONCLUDED * DAY).date(), form=cycle.form))
    opening.open_due(at=opened_at(team, now, CONCLUDED))
    review = Review.objects.get(team=team)
    give(review, cast, HOTEL, since=review.opened_at)
    reviewing.remark(review_id=review.pk, by=amara, at=review.opened_at + 3 * HOUR, words=REMARK)
    said = Participant.objects.get(review=review, person=amara)
    reviewing.answer_remark(participant_id=said.pk, by=lead, at=now - 2 * DAY, words=ANSWERED)
    reviewing.conclude(review_id=review.pk, by=lead, at=now - DAY, words=CONCLUSION, answers={made.pk: (Decision.WILL_DO, ANSWER)})


def open_one(cast: Cast, *, now: datetime) -> None:
    """Started by the lead from what she saw; four have given a view, and hers is being written."""
    team, lead = cast.teams[CENTRE], cast.people["leila"]
    made = suggestions.suggest(team=team, by=cast.people["jamie"], at=now - 5 * DAY, words=WAITING, about_path="/handovers/new/")
    suggestions.answer(suggestion_id=made.pk, by=lead, at=now - 4 * DAY, decision=Decision.IN_REVIEW)
    at = now - OPENED * DAY - 2 * HOUR
    until = team.local(at).date() + DAY
    review = opening.begin(team=team, by=lead, at=at, about=opening.About(until - 28 * DAY, until), title=QUESTION)
    give(review, cast, CENTRE, since=review.opened_at)
    first = review.questions.first()
    typed = {f"q{first.pk}-choice": "Sometimes", f"q{first.pk}-words": "We ask for two readings but the phone form only has a box for one."}
    reviewing.save_draft(review_id=review.pk, by=lead, at=now - HOUR, fields=typed, version=None)


def opened_at(team: Team, now: datetime, days_ago: int) -> datetime:
    """Just after the opening, in the morning of that day on the team's clock."""
    return team.local(now - days_ago * DAY).replace(hour=8, minute=5, second=0, microsecond=0).astimezone(now.tzinfo)


def give(review: Review, cast: Cast, name: str, *, since: datetime) -> None:
    questions = list(review.questions.all())
    for hours, (short, said) in enumerate(SAID[name].items(), start=2):
        by: User = cast.people[short]
        views = {one.pk: View(choice, words) for one, (choice, words) in zip(questions, said, strict=True)}
        reviewing.give(review_id=review.pk, by=by, at=since + hours * HOUR, views=views)
