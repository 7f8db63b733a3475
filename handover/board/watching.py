"""The watch list: what I passed on and have not seen through, each with its check and what is to be decided, in one statement."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import User
from handover.checks.models import Check
from handover.followups.models import FollowUp
from handover.handovers.models import Item
from handover.handovers.queries import PEOPLE, with_query


def with_checks(items: QuerySet[Item]) -> QuerySet[Item]:
    """Adds the unanswered check (``check_ref``, ``check_due_at``, ``check_state``), the latest answer, and the follow-up that is owed.

    ``check_at`` is the giver's wish; ``check_due_at`` what was set.
    """
    unanswered = Check.objects.unanswered().filter(item=OuterRef("pk"))
    answered = Check.objects.filter(item=OuterRef("pk"), state="answered").order_by("-answered_at")
    owed = FollowUp.objects.owed().filter(action=OuterRef("action_id"))
    return items.annotate(
        check_ref=Subquery(unanswered.values("ref")[:1]),
        check_due_at=Subquery(unanswered.values("due_at")[:1]),
        check_state=Subquery(unanswered.values("state")[:1]),
        last_outcome=Subquery(answered.values("outcome")[:1]),
        last_words=Subquery(answered.values("words")[:1]),
        last_check_ref=Subquery(answered.values("ref")[:1]),
        follow_up_ref=Subquery(owed.values("ref")[:1]),
        follow_up_owed_by=Subquery(owed.values("owed_by")[:1]),
        follow_up_check_ref=Subquery(owed.values("check_answered__ref")[:1]),
    )


def watched(user: User) -> QuerySet[Item]:
    """The watch list of ``user``, newest offer first."""
    return with_checks(with_query(Item.objects.watched_by(user))).select_related(*PEOPLE).order_by("-offered_at", "-pk")
