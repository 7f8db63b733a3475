"""What the receiving side does with an offer, and what the giver does meanwhile."""

import pytest

from accounts.models import Membership
from common.errors import Invalid, InvalidTransition, NotAllowed, ReadBackNeeded, TakenByAnother
from handover import moves
from handover.checks.models import Check
from handover.handovers.brief import Seen
from handover.moves.tests.telling import due_at, leaves, owed, refused, told
from handover.notifications.models import Notification
from tests.stories import FOUR_PM, brief, fresh, hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_shift, minutes

SOON = FOUR_PM + minutes(10)


def to_shift(giver, shift, **fields):
    return moves.offer(entries=[brief(make_action(giver, **fields))], by=giver, to_shift_id=shift.pk, at=FOUR_PM).items.get()


# --- Seen


def test_seen_is_a_fact_per_colleague_and_written_once(people, night):
    ana, ben, cem, _ = people
    item = to_shift(ana, night)
    with leaves("item.seen"):
        assert moves.see(item_id=item.pk, by=ben, at=SOON)
    with leaves():
        assert not moves.see(item_id=item.pk, by=ben, at=SOON)
    assert moves.see(item_id=item.pk, by=cem, at=SOON)
    assert Seen.objects.filter(item=item).count() == 2
    assert fresh(item).state == "offered"


def test_only_those_it_is_offered_to_see_it(people):
    ana, ben, cem, _ = people
    item = make_offer(ana, ben)
    for other in (ana, cem):
        with refused(NotAllowed):
            moves.see(item_id=item.pk, by=other, at=SOON)


# --- Accept


def test_accepting_moves_responsibility_and_sets_a_check(people):
    ana, ben, *_ = people
    item = make_offer(ana, ben)
    with leaves("item.accepted"):
        moves.accept(item_id=item.pk, by=ben, at=SOON)
    item, action = fresh(item), fresh(item.action)
    assert (item.state, item.accepted_by, item.accepted_at) == ("accepted", ben, SOON)
    assert (action.responsible, action.held_since) == (ben, SOON)
    check = Check.objects.get(item=item)
    assert (check.giver, check.due_at) == (ana, action.promised_by + minutes(15))
    assert owed(check) == {("check", 1)}
    assert owed(action) == {("promise", 1), ("promise", 2), ("lapse", 1)}
    assert owed(item) == {("own_reminder", 1)}
    assert told("accepted") == {"Ana"}
    assert not Notification.objects.filter(recipient=ben, settled_at__isnull=True).exists(), "what asked Ben to accept is settled"


def test_accepting_twice_is_accepting_once(people):
    ana, ben, *_ = people
    item = make_offer(ana, ben)
    moves.accept(item_id=item.pk, by=ben, at=SOON)
    with leaves():
        assert moves.accept(item_id=item.pk, by=ben, at=SOON + minutes(1)).accepted_at == SOON
    assert Check.objects.count() == 1


def test_the_first_eligible_colleague_of_a_shift_wins_and_the_other_is_told_who(people, night):
    ana, ben, cem, lea = people
    item = to_shift(ana, night)
    with refused(NotAllowed, "Not on Night"):
        moves.accept(item_id=item.pk, by=lea, at=SOON)
    moves.accept(item_id=item.pk, by=cem, at=SOON)
    with refused(TakenByAnother, "Cem has it already") as refusal:
        moves.accept(item_id=item.pk, by=ben, at=SOON)
    assert refusal.value.extra["holder"] == cem.pk


def test_who_was_named_accepts_and_nobody_else(people):
    ana, ben, cem, lea = people
    item = make_offer(ana, ben)
    for other in (cem, lea):
        with refused(NotAllowed, "offered to Ben"):
            moves.accept(item_id=item.pk, by=other, at=SOON)
    with refused(NotAllowed, "handing over yourself"):
        moves.accept(item_id=item.pk, by=ana, at=SOON)


def test_the_job_role_is_asked_again_and_a_colleague_who_left_cannot_accept(desk, people):
    ana, ben, *_ = people
    version = make_agreement(desk, roles=("porter",))
    service = version.agreement.point.service
    dan = make_colleague("Dan", desk, role="porter")
    item = make_offer(ana, dan, action=make_action(ana, service=service))
    place = Membership.objects.get(user=dan)
    place.job_roles.clear()
    with refused(NotAllowed, "The agreement says porter"):
        moves.accept(item_id=item.pk, by=fresh(dan), at=SOON)
    Membership.objects.filter(pk=place.pk).update(ended_at=SOON)
    with refused(NotAllowed, "Not in the team"):
        moves.accept(item_id=item.pk, by=fresh(dan), at=SOON)


@pytest.mark.parametrize("over", ["decline", "withdraw"])
def test_what_is_over_is_not_accepted(people, over):
    ana, ben, *_ = people
    item = make_offer(ana, ben)
    getattr(moves, over)(item_id=item.pk, by=ben if over == "decline" else ana, reason="No", at=FOUR_PM)
    with refused(InvalidTransition, "cannot become"):
        moves.accept(item_id=item.pk, by=ben, at=SOON)


@pytest.mark.parametrize(("urgency", "promise", "due"), [
    ("routine", hours(2), hours(2) + minutes(15)),
    ("routine", minutes(1), minutes(25)),  # never earlier than 15 minutes after acceptance
    ("routine", None, minutes(10) + hours(8)),  # the giver's next shift; eight hours stand in for it
    ("urgent", hours(30), minutes(10) + hours(8)),  # never later than the end of the incoming shift
])  # fmt: skip
def test_when_the_check_is(people, urgency, promise, due):
    ana, ben, *_ = people
    action = make_action(ana, urgency=urgency, promised_by=FOUR_PM + promise if promise else None)
    item = make_offer(ana, ben, action=action, entry={"missing_reason": "None given"})
    moves.accept(item_id=item.pk, by=ben, at=SOON)
    assert Check.objects.get().due_at == FOUR_PM + due


def test_a_check_time_that_the_giver_chose_holds(people):
    ana, ben, *_ = people
    make_accepted(ana, ben, entry={"check_at": FOUR_PM + hours(3)})
    assert Check.objects.get().due_at == FOUR_PM + hours(3)


@pytest.mark.parametrize(("urgency", "after"), [("urgent", hours(1)), ("routine", hours(8))])
def test_accepted_and_then_nothing_is_due_after_an_hour_or_a_shift(people, urgency, after):
    ana, ben, *_ = people
    item = make_accepted(ana, ben, action=make_action(ana, urgency=urgency))
    assert due_at(item.action, "lapse") == item.accepted_at + after


# --- Read-back


@pytest.fixture
def read_back(desk, people):
    """An offer that is to be read back."""
    ana, ben, *_ = people
    return make_offer(ana, ben, action=make_action(ana, service=make_agreement(desk, read_back=True).agreement.point.service))


def test_a_read_back_is_needed_where_it_was_agreed(people, read_back):
    ana, ben, *_ = people
    for empty in ("", "   "):
        with refused(ReadBackNeeded) as refusal:
            moves.accept(item_id=read_back.pk, by=ben, at=SOON, read_back=empty)
        assert refusal.value.field == "read_back"
    moves.accept(item_id=read_back.pk, by=ben, at=SOON, read_back=" I walk her to 308. ")
    assert fresh(read_back).read_back == "I walk her to 308."
    assert told("read_back") == {"Ana"}


def test_the_giver_says_right_or_not_quite(people, read_back):
    ana, ben, cem, _ = people
    with refused(InvalidTransition, "Nothing was read back"):
        moves.answer_read_back(item_id=read_back.pk, by=ana, right=True, at=SOON)
    moves.accept(item_id=read_back.pk, by=ben, at=SOON, read_back="I walk her to 208.")
    with refused(NotAllowed, "Ana handed this over"):
        moves.answer_read_back(item_id=read_back.pk, by=cem, right=True, at=SOON)
    with refused(Invalid, "what is not quite right"):
        moves.answer_read_back(item_id=read_back.pk, by=ana, right=False, at=SOON)
    with leaves("item.read_back_answered"):
        moves.answer_read_back(item_id=read_back.pk, by=ana, right=False, words="308, not 208.", at=SOON)
        moves.answer_read_back(item_id=read_back.pk, by=ana, right=False, words="308, not 208.", at=SOON)
    assert told("read_back_answered") == {"Ben"}
    assert fresh(read_back).state == "accepted", "responsibility does not move back"
    moves.answer_read_back(item_id=read_back.pk, by=ana, right=True, at=SOON)
    assert fresh(read_back).read_back_right is True


# --- Query


def test_a_question_does_not_stop_the_accept_clock_and_reminds_the_giver_at_half_of_what_is_left(people):
    ana, ben, *_ = people
    item = make_offer(ana, ben, action=make_action(ana, urgency="soon"))
    with leaves("item.queried"):
        moves.query(item_id=item.pk, by=ben, text="Which room?", at=SOON)
        moves.query(item_id=item.pk, by=ben, text="Which room?", at=SOON)
    assert fresh(item).state == "queried"
    assert due_at(item, "query") == SOON + minutes(10)
    assert ("not_accepted", 2) in owed(item)
    assert told("queried") == {"Ana"}
    with leaves("item.query_answered"):
        moves.answer_query(item_id=item.pk, by=ana, text="308", at=SOON)
        moves.answer_query(item_id=item.pk, by=ana, text="308", at=SOON)
    assert fresh(item).state == "offered"
    assert ("query", 1) not in owed(item)
    assert told("query_answered") == {"Ben"}


def test_one_question_at_a_time(people, night):
    ana, ben, cem, _ = people
    item = to_shift(ana, night)
    moves.query(item_id=item.pk, by=ben, text="Which room?", at=SOON)
    with refused(InvalidTransition, "open already"):
        moves.query(item_id=item.pk, by=cem, text="Which floor?", at=SOON)
    with refused(NotAllowed, "Ana handed this over"):
        moves.answer_query(item_id=item.pk, by=cem, text="Three", at=SOON)
    with refused(Invalid, "Write your answer"):
        moves.answer_query(item_id=item.pk, by=ana, text=" ", at=SOON)
    moves.accept(item_id=item.pk, by=cem, at=SOON)
    with refused(InvalidTransition, "no open question"):
        moves.answer_query(item_id=item.pk, by=ana, text="Three", at=SOON)


def test_answering_a_question_does_not_bring_back_what_was_declined(people):
    ana, ben, *_ = people
    item = make_offer(ana, ben)
    moves.query(item_id=item.pk, by=ben, text="Which room?", at=SOON)
    moves.decline(item_id=item.pk, by=ben, reason="Never mind", at=SOON)
    with refused(InvalidTransition, "no open question"):
        moves.answer_query(item_id=item.pk, by=ana, text="308", at=SOON)
    moves.undo_decline(item_id=item.pk, by=ben, at=SOON)
    assert fresh(item).state == "queried", "the question is open again too"
    moves.answer_query(item_id=item.pk, by=ana, text="308", at=SOON)
    assert fresh(item).state == "offered"


# --- Decline


def test_a_no_has_a_reason_and_responsibility_never_left_the_giver(people):
    ana, ben, *_ = people
    item = make_offer(ana, ben)
    with refused(Invalid, "Say why"):
        moves.decline(item_id=item.pk, by=ben, reason=" ", at=SOON)
    with leaves("item.declined"):
        moves.decline(item_id=item.pk, by=ben, reason="On a call", at=SOON)
        moves.decline(item_id=item.pk, by=ben, reason="On a call", at=SOON)
    assert (fresh(item).state, fresh(item).end_reason, fresh(item.action).responsible) == ("declined", "On a call", ana)
    assert owed(item) == set()
    assert told("declined") == {"Ana"}
    make_offer(ana, people[2], action=item.action)


def test_an_offer_to_a_shift_is_declined_when_its_last_eligible_colleague_has(people, night):
    ana, ben, cem, _ = people
    item = to_shift(ana, night)
    moves.decline(item_id=item.pk, by=ben, reason="On a call", at=SOON)
    assert (fresh(item).state, told("declined")) == ("offered", set())
    moves.decline(item_id=item.pk, by=cem, reason="At the door", at=SOON)
    assert (fresh(item).state, told("declined")) == ("declined", {"Ana"})


def test_a_no_is_undone_within_thirty_seconds(people):
    ana, ben, cem, _ = people
    item = make_offer(ana, ben, action=make_action(ana, urgency="soon"))
    moves.decline(item_id=item.pk, by=ben, reason="Wrong one", at=SOON)
    with refused(NotAllowed, "not declined"):
        moves.undo_decline(item_id=item.pk, by=cem, at=SOON)
    with leaves("item.decline_undone"):
        moves.undo_decline(item_id=item.pk, by=ben, at=SOON + minutes(0.5))
        moves.undo_decline(item_id=item.pk, by=ben, at=SOON + minutes(0.5))
    assert fresh(item).state == "offered"
    assert {("not_accepted", 1), ("not_accepted", 2), ("offer_lapses", 1)} <= owed(item)
    moves.accept(item_id=item.pk, by=ben, at=SOON + minutes(1))


def test_a_no_is_not_undone_later_or_when_the_action_moved_on(people):
    ana, ben, cem, _ = people
    late, moved, undecided = make_offer(ana, ben), make_offer(ana, ben), make_offer(ana, ben)
    for item in (late, moved, undecided):
        moves.decline(item_id=item.pk, by=ben, reason="No", at=SOON)
    with refused(InvalidTransition, "too late"):
        moves.undo_decline(item_id=late.pk, by=ben, at=SOON + minutes(0.51))
    make_offer(ana, cem, action=moved.action)
    with refused(InvalidTransition, "moved on"):
        moves.undo_decline(item_id=moved.pk, by=ben, at=SOON)
    moves.complete(action_id=undecided.action_id, by=ana, at=SOON)
    with refused(InvalidTransition, "moved on"):
        moves.undo_decline(item_id=undecided.pk, by=ben, at=SOON)


# --- Withdraw


def test_the_giver_withdraws_and_those_who_saw_it_hear(people, night):
    ana, ben, cem, lea = people
    item = to_shift(ana, night)
    moves.see(item_id=item.pk, by=cem, at=SOON)
    with leaves("item.withdrawn"):
        moves.withdraw(item_id=item.pk, by=ana, at=SOON)
        moves.withdraw(item_id=item.pk, by=ana, at=SOON)
    assert fresh(item).state == "withdrawn"
    assert owed(item) == set()
    assert told("withdrawn") == {"Cem"}


def test_a_lead_withdraws_anothers_offer_with_a_reason_and_the_giver_hears(people):
    ana, ben, cem, lea = people
    item = make_offer(ana, ben)
    with refused(NotAllowed, "Only the giver or a lead"):
        moves.withdraw(item_id=item.pk, by=cem, at=SOON, reason="Mine")
    with refused(Invalid, "Say why"):
        moves.withdraw(item_id=item.pk, by=lea, at=SOON)
    moves.withdraw(item_id=item.pk, by=lea, at=SOON, reason="Ben is needed elsewhere")
    assert told("withdrawn") == {"Ana", "Ben"}
    assert fresh(item.action).responsible == ana


def test_what_was_accepted_is_not_withdrawn(people):
    ana, ben, *_ = people
    item = make_accepted(ana, ben)
    with refused(InvalidTransition):
        moves.withdraw(item_id=item.pk, by=ana, at=SOON)


# --- Nothing to hand over, reminders to oneself


def test_nothing_to_hand_over_is_said_once_by_somebody_on_the_shift(people, late):
    ana, ben, *_ = people
    with leaves("shift.nothing_to_hand_over"):
        moves.nothing_to_hand_over(shift_id=late.pk, by=ana, at=SOON)
        moves.nothing_to_hand_over(shift_id=late.pk, by=ana, at=SOON)
    with refused(NotAllowed, "not on this shift"):
        moves.nothing_to_hand_over(shift_id=late.pk, by=ben, at=SOON)


def test_the_giver_sets_moves_and_drops_a_reminder(people):
    ana, ben, *_ = people
    item = make_offer(ana, ben, remind=False)
    with leaves("item.reminder_set", "item.reminder_set", "item.reminder_set"):
        for at in (SOON, SOON + hours(1), SOON + hours(1), None):
            moves.remind_me(item_id=item.pk, by=ana, at=FOUR_PM, remind_at=at)
    assert ("own_reminder", 1) not in owed(item)
    with refused(Invalid, "lies ahead"):
        moves.remind_me(item_id=item.pk, by=ana, at=SOON, remind_at=FOUR_PM)
    with refused(NotAllowed):
        moves.remind_me(item_id=item.pk, by=ben, at=FOUR_PM, remind_at=SOON)


def test_a_shift_that_is_over_still_takes_what_was_offered_to_it(desk, people, night):
    """Nothing is dropped at the stroke of the clock."""
    ana, ben, *_ = people
    item = to_shift(ana, night)
    make_shift(desk, "Early", night.ends_at, night.ends_at + hours(8))
    moves.accept(item_id=item.pk, by=ben, at=night.ends_at + minutes(5))
    assert fresh(item.action).responsible == ben
