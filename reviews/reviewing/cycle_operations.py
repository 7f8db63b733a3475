"""Writes to cycles: what a team reviews regularly, how often, from which day; paused and taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import Team, User
from audit import operations as audit
from common.errors import Invalid
from handover.agreements.models import Agreement
from handover.catalog.models import Service
from reviews.events import Event
from reviews.reviewing import form_operations, permissions, timing
from reviews.reviewing.cycle_models import DAYS_OPEN, MOST_DAYS, MOST_WEEKS, WEEKS
from reviews.reviewing.models import ReviewCycle, ReviewForm


@dataclass(frozen=True)
class Plan:
    """When reviews of a cycle open: every so many weeks from ``next_on``, for how many days, with which questions."""

    next_on: date
    weeks: int = WEEKS
    days_open: int = DAYS_OPEN
    form: ReviewForm | None = None
    paused: bool = False


@transaction.atomic
def add(*, team: Team, by: User, at: datetime, plan: Plan, service: Service | None = None, agreement: Agreement | None = None) -> ReviewCycle:
    """Review something regularly: all that the team hands over, one service, or one agreement. Each once."""
    permissions.check_run(by, team.pk)
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    if service is not None and agreement is not None:
        raise Invalid("A review is about a service or about an agreement.", possible="Choose one of the two.", field="agreement")
    if any(one is not None and one.team_id != team.pk for one in (service, agreement, plan.form)):
        raise Invalid("This belongs to another team.", possible="Choose something of your own team.")
    if ReviewCycle.objects.filter(team=team, service=service, agreement=agreement).exists():
        raise Invalid("This is reviewed regularly already.", possible="Change that one, or choose something else.", field="service")
    cycle = ReviewCycle(team=team, service=service, agreement=agreement, created_at=at)
    return _write(cycle, plan, by=by, at=at)


@transaction.atomic
def change(*, cycle_id: int, by: User, at: datetime, plan: Plan) -> ReviewCycle:
    cycle = ReviewCycle.objects.select_for_update(of=("self",), no_key=True).select_related("team").get(pk=cycle_id)
    permissions.check_run(by, cycle.team_id)
    if plan.form is not None and plan.form.team_id != cycle.team_id:
        raise Invalid("This form belongs to another team.", field="form")
    return _write(cycle, plan, by=by, at=at)


def _write(cycle: ReviewCycle, plan: Plan, *, by: User, at: datetime) -> ReviewCycle:
    _check(cycle, plan, at)
    cycle.weeks, cycle.days_open, cycle.paused = plan.weeks, plan.days_open, plan.paused
    cycle.opens_at = timing.opening(plan.next_on, cycle.team.tz)
    cycle.form = plan.form or form_operations.usual(cycle.team, at=at)
    cycle.save()
    data = {"weeks": cycle.weeks, "days_open": cycle.days_open, "opens_at": cycle.opens_at.isoformat(), "paused": cycle.paused, "form": cycle.form_id}
    audit.record(Event.REVIEW_CYCLE_SET, actor=by, subject=cycle, team_id=cycle.team_id, at=at, data=data)
    return cycle


def _check(cycle: ReviewCycle, plan: Plan, at: datetime) -> None:
    if not 1 <= plan.weeks <= MOST_WEEKS:
        raise Invalid(f"Every 1 to {MOST_WEEKS} weeks.", field="weeks")
    if not 1 <= plan.days_open <= min(MOST_DAYS, plan.weeks * 7):
        raise Invalid("A review ends before the next one opens.", possible=f"At most {min(MOST_DAYS, plan.weeks * 7)} days.", field="days_open")
    is_past = timing.opening(plan.next_on, cycle.team.tz) <= at
    if is_past and not plan.paused:
        raise Invalid("This morning is over.", possible="Choose a day to come, or start a review by hand.", field="next_on")
    if (plan.next_on - cycle.team.local(at).date()).days > 366:
        raise Invalid("This is more than a year away.", possible="Choose an earlier day, or pause it.", field="next_on")
