"""The checker bites: each invariant is broken behind every move's back, and it says which record is wrong."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F

from audit import operations as audit
from handover import moves
from handover.actions.models import Action
from handover.checks.models import Check
from handover.due import operations as due
from handover.due.models import Due, Rule
from handover.due.operations import Owed
from handover.followups.models import FollowUp
from handover.handovers.brief import Brief, Query
from handover.handovers.models import Item
from handover.moves import invariants
from handover.moves.invariants import INVARIANTS, broken
from handover.notifications.models import Notification
from tests.stories import FOUR_PM, fresh, hours, make_accepted, make_action, make_colleague, make_offer, make_team, minutes

SOON = FOUR_PM + minutes(20)


@pytest.fixture
def life(people, database_clock):
    """Something in every state."""
    ana, ben, cem, _ = people
    database_clock(SOON)
    make_action(ana, pool=True, title="pool")
    make_offer(ana, ben, action=make_action(ana, title="offered"))
    queried = make_offer(ana, ben, action=make_action(ana, title="queried"))
    moves.query(item_id=queried.pk, by=ben, text="Which room?", at=SOON)
    make_accepted(ana, ben, action=make_action(ana, title="accepted"))
    moves.put_off(action_id=make_action(ana, title="put off").pk, by=ana, until=FOUR_PM + hours(5), reason="Later.", at=SOON)
    asked = make_accepted(ana, ben, action=make_action(ana, title="asked"))
    moves.ask_now(check_id=asked.checks.get().pk, by=ana, at=SOON)
    ended = make_accepted(ana, ben, action=make_action(ana, title="ended"))
    moves.answer(check_id=ended.checks.get().pk, by=ben, outcome="completed", at=SOON)
    unable = make_accepted(ana, ben, action=make_action(ana, title="unable"))
    moves.answer(check_id=unable.checks.get().pk, by=ben, outcome="unable", words="No key", at=SOON)


def action(title):
    return Action.objects.get(title=title)


def item(title):
    return Item.objects.get(action__title=title)


def rows(subject, *rules):
    return Due.objects.live().about(subject).filter(rule__in=rules)


def owe_again():
    due.owe(Owed(Rule.OFFER_LAPSES, item("ended"), action("ended").team_id, SOON), at=SOON)


def offer_twice(people):
    """Only what the database would refuse cannot be shown: the second offer stands on another action."""
    Item.objects.filter(action__title="queried").update(giver=people[2])


BREAKS = {
    "a_clock_runs_for_what_nobody_holds": lambda people: rows(action("pool"), Rule.POOL).update(cancelled_at=SOON),
    "responsibility_moves_only_with_an_event": lambda people: Action.objects.filter(title="accepted").update(responsible=people[2]),
    "what_is_on_offer_is_open_and_still_the_givers": offer_twice,
    "a_clock_runs_for_every_offer": lambda people: rows(item("offered"), Rule.OFFER_LAPSES).delete(),
    "a_question_is_open_where_the_item_says_so": lambda people: Query.objects.update(answered_at=SOON),
    "no_must_is_missing": lambda people: Brief.objects.filter(item=item("offered")).update(next_step=""),
    "what_a_rule_offers_was_offered_by_nobody": lambda people: Item.objects.filter(action__title="offered").update(offered_by=None),
    "what_is_put_off_comes_back": lambda people: rows(action("put off"), Rule.RESUMES).update(due_at=F("due_at") + hours(1)),
    "what_was_carried_too_far_is_told": lambda people: Action.objects.filter(title="accepted").update(carried=4, carried_at=SOON),
    "what_was_accepted_is_checked_or_to_be_decided": lambda people: Check.objects.filter(action__title="accepted").update(state="cancelled"),
    "only_what_was_accepted_is_checked": lambda people: Item.objects.filter(action__title="accepted").update(state="lapsed"),
    "what_ended_has_an_outcome_that_its_giver_knows": lambda people: Notification.objects.filter(kind="outcome").delete(),
    "what_could_not_be_completed_has_a_follow_up": lambda people: FollowUp.objects.all().delete(),
    "nothing_closes_undecided": lambda people: Action.objects.filter(title="unable").update(state="completed", closed_at=SOON),
    "a_clock_runs_for_every_check": lambda people: Due.objects.filter(rule__in=[Rule.CHECK, Rule.CHECK_NOT_ANSWERED]).delete(),
    "a_clock_runs_for_every_decision": lambda people: Due.objects.filter(rule=Rule.FOLLOW_UP).delete(),
    "a_promise_to_come_is_told": lambda people: rows(action("offered"), Rule.PROMISE).update(due_at=F("due_at") + hours(1)),
    "nothing_is_owed_about_what_is_over": lambda people: owe_again(),
    "what_is_owed_is_told_in_the_actions_team": lambda people: Due.objects.filter(rule=Rule.PROMISE).update(team=make_team("Shop")),
}
BY_CONSTRAINT = {"an_open_action_has_one_holder", "an_action_has_one_open_offer", "nobody_receives_from_themselves"}  # tests/test_constraints.py


def test_an_ordinary_life_breaks_nothing(life):
    assert broken() == []


def test_every_invariant_is_broken_here_or_refused_by_the_database():
    assert {*BREAKS, *BY_CONSTRAINT} == {one.__name__ for one in INVARIANTS}


@pytest.mark.parametrize("name", BREAKS)
def test_what_breaks_an_invariant_is_named(life, people, name):
    BREAKS[name](people)
    found = getattr(invariants, name)()
    assert found
    assert all(one.ref and one.sentence.endswith(".") and 1 <= one.number <= 13 for one in found)


def test_imported_history_starts_them_with_batons_first_own_move(people):
    ana, *_ = people
    robot = make_colleague("Resolver 1", kind="imported", source="log")
    known = {"team": make_team("Log"), "title": "INC1", "held_since": FOUR_PM, "created_at": FOUR_PM, "changed_at": FOUR_PM, "sort_at": FOUR_PM}
    held = Action.objects.create(state="held", responsible=robot, imported_from="log", **known)
    Action.objects.create(state="pool", imported_from="log", **known)
    assert broken() == []
    audit.record("action.reassigned", actor=ana, subject=held, team_id=held.team_id, at=SOON, data={"to": ana.pk})
    assert [one.ref for one in broken()] == [held.ref]


@pytest.mark.django_db(transaction=True)
def test_the_command_says_what_holds_and_ends_with_1_where_something_is_broken():
    ana = make_colleague("Ana", make_team())
    kept = make_action(ana)
    out, err = StringIO(), StringIO()
    call_command("check_invariants", stdout=out, stderr=err)
    assert out.getvalue().splitlines()[-1] == f"All {len(INVARIANTS)} invariants hold."
    Action.objects.update(state="pool", responsible=None)
    with pytest.raises(SystemExit) as ended:
        call_command("check_invariants", stdout=out, stderr=err)
    assert ended.value.code == 1
    assert f"{fresh(kept).ref}: It lies in the pool and no clock runs. (invariant 1)" in out.getvalue()
    assert "2 broken" in err.getvalue()
