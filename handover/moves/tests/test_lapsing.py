"""What ran out of time: made by rule, under a lease, once; and what a colleague does meanwhile."""

from uuid import uuid4

import pytest

from accounts.models import Team
from handover import moves
from handover.checks.models import Check
from handover.due import operations as due
from handover.due.models import Due, Rule
from handover.moves import by_rule
from handover.moves.lapse import lapse_acceptance, lapse_offer
from handover.moves.tests.telling import leaves, owed, told
from tests.stories import FOUR_PM, fresh, hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_team, minutes


@pytest.fixture
def claimed(database_clock):
    """``claimed(rule)``: the one row of this rule, due and claimed, with its lease."""

    def claim(rule: Rule):
        row = Due.objects.live().get(rule=rule)
        database_clock(row.due_at)
        (taken,) = due.claim([rule], limit=5)
        return taken

    return claim


def test_an_acceptance_lapses_to_the_pool_and_giver_holder_and_lead_hear(people, claimed):
    ana, ben, *_ = people
    item = make_accepted(ana, ben, action=make_action(ana, urgency="urgent"))
    row = claimed(Rule.LAPSE)
    with leaves("item.lapsed"):
        assert lapse_acceptance(row=row, lease_token=row.lease_token, at=row.due_at)
        assert not lapse_acceptance(row=row, lease_token=row.lease_token, at=row.due_at)
    assert (fresh(item).state, fresh(item.action).state) == ("lapsed", "pool")
    assert {("pool", 1), ("pool", 2)} <= owed(item.action)
    assert Check.objects.get().state == "cancelled"
    assert told("lapsed") == {"Ana", "Ben", "Lea"}


def test_a_lease_that_is_not_ours_any_more_makes_no_move(people, claimed):
    ana, ben, *_ = people
    item = make_accepted(ana, ben, action=make_action(ana, urgency="urgent"))
    row = claimed(Rule.LAPSE)
    with leaves():
        assert not lapse_acceptance(row=row, lease_token=uuid4(), at=row.due_at)
    assert fresh(item.action).responsible == ben


def test_a_lapse_that_was_cancelled_meanwhile_makes_no_move(people, claimed):
    ana, ben, *_ = people
    item = make_accepted(ana, ben, action=make_action(ana, urgency="urgent"))
    row = claimed(Rule.LAPSE)
    moves.note(action_id=item.action_id, by=ben, text="On my way", at=row.due_at)
    with leaves():
        assert not lapse_acceptance(row=row, lease_token=row.lease_token, at=row.due_at)
    assert fresh(item.action).responsible == ben


def test_along_a_chain_only_the_last_acceptance_lapses(people, claimed):
    ana, ben, cem, _ = people
    first = make_accepted(ana, ben, action=make_action(ana, urgency="urgent"))
    second = make_accepted(ben, cem, action=fresh(first.action), at=FOUR_PM + minutes(5))
    row = claimed(Rule.LAPSE)
    lapse_acceptance(row=row, lease_token=row.lease_token, at=row.due_at)
    assert [fresh(first).state, fresh(second).state] == ["accepted", "lapsed"]
    assert Check.objects.unanswered().get().giver == ana


def test_a_lapse_returns_to_the_givers_team_with_all_that_is_owed(desk, people, claimed):
    ana, *_ = people
    nia = make_colleague("Nia", shop := make_team("Shop"))
    service = make_agreement(desk, to_team=shop).agreement.point.service
    item = make_accepted(ana, nia, action=make_action(ana, urgency="urgent", service=service))
    assert set(Due.objects.live().about(item.action).values_list("team", flat=True)) == {shop.pk}
    row = claimed(Rule.LAPSE)
    lapse_acceptance(row=row, lease_token=row.lease_token, at=row.due_at)
    assert fresh(item.action).team == desk
    assert set(Due.objects.live().about(item.action).values_list("team", flat=True)) == {desk.pk}


def test_a_lapse_withdraws_what_an_integration_offered_in_the_holders_name(desk, people, bot, claimed):
    ana, ben, cem, _ = people
    own = moves.create(team=desk, by=bot, at=FOUR_PM, title="Call back", responsible=ana, urgency="urgent", promised_by=FOUR_PM + hours(7))
    make_accepted(ana, ben, action=own, entry={"missing_reason": "A machine"})
    onwards = make_offer(bot, cem, action=fresh(own), entry={"missing_reason": "A machine"})
    row = claimed(Rule.LAPSE)
    with leaves("item.lapsed"):
        lapse_acceptance(row=row, lease_token=row.lease_token, at=row.due_at)
    assert fresh(onwards).state == "withdrawn"
    assert owed(onwards) == set()


def test_an_offer_lapses_and_its_giver_keeps_the_action(people, claimed):
    ana, ben, *_ = people
    item = make_offer(ana, ben)
    row = claimed(Rule.OFFER_LAPSES)
    with leaves("item.offer_lapsed"):
        assert lapse_offer(row=row, lease_token=row.lease_token, at=row.due_at)
        assert not lapse_offer(row=row, lease_token=row.lease_token, at=row.due_at)
    assert (fresh(item).state, fresh(item.action).responsible) == ("lapsed", ana)
    assert owed(item) == set()
    assert told("offer_lapsed") == {"Ana", "Lea"}


def test_an_offer_that_was_accepted_as_it_ran_out_does_not_lapse(people, claimed):
    ana, ben, *_ = people
    item = make_offer(ana, ben)
    row = claimed(Rule.OFFER_LAPSES)
    moves.accept(item_id=item.pk, by=ben, at=row.due_at)
    with leaves():
        assert not lapse_offer(row=row, lease_token=row.lease_token, at=row.due_at)
    assert fresh(item).state == "accepted"


def test_the_engine_makes_each_move_once(people, database_clock):
    ana, ben, *_ = people
    item = make_accepted(ana, ben, action=make_action(ana, urgency="urgent"))
    offered = make_offer(ana, ben)
    database_clock(FOUR_PM + hours(20))
    assert Team.objects.count() == 1
    while by_rule.tell_due() + by_rule.move_due():
        pass
    assert (fresh(item).state, fresh(offered).state) == ("lapsed", "lapsed")
    with leaves():
        assert by_rule.move_due() == 0
