"""Was it completed? Checks and their answers, what follows *unable*, and what was closed too early."""

import pytest

from common.errors import Invalid, InvalidTransition, NotAllowed, Refusal
from handover import moves
from handover.checks.models import Check
from handover.followups.models import FollowUp
from handover.handovers.models import Item
from handover.moves.tests.telling import due_at, leaves, owed, refused, told
from handover.notifications.models import Notification
from tests.stories import FOUR_PM, fresh, hours, make_accepted, make_action, make_colleague, make_offer, make_shift, minutes

SOON = FOUR_PM + minutes(20)


@pytest.fixture
def check(people):
    """Ana's check of what Ben accepted."""
    return make_accepted(people[0], people[1]).checks.get()


@pytest.fixture
def chain(people):
    """Ana → Ben → Cem: both givers watch. The items, in that order."""
    ana, ben, cem, _ = people
    first = make_accepted(ana, ben)
    return first, make_accepted(ben, cem, action=fresh(first.action), at=FOUR_PM + minutes(5))


@pytest.fixture
def follow_up(people, check):
    moves.answer(check_id=check.pk, by=people[1], outcome="unable", words="No key", at=SOON)
    return FollowUp.objects.get()


# --- Asking


def test_asking_now_puts_it_to_the_responsible_colleague_and_starts_the_clock(people, check):
    ana, ben, *_ = people
    with leaves("check.asked"):
        moves.ask_now(check_id=check.pk, by=ana, question="How did it go?", at=SOON)
        moves.ask_now(check_id=check.pk, by=ana, question="How did it go?", at=SOON)
    assert (fresh(check).state, fresh(check).asked_by, fresh(check).question) == ("asked", ana, "How did it go?")
    assert owed(check) == {("check_not_answered", 1), ("check_not_answered", 2)}
    assert (due_at(check, "check_not_answered", 1), due_at(check, "check_not_answered", 2)) == (SOON + minutes(30), SOON + minutes(60))
    assert told("check_asked") == {"Ben"}


def test_the_giver_a_lead_or_the_integration_that_created_it_asks(desk, people, check, bot):
    ana, ben, cem, lea = people
    for other in (ben, cem, bot):
        with refused(NotAllowed, "Ana asks"):
            moves.ask_now(check_id=check.pk, by=other, at=SOON)
    moves.ask_now(check_id=check.pk, by=lea, at=SOON)
    own = moves.create(team=desk, by=bot, at=FOUR_PM, title="Call back", responsible=ana)
    item = make_accepted(ana, ben, action=own, entry={"missing_reason": "A machine"})
    moves.ask_now(check_id=item.checks.get().pk, by=bot, at=SOON)
    assert told("check_asked") == {"Ben"}


# --- Answering


def test_completed_closes_the_action_and_leaves_the_watch_list_once_seen(people, check):
    ana, ben, *_ = people
    with leaves("check.answered"):
        moves.answer(check_id=check.pk, by=ben, outcome="completed", words="She sleeps in 308.", at=SOON)
        moves.answer(check_id=check.pk, by=ben, outcome="completed", words="She sleeps in 308.", at=SOON)
    action, item = fresh(check.action), fresh(check.item)
    assert (action.state, action.closed_at, action.responsible) == ("completed", SOON, ben)
    assert (item.state, item.outcome) == ("ended", "completed")
    assert (owed(action), owed(item), owed(check)) == (set(), set(), set())
    assert told("outcome") == {"Ana"}
    assert Item.objects.watched_by(ana).contains(item)
    with leaves("item.outcome_seen"):
        moves.see_outcome(item_id=item.pk, by=ana, at=SOON)
        moves.see_outcome(item_id=item.pk, by=ana, at=SOON)
    assert not Item.objects.watched_by(ana).exists()


def test_there_is_nothing_to_see_before_the_outcome(people, check):
    with refused(InvalidTransition, "no final outcome"):
        moves.see_outcome(item_id=check.item_id, by=people[0], at=SOON)
    with refused(NotAllowed, "Ana handed this over"):
        moves.see_outcome(item_id=check.item_id, by=people[1], at=SOON)


@pytest.mark.parametrize("outcome", ["partly", "not_yet"])
def test_partly_and_not_yet_name_the_next_check(people, check, outcome):
    ana, ben, *_ = people
    for next_at, why in ((None, "Say when"), (SOON, "Say when"), (SOON + hours(8.1), "at most at the end of the incoming shift")):
        with refused(Invalid, why):
            moves.answer(check_id=check.pk, by=ben, outcome=outcome, at=SOON, next_at=next_at)
    with leaves("check.answered"):
        moves.answer(check_id=check.pk, by=ben, outcome=outcome, at=SOON, next_at=SOON + hours(2))
    following = Check.objects.unanswered().get()
    assert (following.item, following.due_at) == (check.item, SOON + hours(2))
    assert owed(following) == {("check", 1)}
    assert (told("outcome"), fresh(check.action).responsible) == ({"Ana"}, ben)


def test_only_the_responsible_colleague_answers_but_the_giver_may_write_down_what_they_heard(people, check):
    ana, ben, cem, lea = people
    for other in (cem, lea):
        with refused(NotAllowed, "Ben answers this"):
            moves.answer(check_id=check.pk, by=other, outcome="completed", at=SOON)
    moves.answer(check_id=check.pk, by=ana, outcome="completed", words="He rang me.", at=SOON)
    assert fresh(check).by_word_of_mouth
    assert fresh(check.action).state == "completed"


def test_an_answer_heard_by_word_of_mouth_ends_accepted_and_then_nothing(people, check):
    assert ("lapse", 1) in owed(check.action)
    moves.answer(check_id=check.pk, by=people[0], outcome="not_yet", at=SOON, next_at=SOON + hours(1))
    assert ("lapse", 1) not in owed(check.action)


def test_a_check_is_answered_once(people, check):
    ana, ben, *_ = people
    moves.answer(check_id=check.pk, by=ben, outcome="not_yet", at=SOON, next_at=SOON + hours(1))
    with refused(Refusal, "answered already"):
        moves.answer(check_id=check.pk, by=ben, outcome="completed", at=SOON)
    with refused(InvalidTransition):
        moves.ask_now(check_id=check.pk, by=ana, at=SOON)


# --- A → B → C


def test_along_a_chain_everybody_who_gave_watches(people, chain):
    ana, ben, cem, _ = people
    assert [item.giver for item in chain] == [ana, ben]
    assert Check.objects.unanswered().count() == 2
    assert Item.objects.watched_by(ana).count() == Item.objects.watched_by(ben).count() == 1


def test_one_answer_settles_every_check_of_the_chain_and_each_giver_hears(people, chain):
    ana, ben, cem, _ = people
    with leaves("check.answered"):
        moves.answer(check_id=chain[0].checks.get().pk, by=cem, outcome="completed", at=SOON)
    assert told("outcome") == {"Ana", "Ben"}
    assert {fresh(item).state for item in chain} == {"ended"}
    assert not Check.objects.unanswered().exists()


def test_one_not_yet_sets_the_next_check_of_every_giver(people, chain):
    moves.answer(check_id=chain[0].checks.get().pk, by=people[2], outcome="not_yet", at=SOON, next_at=SOON + hours(1))
    assert set(Check.objects.unanswered().values_list("item", "due_at")) == {(item.pk, SOON + hours(1)) for item in chain}


def test_unable_in_a_chain_is_owed_by_the_last_giver(people, chain):
    moves.answer(check_id=chain[0].checks.get().pk, by=people[2], outcome="unable", words="No key", at=SOON)
    assert FollowUp.objects.get().owed_by == people[1]
    assert (told("unable"), told("outcome")) == ({"Ben"}, {"Ana"})


def test_the_first_giver_takes_back_through_the_whole_chain(people, chain):
    ana, ben, cem, _ = people
    with leaves("item.taken_back"):
        moves.take_back(item_id=chain[0].pk, by=ana, at=SOON)
        moves.take_back(item_id=chain[0].pk, by=ana, at=SOON)
    assert {fresh(item).state for item in chain} == {"taken_back"}
    assert not Check.objects.unanswered().exists()
    assert told("taken_back") == {"Ben", "Cem"}
    assert fresh(chain[0].action).responsible == ana


def test_the_middle_one_takes_back_and_the_first_goes_on_watching(people, chain):
    ana, ben, cem, _ = people
    moves.take_back(item_id=chain[1].pk, by=ben, at=SOON)
    assert [fresh(item).state for item in chain] == ["accepted", "taken_back"]
    assert Check.objects.unanswered().get().giver == ana
    assert fresh(chain[0].action).responsible == ben


def test_who_may_take_back_and_when(people, check):
    ana, ben, cem, lea = people
    for other in (ben, cem, lea):
        with refused(NotAllowed, "Ana handed this over"):
            moves.take_back(item_id=check.item_id, by=other, at=SOON)
    offered = make_offer(ana, ben)
    with refused(InvalidTransition, "Only what was accepted"):
        moves.take_back(item_id=offered.pk, by=ana, at=SOON)


def test_taking_back_withdraws_what_was_offered_onwards(people, check):
    ana, ben, cem, _ = people
    onwards = make_offer(ben, cem, action=fresh(check.action))
    moves.take_back(item_id=check.item_id, by=ana, at=SOON)
    assert fresh(onwards).state == "withdrawn"
    assert told("withdrawn") == {"Ben", "Cem"}


# --- Unable, and what follows


@pytest.mark.parametrize(("urgency", "remind", "escalate"), [("urgent", 10, 20), ("routine", 30, 60)])
def test_unable_needs_its_reason_and_a_decision_is_then_owed(people, urgency, remind, escalate):
    ana, ben, *_ = people
    item = make_accepted(ana, ben, action=make_action(ana, urgency=urgency))
    check = item.checks.get()
    with refused(Invalid, "Say why it could not"):
        moves.answer(check_id=check.pk, by=ben, outcome="unable", words=" ", at=SOON)
    with leaves("check.answered"):
        moves.answer(check_id=check.pk, by=ben, outcome="unable", words="No key", at=SOON)
    follow_up = FollowUp.objects.get()
    assert (follow_up.owed_by, follow_up.item, follow_up.check_answered) == (ana, item, check)
    assert (due_at(follow_up, "follow_up", 1), due_at(follow_up, "follow_up", 2)) == (SOON + minutes(remind), SOON + minutes(escalate))
    assert fresh(item.action).responsible == ben, "the responsible colleague still holds it"


def test_nothing_closes_while_a_decision_is_owed(people, follow_up):
    ana, ben, *_ = people
    with refused(Refusal, "not decided yet"):
        moves.complete(action_id=follow_up.action_id, by=ben, at=SOON)
    with refused(Refusal, "not decided yet"):
        moves.close(action_id=follow_up.action_id, by=ben, reason="No use", at=SOON)
    with refused(Refusal, "decided first"):
        moves.take_back(item_id=follow_up.item_id, by=ana, at=SOON)


@pytest.mark.parametrize("decision", ["take_back", "pass_on"])
def test_taking_it_back_or_passing_it_on_returns_it_to_who_decides(people, follow_up, decision):
    ana, ben, cem, _ = people
    with leaves("follow_up.decided"):
        moves.decide(follow_up_id=follow_up.pk, by=ana, decision=decision, at=SOON)
        moves.decide(follow_up_id=follow_up.pk, by=ana, decision=decision, at=SOON)
    assert fresh(follow_up.action).responsible == ana
    assert fresh(follow_up.item).state == "taken_back"
    assert owed(follow_up) == set()
    assert told("taken_back") == {"Ben"}
    onwards = make_offer(ana, cem, action=fresh(follow_up.action))
    assert onwards.follows == (follow_up if decision == "pass_on" else None)


def test_a_new_time_is_agreed_with_the_customer(people, follow_up):
    ana, ben, *_ = people
    for fields, field in (({}, "new_time"), ({"new_time": SOON, "customer_told": True}, "new_time"), ({"new_time": SOON + hours(1)}, "customer_told")):
        with refused(Invalid) as refusal:
            moves.decide(follow_up_id=follow_up.pk, by=ana, decision="new_time", at=SOON, **fields)
        assert refusal.value.field == field
    moves.decide(follow_up_id=follow_up.pk, by=ana, decision="new_time", new_time=SOON + hours(1), customer_told=True, at=SOON)
    action = fresh(follow_up.action)
    assert (action.promised_by, action.responsible) == (SOON + hours(1), ben)
    assert due_at(action, "promise", 2) == SOON + hours(1)
    assert Check.objects.unanswered().get().due_at == SOON + hours(1) + minutes(15)
    assert told("decided") == {"Ben"}


def test_an_urgent_action_with_a_far_new_time_is_checked_by_the_end_of_the_incoming_shift(people):
    ana, ben, *_ = people
    item = make_accepted(ana, ben, action=make_action(ana, urgency="urgent"))
    moves.answer(check_id=item.checks.get().pk, by=ben, outcome="unable", words="No key", at=SOON)
    moves.decide(follow_up_id=FollowUp.objects.get().pk, by=ana, decision="new_time", new_time=SOON + hours(30), customer_told=True, at=SOON)
    assert Check.objects.unanswered().get().due_at == SOON + hours(8)


def test_escalating_tells_the_lead_and_checks_within_the_hour(people, follow_up):
    ana, ben, *_ = people
    moves.decide(follow_up_id=follow_up.pk, by=ana, decision="escalate", words="The lift is out", at=SOON)
    assert told("escalated") == {"Lea"}
    assert fresh(follow_up.action).responsible == ben
    assert Check.objects.unanswered().get().due_at == SOON + hours(1)


def test_it_is_decided_once(people, follow_up):
    ana, *_, lea = people
    moves.decide(follow_up_id=follow_up.pk, by=ana, decision="escalate", at=SOON)
    for by, decision in ((ana, "take_back"), (lea, "escalate")):
        with refused(Refusal, "decided already"):
            moves.decide(follow_up_id=follow_up.pk, by=by, decision=decision, at=SOON)


def test_who_stands_in_for_a_giver(desk, people, follow_up, bot):
    ana, ben, cem, lea = people
    make_shift(desk, "Late", FOUR_PM - hours(1), FOUR_PM + hours(1), ana, cem)
    make_shift(desk, "Night", FOUR_PM + hours(1), FOUR_PM + hours(9), ben)
    with refused(NotAllowed, "Only a colleague"):
        moves.decide(follow_up_id=follow_up.pk, by=bot, decision="escalate", at=SOON)
    with refused(NotAllowed, "Ana is on shift"):
        moves.decide(follow_up_id=follow_up.pk, by=cem, decision="escalate", at=SOON)
    with refused(NotAllowed, "Only somebody on shift"):
        moves.decide(follow_up_id=follow_up.pk, by=cem, decision="escalate", at=SOON + hours(1))
    stranger = make_colleague("Adm", is_administrator=True)
    with refused(NotAllowed, "Only a colleague of the team"):
        moves.decide(follow_up_id=follow_up.pk, by=stranger, decision="take_back", at=SOON)
    moves.decide(follow_up_id=follow_up.pk, by=ben, decision="escalate", at=SOON + hours(1))


# --- Closed too early


def test_the_giver_says_not_so_and_the_action_is_open_again(people, check):
    ana, ben, *_ = people
    moves.answer(check_id=check.pk, by=ben, outcome="completed", at=SOON)
    with refused(Invalid, "Say what is not so"):
        moves.not_so(item_id=check.item_id, by=ana, reason="", at=SOON)
    with refused(NotAllowed):
        moves.not_so(item_id=check.item_id, by=ben, reason="No", at=SOON)
    with leaves("action.reopened"):
        moves.not_so(item_id=check.item_id, by=ana, reason="She is in 214", at=SOON + minutes(1))
    assert fresh(check.action).responsible == ben
    assert (fresh(check.item).state, fresh(check.item).outcome) == ("accepted", "")
    assert Check.objects.unanswered().get().item == check.item
    assert told("reopened") == {"Ben"}
    with refused(InvalidTransition, "no final outcome"):
        moves.not_so(item_id=check.item_id, by=ana, reason="She is in 214", at=SOON + minutes(1))


def test_responsible_giver_or_lead_reopen_with_a_reason(people, check):
    ana, ben, cem, lea = people
    with refused(InvalidTransition, "open already"):
        moves.reopen(action_id=check.action_id, by=ben, reason="Again", at=SOON)
    for by in (ben, ana, lea):
        moves.complete(action_id=check.action_id, by=ben, at=SOON)
        moves.see_outcome(item_id=check.item_id, by=ana, at=SOON)
        with refused(NotAllowed, "Only the responsible"):
            moves.reopen(action_id=check.action_id, by=cem, reason="Again", at=SOON)
        with refused(Invalid, "Say why"):
            moves.reopen(action_id=check.action_id, by=by, reason=" ", at=SOON)
        with leaves("action.reopened"):
            moves.reopen(action_id=check.action_id, by=by, reason="She rang again", at=SOON + hours(1))
        assert Item.objects.watched_by(ana).count() == 1, "watched again, though the outcome was seen"
    assert {("promise", 1), ("promise", 2)} <= owed(check.action)


@pytest.mark.parametrize("how", ["complete", "close"])
def test_completing_is_undone_within_thirty_seconds_and_not_after(people, how):
    ana, ben, *_ = people
    action = make_action(ana)
    for after in (minutes(0.5), minutes(0.51)):
        getattr(moves, how)(action_id=action.pk, by=ana, at=SOON, **({"reason": "Gone"} if how == "close" else {}))
        with refused(InvalidTransition, "too late"):
            moves.undo_complete(action_id=action.pk, by=ben, at=SOON)
        if after > minutes(0.5):
            with refused(InvalidTransition, "too late"):
                moves.undo_complete(action_id=action.pk, by=ana, at=SOON + after)
        else:
            with leaves("action.reopened"):
                moves.undo_complete(action_id=action.pk, by=ana, at=SOON + after)
                moves.undo_complete(action_id=action.pk, by=ana, at=SOON + after)
            assert fresh(action).responsible == ana
    assert fresh(action).closed_at == SOON


def test_what_is_reopened_after_its_holder_left_goes_to_the_pool(people):
    ana, *_, lea = people
    action = make_action(ana)
    moves.complete(action_id=action.pk, by=ana, at=SOON)
    ana.memberships.update(ended_at=SOON)
    moves.reopen(action_id=action.pk, by=lea, reason="She rang", at=SOON)
    assert (fresh(action).state, fresh(action).responsible) == ("pool", None)
    assert {("pool", 1), ("pool", 2)} <= owed(action)


def test_an_outcome_told_by_undo_does_not_stand_on_the_bell(people, check):
    ana, ben, *_ = people
    moves.complete(action_id=check.action_id, by=ben, at=SOON)
    moves.undo_complete(action_id=check.action_id, by=ben, at=SOON)
    assert not Notification.objects.filter(kind="outcome", settled_at__isnull=True).exists()
