"""The invariants of the domain that data can show, each one question to the database. Reads only; for an operator and for the tests.

They hold for Baton's own moves: imported history starts them when Baton's first own move on an action does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import Membership
from accounts.models.people import Kind as UserKind
from handover.actions.models import OPEN, Action
from handover.actions.states import State as ActionState
from handover.checks.models import Check
from handover.checks.states import FINAL, UNANSWERED, Outcome
from handover.checks.states import State as CheckState
from handover.due.models import Due, DueQuerySet, Rule
from handover.due.queries import AppNow
from handover.events import Event
from handover.followups.models import FollowUp
from handover.handovers.brief import Answer, Brief, Query
from handover.handovers.models import Item
from handover.handovers.states import ON_OFFER, State
from handover.notifications.models import Kind, Notification

OTHER_LOGS = [UserKind.IMPORTED, UserKind.AUTOMATIC]


@dataclass(frozen=True)
class Broken:
    """One record that breaks an invariant. ``number`` is the one of the domain."""

    number: int
    ref: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.ref}: {self.sentence} (invariant {self.number})"


def _broken(number: int, sentence: str, rows: QuerySet[Model] | Iterable[str], ref: str = "ref") -> list[Broken]:
    refs = rows.values_list(ref, flat=True).order_by(ref).distinct() if isinstance(rows, QuerySet) else rows
    return [Broken(number, str(one), sentence) for one in refs]


def _row(subject: str, *rules: Rule) -> DueQuerySet:
    """Due rows of these rules about the row that is asked for."""
    return Due.objects.all().filter(rule__in=rules, subject_type=subject, subject_id=OuterRef("pk"))


def _runs(subject: str, rule: Rule, since: str) -> Q:
    """A clock of two steps is running, or both were told since the instant in the field ``since``."""
    rows = _row(subject, rule)
    return Q(Exists(rows.live())) | Q(Exists(rows.filter(step=2, fired_at__isnull=False, created_at__gte=OuterRef(since))))


def _own_items() -> QuerySet[Item]:
    return Item.objects.filter(imported_from="")


# --- Who is responsible -------------------------------------------------------------------------------------------------


def an_open_action_has_one_holder() -> list[Broken]:
    """1: an active member of its team. (A name from another system's log holds what that log says.)"""
    place = Membership.objects.current().filter(team=OuterRef("team"), user=OuterRef("responsible"), user__is_active=True, user__kind=UserKind.PERSON)
    held = Action.objects.filter(state=ActionState.HELD).exclude(~Q(imported_from=""), responsible__kind__in=OTHER_LOGS)
    return _broken(1, "Whoever holds it is not an active member of its team.", held.exclude(Exists(place)))


def a_clock_runs_for_what_nobody_holds() -> list[Broken]:
    moved = Exists(_own_items().filter(action=OuterRef("pk")))
    pool = Action.objects.filter(Q(imported_from="") | moved, state=ActionState.POOL)
    return _broken(1, "It lies in the pool and no clock runs.", pool.exclude(_runs("action", Rule.POOL, "held_since")))


HOLDERS = """
WITH moved AS (
    SELECT event.id, coalesce(item.action_id, follow_up.action_id, event.subject_id) AS action_id,
        CASE WHEN event.data ? 'to' THEN event.data->>'to' ELSE event.data->>'holder' END AS holder
    FROM audit_event event
    LEFT JOIN handover_item item ON event.subject_type = 'handover.item' AND item.id = event.subject_id
    LEFT JOIN handover_followup follow_up ON event.subject_type = 'handover.followup' AND follow_up.id = event.subject_id
    WHERE event.kind = ANY(%s) AND (event.data ? 'to' OR event.data ? 'holder')
), latest AS (
    SELECT DISTINCT ON (action_id) action_id, holder FROM moved ORDER BY action_id, id DESC
)
SELECT action.ref FROM handover_action action LEFT JOIN latest ON latest.action_id = action.id
WHERE CASE WHEN latest.action_id IS NULL THEN action.imported_from = '' ELSE latest.holder IS DISTINCT FROM action.responsible_id::text END
ORDER BY action.id
"""
MOVE_IT = [Event.CREATED, Event.CLAIMED, Event.REASSIGNED, Event.REOPENED, Event.ACCEPTED, Event.LAPSED, Event.TAKEN_BACK, Event.DECIDED]


def responsibility_moves_only_with_an_event() -> list[Broken]:
    """2 and 9: the latest holder according to the trail is who holds the action (or held it last)."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, [[str(kind) for kind in MOVE_IT]])
        return _broken(9, "The trail names somebody else as its holder.", [ref for (ref,) in cursor.fetchall()])


# --- Offers -------------------------------------------------------------------------------------------------------------


def an_action_has_one_open_offer() -> list[Broken]:
    several = Action.objects.annotate(offers=Count("items", filter=Q(items__state__in=ON_OFFER))).filter(offers__gt=1)
    return _broken(3, "It is on offer more than once.", several)


def what_is_on_offer_is_open_and_still_the_givers() -> list[Broken]:
    """The giver stays responsible until somebody accepts; what an integration offers may lie in the pool. Nothing is to be decided first."""
    givers = Q(action__responsible=F("giver")) | Q(action__state=ActionState.POOL, giver__kind=UserKind.INTEGRATION)
    undecided = Exists(FollowUp.objects.owed().filter(action=OuterRef("action")))
    wrong = Item.objects.on_offer().filter(~Q(action__state__in=OPEN) | ~givers | undecided)
    return _broken(2, "It is on offer, and its giver does not hold the action.", wrong)


def a_clock_runs_for_every_offer() -> list[Broken]:
    silent = Item.objects.on_offer().exclude(Exists(_row("item", Rule.OFFER_LAPSES).live()))
    return _broken(1, "It is on offer, and nothing says when that ends.", silent)


def a_question_is_open_where_the_item_says_so() -> list[Broken]:
    asked = Exists(Query.objects.filter(item=OuterRef("pk"), answered_at__isnull=True))
    wrong = Item.objects.on_offer().filter(Q(asked, state=State.OFFERED) | Q(~asked, state=State.QUERIED))
    return _broken(9, "Its state and its questions differ.", wrong)


def nobody_receives_from_themselves() -> list[Broken]:
    return _broken(7, "Giver and receiver are the same.", Item.objects.filter(Q(receiver=F("giver")) | Q(accepted_by=F("giver"), imported_from="")))


def no_must_is_missing() -> list[Broken]:
    """6: in what a person sent. What a rule sent goes as it is."""
    unanswered = Exists(Answer.objects.filter(brief__item=OuterRef("pk"), need="must", text=""))
    empty = Exists(Brief.objects.filter(Q(situation="") | Q(next_step=""), item=OuterRef("pk")))
    return _broken(6, "It was sent with a required detail missing.", _own_items().filter(unanswered | empty, handover__rule=""))


def what_a_rule_offers_was_offered_by_nobody() -> list[Broken]:
    """2: an envelope that a rule made says so, and names no person who pressed."""
    wrong = _own_items().filter(~Q(handover__rule=""), offered_by__isnull=False) | _own_items().filter(handover__rule="", offered_by__isnull=True)
    return _broken(2, "It does not say whether a rule or a person offered it.", wrong)


# --- Put off and carried over -------------------------------------------------------------------------------------------


def what_is_put_off_comes_back() -> list[Broken]:
    """8: one row brings it back at its time; what is on offer is not put off."""
    row = Exists(_row("action", Rule.RESUMES).live().filter(due_at=OuterRef("put_off_until")))
    on_offer = Exists(Item.objects.on_offer().filter(action=OuterRef("pk")))
    put_off = Action.objects.filter(put_off_until__isnull=False)
    return _broken(8, "It is put off, and nothing brings it back.", put_off.filter(~row | on_offer))


def what_was_carried_too_far_is_told() -> list[Broken]:
    """8: a row told whoever has to decide, or is about to."""
    told = Exists(_row("action", Rule.CARRIED).filter(cancelled_at__isnull=True, created_at__gte=OuterRef("carried_at")))
    return _broken(8, "It was carried too far, and nobody is told.", Action.objects.to_be_decided().filter(carried_at__isnull=False).exclude(told))


# --- Seeing it through --------------------------------------------------------------------------------------------------


def what_was_accepted_is_checked_or_to_be_decided() -> list[Broken]:
    """4: an accepted item has one unanswered check; while a follow-up is owed, that stands in its place."""
    unanswered = Exists(Check.objects.unanswered().filter(item=OuterRef("pk")))
    undecided = Exists(FollowUp.objects.owed().filter(action=OuterRef("action")))
    accepted = _own_items().filter(state=State.ACCEPTED)
    wrong = accepted.filter(Q(unanswered, undecided) | Q(~unanswered, ~undecided) | ~Q(action__state__in=OPEN))
    return _broken(4, "It was accepted, and no check asks whether it was completed.", wrong)


def only_what_was_accepted_is_checked() -> list[Broken]:
    return _broken(4, "It asks about what is over.", Check.objects.unanswered().exclude(item__state=State.ACCEPTED, action__state__in=OPEN))


def what_ended_has_an_outcome_that_its_giver_knows() -> list[Broken]:
    """Its giver, or who watches it since the giver left."""
    knows = Q(recipient=OuterRef("giver")) | Q(recipient=OuterRef("watcher"))
    told = Exists(Notification.objects.filter(knows, kind=Kind.OUTCOME, subject_type="item", subject_id=OuterRef("pk")))
    ended = _own_items().filter(state=State.ENDED)
    themselves = Q(ended_by=F("giver")) | Q(ended_by=Coalesce("watcher", "giver"))
    wrong = ended.filter(~Q(outcome__in=FINAL) | Q(action__state__in=OPEN) | (~told & ~themselves))
    return _broken(4, "It ended, and its giver was not told of a final outcome.", wrong)


def what_could_not_be_completed_has_a_follow_up() -> list[Broken]:
    follow_up = Exists(FollowUp.objects.filter(action=OuterRef("action"), owed_at=OuterRef("answered_at")))
    return _broken(5, "It was answered “unable”, and nothing follows.", Check.objects.filter(outcome=Outcome.UNABLE).exclude(follow_up))


def nothing_closes_undecided() -> list[Broken]:
    return _broken(5, "It is closed, and what happens next was never decided.", FollowUp.objects.owed().exclude(action__state__in=OPEN), "action__ref")


# --- What falls due -----------------------------------------------------------------------------------------------------


def a_clock_runs_for_every_check() -> list[Broken]:
    unanswered = Check.objects.unanswered()
    silent = unanswered.filter(~Exists(_row("check", Rule.CHECK).live()), state=CheckState.SET)
    forgotten = unanswered.filter(state=CheckState.ASKED).exclude(_runs("check", Rule.CHECK_NOT_ANSWERED, "set_at"))
    return _broken(8, "Nothing puts it at its time.", silent) + _broken(8, "It was asked, and no clock runs for its answer.", forgotten)


def a_clock_runs_for_every_decision() -> list[Broken]:
    silent = FollowUp.objects.owed().exclude(_runs("followup", Rule.FOLLOW_UP, "owed_at"))
    return _broken(8, "It is to be decided, and no clock runs.", silent)


def a_promise_to_come_is_told() -> list[Broken]:
    row = _row("action", Rule.PROMISE).live().filter(step=2, due_at=OuterRef("promised_by"))
    to_come = Action.objects.open().filter(imported_from="", promised_by__gt=AppNow())
    return _broken(8, "Nobody will be told when its promise passes.", to_come.exclude(Exists(row)))


def nothing_is_owed_about_what_is_over() -> list[Broken]:
    """What nobody needs any more is cancelled in the transaction that made it so. (One's own reminders find that out when they fire.)"""
    over = [
        (Action.objects.exclude(state__in=OPEN), "action", [Rule.PROMISE, Rule.POOL, Rule.LAPSE, Rule.CARRIED]),
        (Action.objects.filter(put_off_until__isnull=True), "action", [Rule.RESUMES]),
        (Action.objects.filter(state=ActionState.HELD), "action", [Rule.POOL]),
        (Action.objects.filter(state=ActionState.POOL), "action", [Rule.LAPSE]),
        (Item.objects.exclude(state__in=ON_OFFER), "item", [Rule.NOT_ACCEPTED, Rule.OFFER_LAPSES, Rule.QUERY, Rule.NO_ONE_ELIGIBLE]),
        (Item.objects.exclude(state=State.QUERIED), "item", [Rule.QUERY]),
        (Check.objects.exclude(state__in=UNANSWERED), "check", [Rule.CHECK, Rule.CHECK_NOT_ANSWERED]),
        (Check.objects.filter(state=CheckState.ASKED), "check", [Rule.CHECK]),
        (FollowUp.objects.filter(decided_at__isnull=False), "followup", [Rule.FOLLOW_UP]),
    ]
    refs = (ref for rows, subject, rules in over for ref in rows.filter(Exists(_row(subject, *rules).live())).order_by("ref").values_list("ref", flat=True))
    return _broken(8, "Something is still owed about it that nobody needs.", refs)


def what_is_owed_is_told_in_the_actions_team() -> list[Broken]:
    rows = _row("action", Rule.PROMISE, Rule.POOL, Rule.LAPSE).live()
    return _broken(8, "What falls due about it would be told in another team.", Action.objects.filter(Exists(rows.exclude(team=OuterRef("team")))))


INVARIANTS: tuple[Callable[[], list[Broken]], ...] = (
    an_open_action_has_one_holder,
    a_clock_runs_for_what_nobody_holds,
    responsibility_moves_only_with_an_event,
    an_action_has_one_open_offer,
    what_is_on_offer_is_open_and_still_the_givers,
    a_clock_runs_for_every_offer,
    a_question_is_open_where_the_item_says_so,
    nobody_receives_from_themselves,
    no_must_is_missing,
    what_a_rule_offers_was_offered_by_nobody,
    what_is_put_off_comes_back,
    what_was_carried_too_far_is_told,
    what_was_accepted_is_checked_or_to_be_decided,
    only_what_was_accepted_is_checked,
    what_ended_has_an_outcome_that_its_giver_knows,
    what_could_not_be_completed_has_a_follow_up,
    nothing_closes_undecided,
    a_clock_runs_for_every_check,
    a_clock_runs_for_every_decision,
    a_promise_to_come_is_told,
    nothing_is_owed_about_what_is_over,
    what_is_owed_is_told_in_the_actions_team,
)


def broken() -> list[Broken]:
    """All that is broken now, in the order of ``INVARIANTS``."""
    return [one for invariant in INVARIANTS for one in invariant()]
