"""Reviews by the REST API. Reading only: people give views and conclude, on the page."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, SinceFilters
from accounts.rows import PersonRow
from audit.queries import touched
from common.bodies import IdField, YesNoField
from reviews.improvements import queries as improvements
from reviews.reviewing import operations, permissions, queries
from reviews.reviewing.models import Review, ReviewQuestion
from reviews.reviewing.rows import ReviewRow, ReviewWhole
from reviews.sharing.figures import FIGURES
from reviews.sharing.measuring import Measured


class ReviewFilters(SinceFilters):
    team = IdField(required=False)
    concluded = YesNoField(required=False)


class ReviewViewSet(Listed, Doors):
    """How teams look at the way they share their work."""

    http_method_names = ("get", "head", "options")
    queryset = Review.objects.all()
    row, whole, id_name = ReviewRow, ReviewWhole, "review_id"
    filters, sort = ReviewFilters, "opened_at"

    @extend_schema(parameters=[ReviewFilters], responses=ReviewRow(many=True))
    def list(self, request: Request) -> Any:
        """Your teams' reviews, the latest first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[Review], **wanted: Any) -> QuerySet[Review]:
        since, concluded = (wanted.pop(name, None) for name in ("updated_since", "concluded"))
        rows = rows.filter(**wanted)
        if concluded is not None:
            rows = rows.filter(concluded_at__isnull=not concluded)
        return rows.filter(pk__in=touched(Review, since, self.request.user.team_ids())) if since else rows

    @extend_schema(responses=ReviewWhole)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One review: the figures as they stood when it opened, its questions, and what was said."""
        shown = ReviewRow.one_of(Review.objects, pk=self.found())
        review = queries.found(request.user, ref)
        mine = queries.participant(review, request.user)
        with_views = permissions.may_read_views(request.user, review, mine, timezone.now())
        questions = queries.questions(review, with_views=with_views or not review.is_open)
        more = {
            "asked": review.asked,
            "given": review.given,
            "figures": [figure(review, name) for name in FIGURES if name in review.evidence.get("figures", {})],
            "questions": [question(one, with_views=with_views, with_counts=with_views or not review.is_open) for one in questions],
            "improvements": [one.ref for one in improvements.of_review(review)],
            "suggestions": [one.ref for one in queries.taken_in(review)],
        }
        return Response({**shown, **more})


def figure(review: Review, name: str) -> dict[str, Any]:
    kept = {when: Measured(*numbers) for when, numbers in review.evidence["figures"][name].items()}
    now = kept["now"]
    numbers = {"numerator": None, "denominator": None} if now.hidden else {"numerator": now.numerator, "denominator": now.denominator}
    return {
        "name": name,
        "value": now.share,
        **numbers,
        "value_before": kept["before"].share if "before" in kept else None,
        "value_all": kept["all"].share if "all" in kept else None,
    }


def question(one: ReviewQuestion, *, with_views: bool, with_counts: bool) -> dict[str, Any]:
    given = one.views if with_counts else []
    chosen = [view.choice for view in given]
    counts = [{"choice": choice, "count": chosen.count(choice)} for choice in operations.choices(one)] if with_counts else []
    said = [{"by": PersonRow.of(view.participant.person), "choice": view.choice, "words": view.words} for view in given] if with_views else []
    about = {"position": one.position, "question": one.question, "kind": one.kind, "evidence": one.evidence}
    return {**about, "chosen": counts, "views": said}
