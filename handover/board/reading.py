"""The larger reads of the frame, of My shift, Receive, the watch list and the board, as statements that are put together once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import Membership, User
from common.prepared import prepared
from handover.actions.models import Action, Note
from handover.actions.states import State
from handover.board.watching import watched, with_checks
from handover.checks.models import Check
from handover.handovers.models import Item
from handover.handovers.queries import waiting_for, waiting_list, with_query
from handover.handovers.states import ON_OFFER
from handover.handovers.states import State as ItemState
from handover.notifications.models import Notification

SHOWN = 50  # rows of one list on My shift; its own page has them all
MOST = 200  # cards; the board is a monitor, not a list
CAP = 100  # a count is never more than this: “99+”
ON_CARDS = ("action", "giver", "receiver", "accepted_by", "receiving_shift", "handover")


def somebody(user_id: int, team_ids: list[int] | None) -> User:
    """A user as far as a statement asks for one: by id and teams."""
    user = User(pk=user_id, is_administrator=team_ids is None)
    user.keep_levels(dict.fromkeys(team_ids or [], "member"))
    return user


@prepared
def waiting(user_id: int, team_ids: list[int] | None) -> QuerySet[Item]:
    """What waits for ``user_id`` to accept it, and who asked what about it."""
    return with_query(waiting_list(somebody(user_id, team_ids)))[:SHOWN]


@prepared
def watching(user_id: int) -> QuerySet[Item]:
    """The newest of what ``user_id`` watches; one more than is shown, so that one knows whether there is more."""
    return watched(User(pk=user_id))[: SHOWN + 1]


@prepared
def held_and_pool(user_id: int, team_id: int) -> QuerySet[Action]:
    """What ``user_id`` holds in the team and what lies in its pool, by promise; with what each list says of it."""
    asked = Check.objects.filter(action=OuterRef("pk"), state="asked").order_by("due_at")
    offered = Item.objects.on_offer().filter(action=OuterRef("pk"))
    notes = Note.objects.filter(action=OuterRef("pk"), item__isnull=True).order_by("-at")
    return (
        Action.objects.filter(Q(state=State.HELD, responsible=user_id) | Q(state=State.POOL), team=team_id)
        .annotate(
            asked_ref=Subquery(asked.values("ref")[:1]),
            asked_due_at=Subquery(asked.values("due_at")[:1]),
            asked_by_name=Subquery(asked.values("giver__display_name")[:1]),
            asked_question=Subquery(asked.values("question")[:1]),
            offered_to=Subquery(offered.values("handover__ref")[:1]),
            last_note=Subquery(notes.values("text")[:1]),
        )
        .select_related("service")
        .order_by("sort_at", "pk")[: 2 * SHOWN]
    )


@prepared
def on_the_board(team_id: int, since: datetime) -> QuerySet[Any]:
    """What the team gave and is not over, or ended since then."""
    current = Q(state__in=[*ON_OFFER, ItemState.ACCEPTED]) | Q(state=ItemState.ENDED, ended_at__gte=since)
    items = Item.objects.filter(current, from_team=team_id, imported_from="")
    return with_checks(with_query(items)).select_related(*ON_CARDS).order_by("accept_by", "pk")[:MOST]


@prepared
def to_hand_over(team_id: int) -> QuerySet[Action]:
    """What the team has open, and neither offered nor took over."""
    on_offer = Item.objects.on_offer().filter(from_team=team_id).values("action")
    passed_on = Item.objects.filter(to_team=team_id, state=ItemState.ACCEPTED, imported_from="").values("action")
    held = Action.objects.filter(team=team_id, imported_from="").open().exclude(pk__in=on_offer).exclude(pk__in=passed_on)
    return held.select_related("responsible").order_by("sort_at", "pk")[:MOST]


@prepared
def frame(user_id: int, team_ids: list[int] | None, membership_id: int | None, at: datetime) -> Any:
    """What the frame counts, the person's job roles, and how they like it: one row."""
    user = somebody(user_id, team_ids)
    roles = (
        Membership.objects.filter(pk__in=[membership_id] if membership_id else [])
        .values("pk")
        .annotate(names=StringAgg("job_roles__name", ", "))
        .values("names")
    )
    people = User.objects.filter(pk=user_id).annotate(
        roles=Subquery(roles),
        receiving=_count(waiting_for(user)),
        watching=_count(Item.objects.watched_by(user)),
        standing=_count(Notification.objects.visible_to(user).standing(at)),
    )
    return people.values("roles", "receiving", "watching", "standing", "preference__theme", "preference__shortcuts")


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many rows, at most ``CAP``, as a part of another statement."""
    capped = rows.order_by().values("pk")[:CAP]
    counted = rows.model._base_manager.filter(pk__in=capped).order_by().annotate(one=Value(1)).values("one").annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
