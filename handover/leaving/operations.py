"""Somebody leaves a team, or goes home in mid-shift: first their work gets its place, then they go. All of it or nothing.

Locks: the team's rota, every action concerned in the order of its key, then the membership. While the membership is locked the
database lets nobody give its colleague anything more, so what was found is all there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import operations as accounts
from accounts.models import Membership, User
from audit import operations as audit
from common.errors import Invalid, Refusal
from handover.actions import operations as actions
from handover.actions.models import Action
from handover.actions.states import State as ActionState
from handover.due import operations as due
from handover.due.models import Due, Rule
from handover.due.operations import Owed
from handover.events import Event
from handover.handovers import operations as handovers
from handover.handovers.brief import Decline
from handover.handovers.models import Item
from handover.handovers.states import ON_OFFER, State
from handover.leaving import belongings, permissions, queries
from handover.moves import departure
from handover.moves.departure import Departure
from handover.moves.receiving import wanted_for
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts import absence_operations, eligibility
from handover.shifts.changes import roster_changes
from handover.shifts.queries import Slot, leads_to_tell, timetable

ENDED, GONE = "membership_ended", "gone_home"
TRIES = 10


@dataclass(frozen=True)
class Plan:
    """Who gets what. ``to``: by the id of an action, ``None`` for the pool; what is not named there goes to ``otherwise``.

    ``watch_to`` sees through what they passed on; without one, the lead on shift.
    """

    to: Mapping[int, User | None] = field(default_factory=dict)
    otherwise: User | None = None
    watch_to: User | None = None
    reason: str = ""

    def taker(self, action_id: int) -> User | None:
        return self.to.get(action_id, self.otherwise)


@dataclass
class _Went:
    """Where it went, for the event and for who is told."""

    held: dict[int, int | None] = field(default_factory=dict)
    returned: list[int] = field(default_factory=list)
    watched: dict[int, int] = field(default_factory=dict)
    decisions: list[int] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        return {"held": self.held, "returned": self.returned, "watched": self.watched, "decisions": self.decisions}


class _MoreCameIn(Exception):
    """Something was given to them between the look and the lock."""


@transaction.atomic
def leave(*, membership_id: int, by: User, at: datetime, plan: Plan | None = None) -> Membership:
    """Their place in the team ends. Refused for the only lead. Leaving twice changes nothing; being invited again begins anew."""
    plan = plan or Plan()
    place = Membership.objects.select_related("user", "team").get(pk=membership_id)
    permissions.check_end(by, place)
    if place.ended_at is not None:
        return place
    accounts.check_a_lead_stays(place)
    watcher = _watcher(place, plan, at)
    with roster_changes(team_id=place.team_id, by=by, at=at):
        place, locked = _lock(place, watch=True)
        if place.ended_at is not None:
            return place
        gone = Departure(place.user, by, at, ENDED, _words(f"{place.user.display_name} has left the team.", plan))
        went = _hand_on(place, locked, plan=plan, watcher=watcher, gone=gone, watch=True)
        swaps = belongings.withdraw_swaps(place, by=by, at=at)
        shifts = belongings.take_off_the_rota(place, by=by, at=at)
        notifications.settle_for(place.user, team_id=place.team_id, at=at)
        answers = belongings.pass_answers(place, to=watcher, by=by, at=at)
        accounts.end_membership(membership_id=place.pk, by=by, at=at, data={"rule": ENDED})
        data = {
            **went.data(),
            "shifts": shifts,
            "swaps": swaps,
            "answers": answers,
            "watcher": watcher.pk if watcher else None,
            "reason_given": bool(plan.reason),
        }
        audit.record(Event.LEFT_TEAM, actor=by, subject=place, team_id=place.team_id, at=at, data=data)
    _tell(place, went, by=by, at=at, what=place.team.name)
    _tell_where_nobody_is_left(place, at)
    return Membership.objects.select_related("user", "team").get(pk=place.pk)


@transaction.atomic
def go_home(*, membership_id: int, by: User, at: datetime, plan: Plan | None = None) -> Membership:
    """“I have to go now”: ill, or called away. They are away for the rest of their shift, and hold nothing until they are back.

    What they watch stays theirs; what they owe a decision on goes to the lead. Saying it twice changes nothing.
    """
    plan = plan or Plan()
    place = Membership.objects.select_related("user", "team").get(pk=membership_id)
    permissions.check_go(by, place)
    if place.ended_at is not None:
        raise Refusal(f"{place.user.display_name} has left the team.", possible="Nothing is left to hand over.")
    watcher = _watcher(place, plan, at)
    with roster_changes(team_id=place.team_id, by=by, at=at):
        slot = timetable(place.team_id, at).of(place.user_id, at)
        place, locked = _lock(place, watch=False)
        if not locked and slot is None:
            return place
        gone = Departure(place.user, by, at, GONE, _words(f"{place.user.display_name} had to go.", plan))
        went = _hand_on(place, locked, plan=plan, watcher=watcher, gone=gone, watch=False)
        absence = _be_away(place, slot, by=by, at=at, reason=plan.reason)
        data = {**went.data(), "shift": slot.id if slot else None, "absence": absence, "reason_given": bool(plan.reason)}
        audit.record(Event.WENT, actor=by, subject=place, team_id=place.team_id, at=at, data=data)
    _tell_where_nobody_is_left(place, at)
    _tell(place, went, by=by, at=at, what=f"away for the rest of {slot.name}" if slot else place.team.name)
    return place


@transaction.atomic
def close_account(*, person_id: int, by: User, at: datetime, reason: str = "") -> User:
    """An administrator closes an account: they leave every team, what they hold goes to the pools, and nobody signs in to it any more."""
    person = User.objects.get(pk=person_id)
    permissions.check_close_account(by, person)
    accounts.check_deactivate(by, person)
    places = Membership.objects.current().filter(user=person).order_by("team_id")
    for membership_id in list(places.values_list("pk", flat=True)):
        leave(membership_id=membership_id, by=by, at=at, plan=Plan(reason=reason))
    belongings.end_feeds(person, at=at)
    return accounts.deactivate_person(person_id=person.pk, by=by, at=at)


# --- What the above is made of ------------------------------------------------------------------------------------------


def _words(sentence: str, plan: Plan) -> str:
    return f"{sentence} {plan.reason.strip()}".strip()


def _watcher(place: Membership, plan: Plan, at: datetime) -> User | None:
    """Who sees through what they passed on."""
    if plan.watch_to is None:
        return queries.lead_for(place, at)
    if plan.watch_to.pk == place.user_id or not plan.watch_to.belongs_to_as_member(place.team_id):
        raise Invalid(f"{plan.watch_to.display_name} cannot see this through.", possible="Choose another colleague of the team.", field="watch_to")
    return plan.watch_to


def _lock(place: Membership, *, watch: bool) -> tuple[Membership, list[Action]]:
    """Every action concerned, locked in the order of its key, then the place. Where more came in meanwhile: let go of all, and again."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                wanted = queries.action_ids(place.user, place.team_id, watch=watch)
                locked = [actions.lock(pk) for pk in sorted(wanted)]
                there = accounts.lock_membership(place.pk)
                if not queries.action_ids(place.user, place.team_id, watch=watch) <= wanted:
                    raise _MoreCameIn
                return there, locked
        except _MoreCameIn:
            continue
    raise Refusal("Too much is going on with their actions just now.", possible="Try again in a moment.")


def _hand_on(place: Membership, locked: list[Action], *, plan: Plan, watcher: User | None, gone: Departure, watch: bool) -> _Went:
    went = _Went()
    _check_named(place, locked, plan)
    watched = set(queries.watched(place.user, place.team_id).values_list("pk", flat=True)) if watch else set()
    for action in locked:
        for item in handovers.lock_of(action, states_in=ON_OFFER):
            if item.receiver_id == place.user_id and item.to_team_id == place.team_id:
                departure.return_offer(action, item, gone=gone)
                went.returned.append(item.pk)
        if action.state == ActionState.HELD and action.responsible_id == place.user_id and action.team_id == place.team_id:
            to = plan.taker(action.pk)
            departure.pass_on(action, to=to, gone=gone)
            went.held[action.pk] = to.pk if to else None
        for item in handovers.lock_of(action, states_in=[State.ACCEPTED, State.ENDED]):
            if item.pk in watched and watcher is not None:
                departure.pass_watch(action, item, to=watcher, gone=gone)
                went.watched[item.pk] = watcher.pk
        if not watch and watcher is not None and (owed := departure.pass_decision(action, to=watcher, gone=gone)):
            went.decisions.append(owed)
    return went


def _check_named(place: Membership, locked: list[Action], plan: Plan) -> None:
    """Only what they hold is named: else the action that was meant would go where the others go, and nobody would notice."""
    if strange := set(plan.to) - {action.pk for action in locked if action.responsible_id == place.user_id}:
        refs = ", ".join(Action.objects.filter(pk__in=strange).order_by("pk").values_list("ref", flat=True))
        raise Invalid(f"{place.user.display_name} does not hold {refs}.", possible="Name only what they hold now.", field="to")


def _be_away(place: Membership, slot: Slot | None, *, by: User, at: datetime, reason: str) -> int | None:
    """Away until the end of the shift that they are on; return the absence's id."""
    if slot is None:
        return None
    absence, _ = absence_operations.be_away(
        team=place.team, colleague=place.user, by=by, at=at, starts_at=at, ends_at=slot.ends_at, whole_days=False, reason=reason.strip()
    )
    return absence.pk


def _tell(place: Membership, went: _Went, *, by: User, at: datetime, what: str) -> None:
    """The leads, and who watches from now on, once each; who was given an action hears of each by itself."""
    people = {*leads_to_tell([place.team_id], at)[place.team_id], *went.watched.values()} - {by.pk, place.user_id}
    notifications.tell(Kind.LEFT_TEAM, to=sorted(people), about=place, by=place.user, what=what, team_id=place.team_id, path=f"/leaving/{place.pk}/", at=at)


def _tell_where_nobody_is_left(place: Membership, at: datetime) -> None:
    """Offers to a shift that they were the last to be able to take: the lead is told at once."""
    for item in Item.objects.on_offer().filter(to_team=place.team_id, receiving_shift__isnull=False).order_by("pk"):
        want, table = wanted_for(item, at=at)
        said_no = set(Decline.objects.filter(item=item, undone_at__isnull=True).values_list("colleague_id", flat=True))
        waits = Due.objects.live().about(item).filter(rule=Rule.NO_ONE_ELIGIBLE).exists()
        if not waits and not eligibility.eligible_ids(want, giver_id=item.giver_id, table=table, without=said_no):
            due.owe(Owed(Rule.NO_ONE_ELIGIBLE, item, item.from_team_id, at), at=at)
            due.ring()
