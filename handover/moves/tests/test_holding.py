"""Holding an action: claim, reassign, close, and the words about it."""

import pytest

from accounts.models import Membership
from common.errors import Invalid, InvalidTransition, NotAllowed, StaleVersion, TakenByAnother
from handover import moves
from handover.actions.models import Note
from handover.moves.tests.telling import due_at, leaves, owed, refused, told
from tests.stories import FOUR_PM, fresh, hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_team, minutes

SOON = FOUR_PM + minutes(10)


# --- Claim


def test_the_first_who_claims_wins_and_the_other_is_told_who(people):
    ana, ben, cem, _ = people
    action = make_action(ana, pool=True)
    with leaves("action.claimed"):
        moves.claim(action_id=action.pk, by=ben, at=SOON)
        moves.claim(action_id=action.pk, by=ben, at=SOON)
    assert fresh(action).responsible == ben
    assert owed(action) == {("promise", 1), ("promise", 2)}, "no clock of the pool"
    with refused(TakenByAnother, "Ben has it already"):
        moves.claim(action_id=action.pk, by=cem, at=SOON)


def test_only_a_colleague_of_the_team_claims_and_only_what_is_open(people, bot):
    ana, *_ = people
    action = make_action(ana, pool=True)
    with refused(NotAllowed, "do not belong"):
        moves.claim(action_id=action.pk, by=make_colleague("Nia", make_team("Shop")), at=SOON)
    with refused(NotAllowed, "Only a colleague of the team"):
        moves.claim(action_id=action.pk, by=make_colleague("Adm", is_administrator=True), at=SOON)
    with refused(NotAllowed, "Only a colleague can"):
        moves.claim(action_id=action.pk, by=bot, at=SOON)
    own = make_action(ana)
    moves.complete(action_id=own.pk, by=ana, at=SOON)
    with refused(InvalidTransition, "closed"):
        moves.claim(action_id=own.pk, by=ana, at=SOON)


# --- Reassign


def test_a_lead_reassigns_with_a_reason_and_both_hear(people):
    ana, ben, cem, lea = people
    action = make_action(ana)
    with refused(NotAllowed, "Only a lead"):
        moves.reassign(action_id=action.pk, by=ana, to=ben, reason="Mine", at=SOON)
    with refused(Invalid, "Say why"):
        moves.reassign(action_id=action.pk, by=lea, to=ben, reason="", at=SOON)
    with refused(Invalid, "not in this team"):
        moves.reassign(action_id=action.pk, by=lea, to=make_colleague("Nia", make_team("Shop")), reason="She can", at=SOON)
    with leaves("action.reassigned"):
        moves.reassign(action_id=action.pk, by=lea, to=ben, reason="Ana is ill", at=SOON)
        moves.reassign(action_id=action.pk, by=lea, to=ben, reason="Ana is ill", at=SOON)
    assert fresh(action).responsible == ben
    assert (told("reassigned"), told("taken_back")) == ({"Ben"}, {"Ana"})


def test_a_lead_puts_it_into_the_pool_whose_clock_starts(people):
    ana, ben, cem, lea = people
    action = make_action(ana, urgency="urgent")
    offered = make_offer(ana, ben, action=action)
    moves.reassign(action_id=action.pk, by=lea, to=None, reason="Ana is ill", at=SOON)
    assert (fresh(action).state, fresh(offered).state) == ("pool", "withdrawn")
    assert due_at(action, "pool", 1) == SOON + minutes(5)
    with leaves():
        moves.reassign(action_id=action.pk, by=lea, to=None, reason="Ana is ill", at=SOON)


def test_an_administrator_reassigns_in_any_team(people):
    ana, ben, *_ = people
    action = make_action(ana)
    moves.reassign(action_id=action.pk, by=make_colleague("Adm", is_administrator=True), to=ben, reason="Ana left", at=SOON)
    assert fresh(action).responsible == ben


def test_what_is_watched_goes_on_being_watched_after_a_reassignment(people):
    ana, ben, cem, lea = people
    item = make_accepted(ana, ben)
    moves.reassign(action_id=item.action_id, by=lea, to=cem, reason="Ben is ill", at=SOON)
    assert not {("lapse", 1)} & owed(item.action), "what Ben did not do is not held against Cem"
    moves.answer(check_id=item.checks.get().pk, by=cem, outcome="completed", at=SOON)
    assert told("outcome") == {"Ana"}


# --- Close


@pytest.mark.parametrize(("how", "event", "state"), [("complete", "action.completed", "completed"), ("close", "action.closed", "not_needed")])
def test_the_responsible_colleague_closes_it_and_givers_hear(people, how, event, state):
    ana, ben, cem, lea = people
    item = make_accepted(ana, ben)
    onwards = make_offer(ben, cem, action=fresh(item.action))
    for other in (ana, lea):
        with refused(NotAllowed, "Ben is responsible"):
            getattr(moves, how)(action_id=item.action_id, by=other, at=SOON, **({"reason": "No use"} if how == "close" else {}))
    with leaves(event):
        for _ in range(2):
            getattr(moves, how)(action_id=item.action_id, by=ben, at=SOON, **({"reason": "No use"} if how == "close" else {}))
    assert (fresh(item.action).state, fresh(item).state, fresh(onwards).state) == (state, "ended", "withdrawn")
    assert told("outcome") == {"Ana"}
    assert owed(item.action) == set()


def test_no_longer_needed_says_why(people):
    with refused(Invalid, "Say why"):
        moves.close(action_id=make_action(people[0]).pk, by=people[0], reason=" ", at=SOON)


def test_what_lies_in_the_pool_is_claimed_before_it_is_closed(people):
    with refused(NotAllowed, "Nobody holds"):
        moves.complete(action_id=make_action(people[0], pool=True).pk, by=people[0], at=SOON)


# --- Words


def test_an_edit_against_an_older_version_is_refused_with_what_it_says_now(people):
    ana, *_, lea = people
    action = make_action(ana, title="Call Mrs Ellis")
    moves.edit(action_id=action.pk, by=lea, version=1, title="Call Mrs Ellis back", at=SOON)
    with refused(StaleVersion, "while you were typing") as refusal:
        moves.edit(action_id=action.pk, by=ana, version=1, title="Ring Mrs Ellis", at=SOON)
    assert refusal.value.extra["theirs"]["title"] == fresh(action).title == "Call Mrs Ellis back"
    assert refusal.value.extra["version"] == 2
    with leaves("action.changed"):
        moves.edit(action_id=action.pk, by=ana, version=2, title="Ring Mrs Ellis", at=SOON)
        moves.edit(action_id=action.pk, by=ana, version=3, title="Ring Mrs Ellis", at=SOON)
    assert fresh(action).version == 3


def test_who_edits(people, bot):
    ana, ben, *_ = people
    action = make_action(ana)
    with refused(NotAllowed, "Only the responsible"):
        moves.edit(action_id=action.pk, by=ben, title="Mine", at=SOON)
    with refused(NotAllowed, "do not belong"):
        moves.edit(action_id=action.pk, by=make_colleague("Nia", make_team("Shop")), title="Mine", at=SOON)
    with refused(Invalid, "another team"):
        moves.edit(action_id=action.pk, by=ana, service=make_agreement(make_team("Pool")).agreement.point.service, at=SOON)
    pool = make_action(ana, pool=True)
    moves.edit(action_id=pool.pk, by=ben, title="Anybody's", at=SOON)
    moves.complete(action_id=action.pk, by=ana, at=SOON)
    with refused(InvalidTransition, "closed"):
        moves.edit(action_id=action.pk, by=ana, title="Too late", at=SOON)


def test_an_edited_promise_and_urgency_move_what_is_owed(people):
    ana, *_ = people
    action = make_action(ana, pool=True, promised_by=FOUR_PM + hours(2))
    moves.edit(action_id=action.pk, by=ana, promised_by=FOUR_PM + hours(4), urgency="urgent", at=SOON)
    assert (due_at(action, "promise", 1), due_at(action, "promise", 2)) == (FOUR_PM + hours(3.5), FOUR_PM + hours(4))
    assert (due_at(action, "pool", 1), due_at(action, "pool", 2)) == (SOON + minutes(5), SOON + minutes(10))
    assert fresh(action).sort_at == FOUR_PM + hours(4)
    moves.edit(action_id=action.pk, by=ana, promised_by=None, at=SOON)
    assert owed(action) == {("pool", 1), ("pool", 2)}
    assert fresh(action).sort_at == FOUR_PM


def test_another_time_is_agreed_with_the_customer_and_givers_hear(people):
    ana, ben, *_ = people
    item = make_accepted(ana, ben)
    told_later = {"action_id": item.action_id, "by": ben, "at": SOON}
    with refused(Invalid, "agreed with the customer"):
        moves.promise(promised_by=SOON + hours(9), customer_told=False, **told_later)
    with refused(Invalid, "lie ahead"):
        moves.promise(promised_by=SOON, customer_told=True, **told_later)
    with refused(StaleVersion):
        moves.promise(promised_by=SOON + hours(9), customer_told=True, version=7, **told_later)
    with leaves("action.promised"):
        for _ in range(2):
            moves.promise(promised_by=SOON + hours(9), customer_told=True, promise="By ten", reason="The room was taken", **told_later)
    action = fresh(item.action)
    assert (action.promised_by, action.promise, due_at(action, "promise", 2)) == (SOON + hours(9), "By ten", SOON + hours(9))
    assert told("promise_changed") == {"Ana"}
    assert Note.objects.get().text == "The room was taken"


def test_a_note_by_anybody_of_the_team_and_an_addendum_to_a_fixed_brief(people):
    ana, ben, cem, _ = people
    item = make_accepted(ana, ben)
    with leaves("action.noted"):
        moves.note(action_id=item.action_id, by=cem, text="She called the desk.", at=SOON)
    moves.note(action_id=item.action_id, by=ana, text="308 has a bath.", item_id=item.pk, at=SOON)
    assert item.addenda.get().text == "308 has a bath."
    assert told("added") == {"Ben"}
    with refused(Invalid, "another action"):
        moves.note(action_id=make_action(ana).pk, by=ana, text="Wrong one", item_id=item.pk, at=SOON)
    with refused(NotAllowed, "do not belong"):
        moves.note(action_id=item.action_id, by=make_colleague("Nia", make_team("Shop")), text="Hello", at=SOON)


def test_the_customer_chased_and_whoever_holds_it_hears(people):
    ana, ben, cem, _ = people
    action = make_action(ana)
    with leaves("action.contacted", "action.contacted"):
        moves.contact(action_id=action.pk, by=cem, channel="telephone", text="Thanks", at=SOON)
        assert told("chased") == set()
        moves.contact(action_id=action.pk, by=cem, channel="telephone", text="When?", chased=True, at=SOON)
    assert told("chased") == {"Ana"}


@pytest.mark.parametrize("did", ["note", "contact", "edit", "offer", "answer"])
def test_whatever_the_responsible_colleague_does_ends_accepted_and_then_nothing(people, did):
    ana, ben, cem, _ = people
    item = make_accepted(ana, ben)
    if did == "offer":
        make_offer(ben, cem, action=fresh(item.action))
    elif did == "answer":
        moves.answer(check_id=item.checks.get().pk, by=ben, outcome="not_yet", next_at=SOON + hours(1), at=SOON)
    else:
        words = {"note": {"text": "Rang"}, "contact": {"text": "Rang"}, "edit": {"title": "Ring her"}}[did]
        getattr(moves, did)(action_id=item.action_id, by=ben, at=SOON, **words)
    assert ("lapse", 1) not in owed(item.action)


def test_what_others_do_does_not(people):
    ana, ben, cem, _ = people
    item = make_accepted(ana, ben)
    moves.note(action_id=item.action_id, by=cem, text="She called.", at=SOON)
    assert ("lapse", 1) in owed(item.action)


def test_whoever_has_left_the_team_does_nothing_more_in_it(people):
    ana, *_, lea = people
    action = make_action(ana)
    moves.reassign(action_id=action.pk, by=lea, to=lea, reason="She leaves", at=SOON)
    Membership.objects.filter(user=ana).update(ended_at=SOON)
    for move, more in ((moves.complete, {}), (moves.edit, {"title": "Mine"}), (moves.note, {"text": "Mine"})):
        with refused(NotAllowed, "do not belong"):
            move(action_id=action.pk, by=fresh(ana), at=SOON, **more)


def test_an_offer_that_becomes_urgent_is_to_be_accepted_sooner_and_never_later(people):
    ana, ben, *_ = people
    action = make_action(ana, urgency="routine")
    item = make_offer(ana, ben, action=action)
    lapses = due_at(item, "offer_lapses")

    moves.edit(action_id=action.pk, by=ana, at=FOUR_PM + minutes(20), urgency="urgent")
    assert fresh(item).accept_by == FOUR_PM + minutes(25)
    assert (due_at(item, "not_accepted", 1), due_at(item, "not_accepted", 2)) == (FOUR_PM + minutes(23), FOUR_PM + minutes(25))
    assert due_at(item, "offer_lapses") == lapses

    moves.edit(action_id=action.pk, by=ana, at=FOUR_PM + minutes(22), urgency="routine")
    assert fresh(item).accept_by == FOUR_PM + minutes(25), "what was asked for sooner stays asked for"
