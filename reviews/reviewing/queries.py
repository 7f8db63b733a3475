"""Reviews as their pages show them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Membership, Team, User
from reviews.improvements import queries as improvements
from reviews.improvements.models import Improvement
from reviews.reviewing.models import Answer, Participant, Review, ReviewQuestion
from reviews.suggestions.models import Decision, Suggestion

ABOUT = ("team", "other_team", "service", "agreement__point__service", "point__service", "concluded_by", "opened_by")


def counted(rows: QuerySet[Review]) -> QuerySet[Review]:
    """With ``asked`` and ``given``: those who gave their view, of those who did or are still waited for. Who left without giving one is not counted."""
    here = Membership.objects.current().filter(user=OuterRef("participants__person"), team=OuterRef("participants__team"), user__is_active=True)
    given = Q(participants__given_at__isnull=False)
    return rows.annotate(given=Count("participants", filter=given), asked=Count("participants", filter=given | Q(Exists(here))))


def of_team(team: Team, *, show: str = "") -> QuerySet[Review]:
    """A team's reviews, and those in which another team asks it too. ``show``: “open” or “concluded”."""
    rows = Review.objects.filter(Q(team=team) | Q(other_team=team))
    if show in ("open", "concluded"):
        rows = rows.filter(concluded_at__isnull=show == "open")
    return counted(rows).select_related(*ABOUT)


def found(user: User, ref: str) -> Review:
    """The review as its page shows it. Raises ``Review.DoesNotExist`` for one that the user may not see."""
    return counted(Review.objects.visible_to(user)).select_related(*ABOUT).get(ref=ref)


def participant(review: Review, user: User) -> Participant | None:
    rows = Participant.objects.select_related("remark_answered_by").prefetch_related("answers")
    return rows.filter(review=review, person=user).first()


def questions(review: Review, *, with_views: bool) -> list[ReviewQuestion]:
    """In their order; with every view given, in ``views``, where the reader may read those."""
    rows = ReviewQuestion.objects.filter(review=review)
    if not with_views:
        return list(rows)
    views = Answer.objects.select_related("participant__person").order_by("participant__given_at", "pk")
    return list(rows.prefetch_related(Prefetch("answers", views, to_attr="views")))


def waited_for(review: Review) -> list[Participant]:
    return list(Participant.objects.filter(review=review).waited_for().select_related("person").order_by("person__display_name"))


def remarks(review: Review) -> list[Participant]:
    """What colleagues said about their own figures, for leads; unanswered first."""
    rows = Participant.objects.filter(review=review, remarked_at__isnull=False).select_related("person", "remark_answered_by")
    return sorted(rows, key=lambda one: (one.remark_answered_at is not None, one.remarked_at))


def taken_in(review: Review) -> list[Suggestion]:
    return list(Suggestion.objects.filter(review=review).select_related("author").order_by("pk"))


def under_way(user: User, review: Review) -> QuerySet[Improvement]:
    """What had been agreed before, and was still open when the review opened."""
    refs = review.evidence.get("improvements", [])
    return improvements.listed(Improvement.objects.visible_to(user).filter(ref__in=refs).exclude(review=review)).order_by("due_on", "pk")


def waiting_suggestions(team_id: int) -> QuerySet[Suggestion]:
    """Promised to the next review, and not taken in by one yet."""
    return Suggestion.objects.filter(team_id=team_id, decision=Decision.IN_REVIEW, review__isnull=True)


def next_opening(team: Team) -> datetime | None:
    """When the next review of this team opens by itself."""
    first: datetime | None = team.review_cycles.filter(paused=False).order_by("opens_at").values_list("opens_at", flat=True).first()
    return first
