"""``/reviews/<ref>/minutes.pdf``: a review to keep on paper, for who may read everybody's views."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import User
from handover.reports.content import stamp
from reviews.improvements import queries as improvements
from reviews.improvements import showing as improving
from reviews.reviewing import minutes_operations, operations, queries
from reviews.reviewing.minutes import Asked, Minutes, evidence_words, pdf_of
from reviews.reviewing.models import Review, ReviewQuestion
from reviews.reviewing.showing import Shown, said_by
from reviews.reviewing.views import find
from reviews.sharing.wording import period


@require_GET
def minutes(request: HttpRequest, ref: str) -> HttpResponse:
    """That somebody took them out of the product is in the trail."""
    found, at, user = find(request, ref), timezone.now(), request.user
    minutes_operations.take(review=found, by=user, at=at)
    made = pdf_of(minutes_of(found, user, at))
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="review-{found.ref}.pdf"'})


def minutes_of(review: Review, user: User, at: datetime) -> Minutes:
    """The review as it stands, for this reader."""
    zone, evidence = review.team.tz, Shown(review, user, at=at, linked=False)
    teams = f"{review.team} and {review.other_team}" if review.other_team else str(review.team)
    about = review.agreement.point.name if review.agreement else review.point.name if review.point else str(review.service or "")
    handovers = f"{evidence.given} handover{'' if evidence.given == 1 else 's'}"
    last = improvements.last_done(review.team)
    state = f"Concluded {stamp(review.concluded_at, zone)}" if review.concluded_at else f"Open until {stamp(review.closes_at, zone)}"
    return Minutes(
        ref=review.ref,
        team=teams,
        title=review.title,
        looked_at=f"{', '.join(part for part in (period(review.since, review.last_day), handovers, about) if part)}.",
        state=state,
        took_part=f"{review.given} of {review.asked} gave a view.",  # type: ignore[attr-defined]
        printed=f"Printed {stamp(at, zone)} by {user.display_name}.",
        is_open=review.is_open,
        asked=[asked(question, evidence) for question in queries.questions(review, with_views=True)],
        conclusion=review.conclusion,
        concluded=f"{review.concluded_by}, {stamp(review.concluded_at, zone)}" if review.concluded_at else "",
        improvements=[improved(row) for row in improving.rows(improvements.of_review(review), at=at, zone=zone)],
        suggestions=[(one.ref, one.words, f"({one.get_decision_display()})" if one.decision else "") for one in queries.taken_in(review)],
        effect=effect_of(improving.shown(last, user=user, at=at)) if last is not None else [],
    )


def asked(question: ReviewQuestion, evidence: Shown) -> Asked:
    views = question.views  # type: ignore[attr-defined]
    counts = said_by(question, operations.choices(question)) if views else []
    return Asked(question.question, counts, [one.words for one in views if one.words], list(evidence_words(evidence.beside(question))))


def improved(row: dict[str, Any]) -> dict[str, Any]:
    one = row["improvement"]
    measure = f"{row['measure']} ({row['place']})" if row["place"] else row["measure"]
    state = f"{row['chip'].word} ({row['agreed']} of {row['asked']} agreed)"
    return {"change": f"{one.change} {one.ref}", "owner": str(one.owner), "by": row["by"], "measure": measure, "state": state}


def effect_of(shown: dict[str, Any]) -> list[dict[str, str]]:
    """Before, after and the difference, with how sure that is."""
    improvement = shown["improvement"]
    lines = (
        ("Change", f"{improvement.change} {improvement.ref}, owner {improvement.owner}"),
        ("Before", f"{shown['before']}, {shown['before_days']}"),
        ("After", f"{shown['after']}, {shown['after_days']}"),
        ("Difference", f"{shown['difference']}. {shown['method']} Other things may have changed in these weeks, too."),
        ("Verdict", "; ".join(f"{chip.word} ({one.by})" for one, chip in shown["judged"]) or "Not judged yet"),
    )
    return [{"what": what, "words": words} for what, words in lines]
