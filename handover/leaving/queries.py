"""What somebody holds, owes and waits for in a team: what the wizard shows, and what leaving has to find a place for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Membership, User
from audit.models import Event as TrailEvent
from handover.actions.models import Action
from handover.checks.models import Check
from handover.due.models import Due, Rule
from handover.events import Event
from handover.followups.models import FollowUp
from handover.handovers.models import Item
from handover.handovers.states import State
from handover.shifts.models import Rostering
from handover.shifts.queries import lead_ids

ITEM = ("action", "giver", "receiver", "receiving_shift", "accepted_by", "handover")


def held(person: User, team_id: int) -> QuerySet[Action]:
    return Action.objects.held_by(person).filter(team=team_id)


def offered(person: User, team_id: int) -> QuerySet[Item]:
    """What they offer and nobody has accepted yet."""
    return Item.objects.on_offer().filter(giver=person, from_team=team_id)


def waiting(person: User, team_id: int) -> QuerySet[Item]:
    """What was offered to them by name."""
    return Item.objects.on_offer().filter(receiver=person, to_team=team_id)


def watched(person: User, team_id: int) -> QuerySet[Item]:
    """What they passed on and have not seen through; what is still on offer is withdrawn instead."""
    return Item.objects.watched_by(person).filter(from_team=team_id, state__in=[State.ACCEPTED, State.ENDED])


def to_decide(person: User, team_id: int) -> QuerySet[FollowUp]:
    return FollowUp.objects.owed().filter(owed_by=person, team=team_id)


def action_ids(person: User, team_id: int, *, watch: bool) -> set[int]:
    """Every action that leaving touches: to be locked before anything is done. Without ``watch``: what going home touches."""
    found = set(held(person, team_id).values_list("pk", flat=True))
    for rows in (offered(person, team_id), waiting(person, team_id), to_decide(person, team_id), *([watched(person, team_id)] if watch else [])):
        found |= set(rows.values_list("action_id", flat=True))
    return found


@dataclass
class Left:
    """All that somebody would leave behind in one team."""

    held: list[Action] = field(default_factory=list)
    offered: list[Item] = field(default_factory=list)
    waiting: list[Item] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    watched: list[Item] = field(default_factory=list)
    to_decide: list[FollowUp] = field(default_factory=list)
    reminders: int = 0
    rosterings: list[Rostering] = field(default_factory=list)

    @property
    def offers(self) -> int:
        return len(self.offered) + len(self.waiting)


def left_behind(place: Membership, at: datetime) -> Left:
    """In a number of statements that does not depend on how much there is."""
    person, team_id = place.user, place.team_id
    on = Rostering.objects.filter(colleague=person, shift__team=team_id, shift__starts_at__gt=at, away="")
    return Left(
        held=list(held(person, team_id).select_related("service").order_by("sort_at", "pk")),
        offered=list(offered(person, team_id).select_related(*ITEM).order_by("pk")),
        waiting=list(waiting(person, team_id).select_related(*ITEM).order_by("pk")),
        checks=list(Check.objects.unanswered().filter(action__in=held(person, team_id)).select_related("action", "giver").order_by("due_at", "pk")),
        watched=list(watched(person, team_id).select_related(*ITEM).order_by("-offered_at", "-pk")),
        to_decide=list(to_decide(person, team_id).select_related("action", "check_answered").order_by("pk")),
        reminders=Due.objects.live().filter(rule=Rule.OWN_REMINDER, person=person, team=team_id).count(),
        rosterings=list(on.select_related("shift").order_by("shift__starts_at", "shift__pk")),
    )


def colleagues(place: Membership) -> QuerySet[User]:
    """Who may take something over: everybody else in the team, by name."""
    members = Membership.objects.current().filter(team=place.team_id)
    found: QuerySet[User] = User.objects.persons().filter(pk__in=members.values("user")).exclude(pk=place.user_id).order_by("display_name", "pk")
    return found


def lead_for(place: Membership, at: datetime) -> User | None:
    """The lead who sees things through where nobody is named: one on shift, else one of the team, else an administrator; never who goes."""
    others = [pk for pk in lead_ids(place.team_id, at) if pk != place.user_id]
    if not others:
        leads = Membership.objects.leads().filter(Q(team=place.team_id) & ~Q(user=place.user_id))
        others = list(leads.order_by("pk").values_list("user_id", flat=True)[:1])
    if not others:
        others = list(User.objects.persons().filter(is_administrator=True).exclude(pk=place.user_id).order_by("pk").values_list("pk", flat=True)[:1])
    return User.objects.get(pk=others[0]) if others else None


def record_of(place: Membership) -> TrailEvent | None:
    """Where the work went: the newest event of leaving, or of going home."""
    events = TrailEvent.objects.about(Membership._meta.label_lower, [place.pk])
    return events.filter(kind__in=[Event.LEFT_TEAM, Event.WENT]).order_by("-id").first()


@dataclass(frozen=True)
class Went:
    """Where the work went, as far as the reader may see it. ``to`` is ``None`` for the pool."""

    held: list[tuple[Action, User | None]]
    watched: list[tuple[Item, User | None]]
    returned: list[Item]
    shifts: int


def where_it_went(user: User, event: TrailEvent) -> Went:
    """What the event of leaving, or of going home, names; in three statements and one for the people."""
    data = event.data
    takers = User.objects.in_bulk({pk for pk in [*data["held"].values(), *data["watched"].values()] if pk})
    held = Action.objects.visible_to(user).filter(pk__in=[int(pk) for pk in data["held"]]).order_by("sort_at", "pk")
    items = Item.objects.visible_to(user).select_related("action", "handover", "giver")
    watched = items.filter(pk__in=[int(pk) for pk in data["watched"]]).order_by("pk")
    return Went(
        held=[(action, takers.get(data["held"][str(action.pk)])) for action in held],
        watched=[(item, takers.get(data["watched"][str(item.pk)])) for item in watched],
        returned=list(items.filter(pk__in=data["returned"]).order_by("pk")),
        shifts=len(data.get("shifts", [])),
    )
