"""Two, eight and sixteen at once, in real transactions: one wins, the others are told, and nothing is lost or half done."""

import os
import random
import time
from collections import Counter
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from audit.models import Event
from common.errors import InvalidTransition, Refusal, StaleVersion, TakenByAnother
from handover import moves
from handover.actions.models import Action
from handover.checks.models import Check
from handover.followups.models import FollowUp
from handover.handovers.models import Item
from handover.moves import by_rule
from handover.moves.invariants import broken
from handover.moves.tests.racing import at_once, rounds
from handover.notifications import operations as notifications
from tests.fixtures.clock import REAL, put
from tests.stories import FOUR_PM, brief, fresh, hours, make_accepted, make_action, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]

TIMES = 50
SECONDS = float(os.environ.get("BATON_RACE_SECONDS", "8"))
SOON = FOUR_PM + minutes(5)


@pytest.fixture
def desk():
    return make_team()


@pytest.fixture
def people(desk):
    return make_colleague("Ana", desk), make_colleague("Ben", desk), make_colleague("Cem", desk), make_colleague("Lea", desk, lead=True)


@pytest.fixture
def clock_ahead():
    """Half of what falls due is due already."""
    put("SELECT clock_timestamp() + interval '40 minutes'")
    yield
    put(REAL)


@pytest.mark.slow
def test_of_eight_who_accept_at_once_one_wins_and_the_others_are_told_who(desk):
    # Given fifty actions offered to a shift of eight
    ana = make_colleague("Ana", desk)
    crew = [make_colleague(f"Colleague {number}", desk) for number in range(8)]
    night = make_shift(desk, "Night", FOUR_PM, FOUR_PM + hours(8), *crew)
    made = moves.offer(entries=[brief(make_action(ana)) for _ in range(TIMES)], by=ana, to_shift_id=night.pk, at=FOUR_PM)
    items = list(made.items.values_list("pk", flat=True))

    # When all eight press Accept at the same moment, fifty times
    results = rounds([[partial(moves.accept, item_id=item, by=fresh(one), at=SOON) for item in items] for one in crew])

    # Then each time one has it, and the other seven are told who that is
    for item, answers in zip(items, results, strict=True):
        winner = Item.objects.select_related("accepted_by").get(pk=item).accepted_by
        others = [answer for answer in answers if isinstance(answer, Exception)]
        assert [type(answer) for answer in others] == [TakenByAnother] * 7
        assert {str(answer) for answer in others} == {f"{winner.display_name} has it already."}
    assert Action.objects.filter(state="held").exclude(responsible=ana).count() == TIMES
    assert Check.objects.count() == Event.objects.filter(kind="item.accepted").count() == TIMES
    assert broken() == []


def accept(item, ben):
    return partial(moves.accept, item_id=item.pk, by=ben, at=SOON)


@pytest.mark.parametrize("other", ["withdraw", "decline", "reassign", "complete"])
def test_an_acceptance_and_its_opposite_end_in_one_outcome(people, other):
    ana, ben, cem, lea = people
    outcomes = Counter()
    for _ in range(6):
        item = make_offer(ana, ben)
        against = {
            "withdraw": partial(moves.withdraw, item_id=item.pk, by=ana, at=SOON),
            "decline": partial(moves.decline, item_id=item.pk, by=ben, reason="No", at=SOON),
            "reassign": partial(moves.reassign, action_id=item.action_id, by=lea, to=cem, reason="Cem can", at=SOON),
            "complete": partial(moves.complete, action_id=item.action_id, by=ana, at=SOON),
        }[other]
        accepted, opposed = at_once(accept(item, ben), against)
        state, holder = fresh(item).state, fresh(item.action).responsible
        if isinstance(accepted, Exception):
            assert isinstance(accepted, InvalidTransition) and state != "accepted" and holder != ben
        else:
            assert isinstance(opposed, Refusal) == (other != "reassign"), opposed
            assert state == "accepted" and holder == (cem if other == "reassign" else ben)
        outcomes[type(accepted).__name__] += 1
    assert broken() == []


def test_taking_back_and_answering_end_in_one_outcome(people):
    ana, ben, *_ = people
    for _ in range(6):
        item = make_accepted(ana, ben)
        check = item.checks.get()
        back, answered = at_once(
            partial(moves.take_back, item_id=item.pk, by=ana, at=SOON), partial(moves.answer, check_id=check.pk, by=ben, outcome="completed", at=SOON)
        )
        assert isinstance(back, Exception) != isinstance(answered, Exception)
        assert isinstance(back if isinstance(back, Exception) else answered, Refusal)
    assert broken() == []


def test_of_two_who_claim_one_has_it(people):
    ana, ben, cem, lea = people
    for _ in range(6):
        action = make_action(ana, pool=True)
        results = at_once(*(partial(moves.claim, action_id=action.pk, by=one, at=SOON) for one in (ana, ben, cem, lea)))
        assert sorted(type(one).__name__ for one in results) == ["Action", *["TakenByAnother"] * 3]
    assert broken() == []


def test_of_two_who_edit_one_is_shown_both_texts(people):
    ana, *_, lea = people
    action = make_action(ana)
    results = at_once(
        *(partial(moves.edit, action_id=action.pk, by=by, version=1, title=f"{by.display_name}'s", at=SOON) for by in (ana, lea)),
    )
    (lost,) = (one for one in results if isinstance(one, Exception))
    assert isinstance(lost, StaleVersion)
    assert lost.extra["theirs"]["title"] == fresh(action).title


def test_the_same_press_from_two_tabs_offers_once(people):
    ana, ben, *_ = people
    entries = [brief(make_action(ana)), brief(make_action(ana))]
    one, other = at_once(*(partial(moves.offer, entries=order, by=ana, to=ben, at=SOON) for order in (entries, entries[::-1])))
    assert one == other
    assert Item.objects.count() == 2


def test_what_a_system_posts_twice_at_once_is_logged_once(desk, people):
    post = partial(moves.create, team=desk, by=people[0], at=SOON, title="Call back", external_ref="CRM-7")
    results = at_once(*[post] * 6)
    assert {one.pk for one in results} == {Action.objects.get().pk}


def a_move(pick: random.Random, people, desk):
    """Some move by somebody who may make it, on one of a few actions."""
    at = timezone.now()
    what = pick.randrange(14)
    item = Item.objects.select_related("action__responsible", "giver", "receiver").order_by("?").first()
    action, holder = item.action, item.action.responsible
    others = [one for one in people if one != holder]
    check = Check.objects.unanswered().filter(action=action).first()
    owed = FollowUp.objects.owed().filter(action=action).first()
    if what <= 2 and holder:
        both = [action, *Action.objects.held_by(holder).exclude(pk=action.pk)[:1]]
        pick.shuffle(both)
        moves.offer(entries=[brief(one, missing_reason="In a hurry") for one in both], by=holder, to=pick.choice(others), at=at)
    elif what <= 5:
        moves.accept(item_id=item.pk, by=item.receiver, at=at)
    elif what == 6:
        moves.take_back(item_id=item.pk, by=item.giver, at=at)
    elif what == 7 and check and holder:
        moves.answer(check_id=check.pk, by=holder, outcome=pick.choice(["unable", "not_yet", "completed"]), words="So.", next_at=at + minutes(20), at=at)
    elif what == 8 and owed:
        moves.decide(follow_up_id=owed.pk, by=owed.owed_by, decision=pick.choice(["take_back", "escalate", "pass_on"]), at=at)
    elif what == 9:
        moves.reassign(action_id=action.pk, by=people[3], to=pick.choice([None, *people]), reason="So.", at=at)
    elif what == 10:
        moves.reopen(action_id=action.pk, by=people[3], reason="Not done", at=at)
    elif what == 11:
        moves.claim(action_id=action.pk, by=pick.choice(people), at=at)
    elif what == 12:
        notifications.read(by=pick.choice(people), at=at)
    else:
        by_rule.tell_due(limit=20)
        by_rule.move_due()


@pytest.mark.slow
def test_sixteen_at_once_make_whatever_moves_without_a_deadlock(desk, people, clock_ahead):
    now = timezone.now()
    for number in range(4):
        make_accepted(people[number % 3], people[(number + 1) % 3], action=make_action(people[number % 3], at=now, promised_by=now + hours(1)), at=now)
    until, tally = time.monotonic() + SECONDS, Counter()

    def busy(seed: int) -> list[BaseException]:
        pick, wrong = random.Random(seed), []
        while time.monotonic() < until:
            try:
                a_move(pick, [fresh(one) for one in people], desk)
                tally["made"] += 1
            except Refusal:
                tally["refused"] += 1
            except Exception as error:
                wrong.append(error)
        return wrong

    results = at_once(*(partial(busy, seed) for seed in range(16)))
    assert [error for errors in results for error in (errors if isinstance(errors, list) else [errors])] == []
    assert tally["made"] > 50, tally
    assert broken() == []
    connection.check_constraints()
