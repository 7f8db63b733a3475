"""What falls due for reviews: teams get their first cycle, colleagues are reminded, leads are asked to conclude. By rule, once each."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import Kind as UserKind
from accounts.models import Membership, Team
from audit import operations as audit
from handover.due import operations as due
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from reviews.events import Event
from reviews.reviewing import form_operations, timing
from reviews.reviewing.models import Participant, Review, ReviewCycle, Step
from reviews.reviewing.operations import ASKING, tell_to_conclude

AT_ONCE = 20


def begin_cycles(*, at: datetime) -> int:
    """Every team of colleagues reviews how it shares its work, every four weeks from its first Monday; return how many teams were new."""
    lives = Membership.objects.current().filter(team=OuterRef("pk"), user__is_active=True, user__kind=UserKind.PERSON)
    new = Team.objects.filter(Exists(lives), ~Exists(ReviewCycle.objects.filter(team=OuterRef("pk"))), source="").order_by("pk")
    return sum(begin(team, at=at) for team in new)


@transaction.atomic
def begin(team: Team, *, at: datetime) -> bool:
    """Set up a team's first cycle; nothing where it has one already."""
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    if ReviewCycle.objects.filter(team=team).exists():
        return False
    form = form_operations.usual(team, at=at)
    first = timing.opening(timing.first_day(team.local(at).date()), team.tz)
    made = ReviewCycle.objects.create(team=team, form=form, opens_at=first, created_at=at)
    audit.record(Event.REVIEW_CYCLE_SET, actor=None, subject=made, team_id=team.pk, at=at, data={"rule": "review_cycle"})
    return True


def fire(*, at: datetime) -> int:
    """Remind of, or ask to conclude, the reviews whose time has come; return how many. Two workers at once, or one much too late, do no harm."""
    fired = 0
    while some := _fire_some(at):
        fired += some
    return fired


@transaction.atomic
def _fire_some(at: datetime) -> int:
    rows = Review.objects.select_for_update(of=("self",), skip_locked=True, no_key=True).select_related("team")
    some = list(rows.filter(next_at__lte=at, concluded_at__isnull=True).order_by("next_at", "pk")[:AT_ONCE])
    for review in some:
        _fire(review, at=at)
    return len(some)


def _fire(review: Review, *, at: datetime) -> None:
    """The latest of the steps that have come, and that only: after an outage nobody hears the same twice."""
    come = [step for step, when in timing.steps(review.opened_at, review.closes_at) if when <= at]
    step = Step.STILL if review.next_step == Step.STILL else (come or [Step(review.next_step)])[-1]
    review.next_step, review.next_at = timing.following(review.opened_at, review.closes_at, at=at) if step != Step.STILL else ("", None)
    review.save(update_fields=["next_step", "next_at"])
    if step in (Step.HALFWAY, Step.LAST_DAY):
        _remind(review, at=at)
    else:
        notifications.settle(review, kinds=[*ASKING, Kind.REVIEW_TO_CLOSE], at=at)
        tell_to_conclude(review, at=at, words="The time for views is over.")
    audit.record(Event.REVIEW_REMINDED, actor=None, subject=review, team_id=review.team_id, at=at, data={"rule": f"review_{step}"})


def _remind(review: Review, *, at: datetime) -> None:
    """Who was reminded before has one standing notice, not two."""
    to = list(Participant.objects.filter(review=review).waited_for().values_list("person_id", flat=True))
    notifications.settle(review, kinds=[Kind.REVIEW_WAITS], at=at)
    notifications.tell(Kind.REVIEW_WAITS, to=to, about=review, at=at, team_id=review.team_id, what=review.title)
    due.ring()
