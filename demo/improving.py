"""What the teams agreed to change: one judged, one carried out and not judged yet, one agreed, one that is being agreed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from demo.teams import CENTRE, HOTEL, Cast
from handover.handovers.models import Item
from reviews.improvements import carrying_out, effects
from reviews.improvements import operations as improvements
from reviews.improvements.models import Improvement, Says, Verdict
from reviews.improvements.operations import Change
from reviews.reviewing.models import Review
from reviews.sharing import rollups

SLOW = 6
"""So many handovers, the oldest, are told of the time before a change (``demo.stories.past``): it begins to hold on the next day."""
DAY = timedelta(days=1)


def before_the_review(cast: Cast, *, now: datetime) -> None:
    """After the stories, whose figures they are judged by."""
    rollups.refresh(at=now)
    judged_in_the_hotel(cast, now=now)
    done = propose(
        cast, CENTRE, "kofi", "leila", "jamie", at=now - 11 * DAY, figure="in_time", target=0.9, days=6,
        change="Look at Receive before the briefing, and accept first what was promised for today",
        why="What was offered at the end of a shift waited until the briefing was over.",
    )  # fmt: skip
    carry_out(cast, done, "kofi", now=now, words="It is the first line of the briefing sheet.")
    carrying_out.remark(improvement_id=done.pk, by=cast.people["leila"], at=now - 2 * DAY, words="Mina came back from leave in the same week")


def in_the_review(cast: Cast, *, now: datetime) -> None:
    """One is agreed, and one is being agreed, by those who give their views there."""
    review = Review.objects.filter(team=cast.teams[CENTRE]).order_by("-opened_at").first()
    box = propose(
        cast, CENTRE, "ellie", "leila", "nadia", "jamie", at=now - 2 * DAY, figure="missing", target=0.1, days=14, review=review,
        change="Add a second reading box and make it required in the agreement",
        why="The phone form has a box for one reading, so the second is typed in notes or lost.",
    )  # fmt: skip
    answer(cast, box, "leila", "nadia", "jamie", at=now - DAY)
    held = propose(
        cast, CENTRE, "leila", "ellie", "nadia", "jamie", "sana", "kofi", at=now - DAY, figure="in_time", target=0.9, days=8, review=review,
        change="Hold disputes given after 16:00 for the morning, and tell the customer so",
        why="Billing has one adviser after 16:00.",
    )  # fmt: skip
    answer(cast, held, "ellie", "nadia", at=now - timedelta(hours=20))
    words = "The customer was told “today”. First we have to change what the phone script says."
    improvements.answer(improvement_id=held.pk, by=cast.people["sana"], at=now - timedelta(hours=18), says=Says.NOT_YET, words=words)


def judged_in_the_hotel(cast: Cast, *, now: datetime) -> None:
    made = propose(
        cast, HOTEL, "amara", "priya", at=now - 12 * DAY, figure="in_time", target=0.9, days=7,
        change="Offer what waits half an hour before the end, not at the door",
        why="Who comes on has no time to read when both stand at the desk.",
    )  # fmt: skip
    answer(cast, made, "priya", at=now - 11 * DAY)
    carry_out(cast, made, "amara", now=now, words="")
    effect = effects.measure(made, today=cast.teams[HOTEL].local(now - DAY).date())
    verdict, words = (Verdict.KEEP, "It is quieter at the desk, too.") if effect.is_better else (Verdict.ADJUST, "The late shift first: there it did not help.")
    carrying_out.judge(improvement_id=made.pk, by=cast.people["priya"], at=now - DAY, verdict=verdict, words=words)


def propose(cast: Cast, team: str, by: str, *concerned: str, at: datetime, days: int, review: Any = None, **what: Any) -> Improvement:
    due_on = cast.teams[team].local(at + timedelta(days=days)).date()
    change = Change(owner_id=cast.people[by].pk, due_on=due_on, concerned=[cast.people[one].pk for one in concerned], **what)
    return improvements.propose(team=cast.teams[team], by=cast.people[by], at=at, change=change, review=review)


def answer(cast: Cast, improvement: Improvement, *people: str, at: datetime) -> None:
    for number, one in enumerate(people):
        at += timedelta(minutes=7 * number)
        improvements.answer(improvement_id=improvement.pk, by=cast.people[one], at=at, says=Says.AGREE)


def carry_out(cast: Cast, improvement: Improvement, by: str, *, now: datetime, words: str) -> None:
    named = [one.colleague for one in improvement.consents.exclude(says=Says.AGREE).select_related("colleague")]
    for one in named:
        improvements.answer(improvement_id=improvement.pk, by=one, at=now - 9 * DAY, says=Says.AGREE)
    sixth = Item.objects.filter(from_team=improvement.team).order_by("offered_at")[SLOW - 1]
    done_on = improvement.team.local(sixth.offered_at).date() + DAY
    at = max(datetime.combine(done_on, time(9), tzinfo=improvement.team.tz), now - 8 * DAY)
    carrying_out.carry_out(improvement_id=improvement.pk, by=cast.people[by], at=at, done_on=done_on, words=words)
    improvement.refresh_from_db()
