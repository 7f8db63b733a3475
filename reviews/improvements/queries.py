"""Improvements as their pages, and the page of a review, show them.

For the page of a review (its parts stand outside of any other form, for they hold forms of their own):

- ``showing.rows(of_review(review), at=, zone=team.tz)`` as ``improvements`` for ``improvements/_table.html``, inside a card;
- ``last_done(team)``: the one for “Did the last change work?”, or ``None``; ``showing.shown(it, user=, at=)`` as ``effect``, with ``linked=True``,
  for ``improvements/_effect.html``: a card. That page loads ``sharing.css``, ``improvements.css``, ECharts, ``effect.js`` and ``charts.js``;
- ``to_judge(team)``: what was carried out and waits for a verdict, the longest done first;
- ``open_ones(team)``: what is under way, for the evidence frozen when a review opens.

“Add one” leads to ``/improvements/new/?review=<ref>``, which comes back to the review.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Kind, Membership, Team, User
from reviews.improvements.models import Consent, Improvement, Judgement, Says, Verdict
from reviews.improvements.states import State

if TYPE_CHECKING:
    from django.db.models import Model


def named_now() -> Q:
    """Consents of active people who still belong to a team concerned: who left is never waited for."""
    here = Membership.objects.current().filter(
        Q(team=OuterRef("improvement__team")) | Q(team=OuterRef("improvement__other_team")),
        user=OuterRef("colleague"),
        user__is_active=True,
        user__kind=Kind.PERSON,
    )
    return Q(Exists(here))


def counted(rows: QuerySet[Improvement]) -> QuerySet[Improvement]:
    """With ``agreed`` of ``asked``: those who agreed, of those who agreed or are still waited for."""
    agreed = Q(consents__says=Says.AGREE)
    waited = Q(consents__in=Consent.objects.filter(named_now()))
    return rows.annotate(agreed=Count("consents", filter=agreed), asked=Count("consents", filter=agreed | waited))


def listed(rows: QuerySet[Improvement]) -> QuerySet[Improvement]:
    """What a row of the table shows, with the verdict in ``last_word``."""
    judgements = Prefetch("judgements", Judgement.objects.order_by("-at", "-pk"), to_attr="newest_first")
    return counted(rows).select_related("owner", "service", "agreement__point__service").prefetch_related(judgements)


def of_team(team: Team, *, show: str = "") -> QuerySet[Improvement]:
    """A team's improvements, and those that another team agrees with it. ``show``: “open”, “judge” (done, and not judged) or “ended”."""
    rows = Improvement.objects.filter(Q(team=team) | Q(other_team=team))
    if show == "open":
        rows = rows.still_open()
    elif show == "judge":
        rows = rows.filter(state=State.DONE)
    elif show == "ended":
        rows = rows.filter(state__in=[State.JUDGED, State.WITHDRAWN])
    return listed(rows)


def of_review(review: Model) -> QuerySet[Improvement]:
    """What was proposed in a review, the earliest first."""
    return listed(Improvement.objects.filter(review=review.pk).order_by("created_at", "pk"))


def of_suggestion(suggestion_id: int) -> QuerySet[Improvement]:
    return listed(Improvement.objects.filter(suggestion=suggestion_id).order_by("created_at", "pk"))


def open_ones(team: Team) -> QuerySet[Improvement]:
    """Neither judged nor withdrawn, by the day on which they are due."""
    return listed(Improvement.objects.still_open().filter(team=team).order_by("due_on", "pk"))


def to_judge(team: Team) -> QuerySet[Improvement]:
    return Improvement.objects.filter(team=team, state=State.DONE).select_related("owner").order_by("done_on", "pk")


def last_done(team: Team) -> Improvement | None:
    """The one whose effect is looked at first: the longest done that waits for a verdict, else the one that was judged last."""
    return to_judge(team).first() or Improvement.objects.filter(team=team, state=State.JUDGED).order_by("-ended_at", "-pk").first()


def still_needed(improvement: Improvement) -> QuerySet[Consent]:
    """Those who have not agreed, and are waited for: nothing yet, or *not yet, because*."""
    return Consent.objects.filter(named_now(), improvement=improvement).exclude(says=Says.AGREE)


def left_alone() -> QuerySet[Improvement]:
    """Being agreed, though nobody is waited for any more: those who had not agreed have left."""
    waited = Consent.objects.filter(named_now(), improvement=OuterRef("pk")).exclude(says=Says.AGREE)
    agreed = Consent.objects.filter(improvement=OuterRef("pk"), says=Says.AGREE)
    return Improvement.objects.filter(~Exists(waited), Exists(agreed), state=State.PROPOSED)


def answers(improvement: Improvement) -> QuerySet[Consent]:
    """Everybody named, with ``is_waited_for``."""
    return improvement.consents.annotate(is_waited_for=named_now()).select_related("colleague").order_by("pk")


def concerned(improvement: Improvement, leads: list[int]) -> list[int]:
    """Whom to tell what becomes of it: those named and still here, its owner, and these leads."""
    named = Consent.objects.filter(named_now(), improvement=improvement).values_list("colleague_id", flat=True)
    return [*named, improvement.owner_id, *leads]


def members_of_sides(*team_ids: int | None) -> QuerySet[Membership]:
    """The active colleagues of these teams, leads first, then by name."""
    members = Membership.objects.current().filter(team__in=[pk for pk in team_ids if pk], user__kind=Kind.PERSON, user__is_active=True)
    return members.select_related("user", "team").prefetch_related("job_roles").order_by("level", "user__display_name", "pk")


def is_here(person: User, improvement: Improvement) -> bool:
    return members_of_sides(improvement.team_id, improvement.other_team_id).filter(user=person).exists()


def last_word(improvement: Improvement) -> Judgement | None:
    """The verdict that is no *too early*."""
    return improvement.judgements.exclude(verdict=Verdict.TOO_EARLY).first()


def due_at(at: datetime) -> QuerySet[Improvement]:
    """Those with something that has fallen due."""
    return Improvement.objects.filter(prompts__told_at__isnull=True, prompts__due_at__lte=at).annotate(first=F("pk")).distinct()
